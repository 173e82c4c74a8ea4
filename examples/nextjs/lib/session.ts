import 'server-only';
import { getIronSession, type IronSession, type SessionOptions } from 'iron-session';
import { cookies } from 'next/headers';
import { settings } from './settings';

/** The provider's tokens; they never leave the server but encrypted, in a cookie no script can read. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Who is signed in, as far as the page may know. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email?: string | undefined;
}

/** What is kept of a visitor who has signed in. */
export interface Session {
  tokens?: Tokens;
  member?: Member;
}

/** What must be remembered while the browser is at the provider. */
export interface PendingSignIn {
  state?: string;
  nonce?: string;
  verifier?: string;
  returnTo?: string;
}

const HOUR_SECONDS = 3600;

function cookie(cookieName: string, ttl: number): SessionOptions {
  const { appUrl, sessionSecret: password } = settings();
  const secure = appUrl.startsWith('https:');
  return { cookieName, password, ttl, cookieOptions: { httpOnly: true, sameSite: 'lax', secure } };
}

export async function openSession(): Promise<IronSession<Session>> {
  return getIronSession<Session>(await cookies(), cookie('portal_session', 12 * HOUR_SECONDS));
}

export async function openPendingSignIn(): Promise<IronSession<PendingSignIn>> {
  return getIronSession<PendingSignIn>(await cookies(), cookie('portal_sign_in', HOUR_SECONDS / 4));
}
