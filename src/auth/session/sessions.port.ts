import type { IncomingMessage } from 'node:http';

/** Injection token of a {@link SessionSource}; without one there are no sessions. */
export const CHATKIT_SESSIONS = Symbol('chatkit:sessions');

/** A sign-in as its cookie holds it; times in milliseconds since the epoch. */
export interface Session {
  /** Random; nobody outside learns it. */
  readonly id: string;
  /** What identifies the user. */
  readonly token: string;
  readonly tokenEnd: number;
  readonly begun: number;
  /** When the cookie ends unless the session is used again. */
  readonly end: number;
}

/** Sessions of browsers. */
export interface SessionSource {
  /** The session of the request, if there is one that was made here and has not ended. */
  read(request: IncomingMessage): Promise<Session | undefined>;
  /** A `Set-Cookie` value with which it goes on; undefined while that is not needed. */
  renew(session: Session): Promise<string | undefined>;
}
