import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parseCookie, stringifySetCookie } from 'cookie';
import { systemClock, type Clock } from '../../common/clock.js';
import { SESSION_DEFAULTS } from '../../common/defaults.js';
import { AUTH_OPTIONS } from '../auth.options.js';
import { EndedSessions } from './ended-sessions.js';
import { Sealer } from './sealer.js';
import type { Session, SessionSource } from './sessions.port.js';
import type { IncomingMessage } from 'node:http';
import type { AuthOptions } from '../auth.options.js';

const MAX_HEADER_LENGTH = 32 * 1024;
/** Browsers drop a cookie whose name, value and attributes exceed 4096 bytes. */
const MAX_COOKIE_LENGTH = 3_900;

/** The token does not fit into a cookie. */
export class SessionTooLargeError extends Error {
  override readonly name = 'SessionTooLargeError';
}

const MINUTE = 60_000;
/** The cookie is renewed once this part of the idle time has passed, not with every request. */
const RENEWED_AFTER = 0.05;

/**
 * Keeps the token of a signed-in user in an encrypted cookie that scripts cannot read. A session ends with its token,
 * after the longest time that any may last, or when nobody has used it for a while.
 */
@Injectable()
export class SessionCookie implements SessionSource {
  readonly name: string;
  private readonly secure: boolean;
  private readonly enabled: boolean;
  private readonly clock: Pick<Clock, 'now'>;
  private readonly idleMs: number;
  private readonly longestMs: number;

  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    private readonly sealer: Sealer,
    private readonly ended: EndedSessions,
  ) {
    this.secure = options.publicUrl.startsWith('https:');
    this.name = this.secure ? '__Host-chatkit' : 'chatkit_session';
    this.enabled = options.signIn !== undefined;
    this.clock = options.clock ?? systemClock;
    this.idleMs = (options.signIn?.sessionIdleMinutes ?? SESSION_DEFAULTS.idleMinutes) * MINUTE;
    this.longestMs = (options.signIn?.sessionMaxMinutes ?? SESSION_DEFAULTS.maxMinutes) * MINUTE;
  }

  /** The session of the request's cookie, if there is one that this server made and that goes on. */
  async read(request: IncomingMessage): Promise<Session | undefined> {
    const sealed = this.enabled ? cookiesOf(request)[this.name] : undefined;
    const value = sealed === undefined ? undefined : await this.sealer.open('session', sealed);
    if (value === undefined) return undefined;
    const session = value as unknown as Session;
    return (await this.ended.has(session)) ? undefined : session;
  }

  /** Ends the request's session, whoever else has a copy of its cookie. @returns a `Set-Cookie` value that takes it away */
  async end(request: IncomingMessage): Promise<string> {
    const session = await this.read(request);
    if (session !== undefined) {
      const { tokenEnd, begun } = session;
      await this.ended.end(session, Math.min(tokenEnd, begun + this.longestMs));
    }
    return this.setCookie(this.name, '', 0);
  }

  /**
   * A `Set-Cookie` value that signs in.
   *
   * @param tokenEnd milliseconds since the epoch at which the token ends
   * @throws {SessionTooLargeError} when the token does not fit into a cookie
   */
  begin(token: string, tokenEnd: number): Promise<string> {
    const begun = this.clock.now();
    const end = this.endOf({ tokenEnd, begun });
    return this.issue({ id: randomUUID(), token, tokenEnd, begun, end });
  }

  /** A `Set-Cookie` value that keeps a session going which is used again; undefined while that is not needed. */
  async renew(session: Session): Promise<string | undefined> {
    const end = this.endOf(session);
    if (end - session.end < this.idleMs * RENEWED_AFTER) return undefined;
    return this.issue({ ...session, end });
  }

  private endOf({ tokenEnd, begun }: Pick<Session, 'tokenEnd' | 'begun'>): number {
    return Math.min(tokenEnd, begun + this.longestMs, this.clock.now() + this.idleMs);
  }

  private async issue(session: Session): Promise<string> {
    const { token, end } = session;
    const cookie = this.setCookie(
      this.name,
      await this.sealer.seal('session', { ...session }, end),
      Math.max(0, Math.floor((end - this.clock.now()) / 1000)),
    );
    if (cookie.length > MAX_COOKIE_LENGTH) {
      throw new SessionTooLargeError(
        `The provider's token has ${token.length} characters, which is more than a cookie can hold; ` +
          'have the provider put fewer claims into it',
      );
    }
    return cookie;
  }

  /** A `Set-Cookie` value with the attributes every cookie of this server has. */
  setCookie(name: string, value: string, maxAge: number): string {
    return stringifySetCookie({
      name,
      value,
      maxAge,
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.secure,
    });
  }
}

/** The cookies of a request by name; none when the header is unreasonably large. */
export function cookiesOf(request: IncomingMessage): Readonly<Record<string, string | undefined>> {
  const header = request.headers.cookie;
  return header === undefined || header.length > MAX_HEADER_LENGTH ? {} : parseCookie(header);
}
