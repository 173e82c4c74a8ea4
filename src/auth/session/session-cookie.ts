import { Inject, Injectable } from '@nestjs/common';
import { parseCookie, stringifySetCookie } from 'cookie';
import { AUTH_OPTIONS } from '../auth.options.js';
import { Sealer } from './sealer.js';
import type { IncomingMessage } from 'node:http';
import type { AuthOptions } from '../auth.options.js';

const MAX_HEADER_LENGTH = 32 * 1024;
/** Browsers drop a cookie whose name, value and attributes exceed 4096 bytes. */
const MAX_COOKIE_LENGTH = 3_900;

/** The token does not fit into a cookie. */
export class SessionTooLargeError extends Error {
  override readonly name = 'SessionTooLargeError';
}

/** Keeps the token of a signed-in user in an encrypted cookie that scripts cannot read. */
@Injectable()
export class SessionCookie {
  readonly name: string;
  private readonly secure: boolean;
  private readonly enabled: boolean;
  private readonly clock: () => number;

  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    private readonly sealer: Sealer,
  ) {
    this.secure = options.publicUrl.startsWith('https:');
    this.name = this.secure ? '__Host-chatkit' : 'chatkit_session';
    this.enabled = options.signIn !== undefined;
    this.clock = options.clock ?? Date.now;
  }

  /** The token in the request's session cookie, if there is one that this server made. */
  async read(request: IncomingMessage): Promise<string | undefined> {
    const sealed = this.enabled ? cookiesOf(request)[this.name] : undefined;
    if (sealed === undefined) return undefined;
    const token = (await this.sealer.open('session', sealed))?.['token'];
    return typeof token === 'string' ? token : undefined;
  }

  /**
   * A `Set-Cookie` value that signs in.
   *
   * @param expiresAt milliseconds since the epoch at which the token ends
   * @throws {SessionTooLargeError} when the token does not fit into a cookie
   */
  async issue(token: string, expiresAt: number): Promise<string> {
    const cookie = this.setCookie(
      this.name,
      await this.sealer.seal('session', { token }, expiresAt),
      Math.max(0, Math.floor((expiresAt - this.clock()) / 1000)),
    );
    if (cookie.length > MAX_COOKIE_LENGTH) {
      throw new SessionTooLargeError(
        `The provider's token has ${token.length} characters, which is more than a cookie can hold; ` +
          'have the provider put fewer claims into it',
      );
    }
    return cookie;
  }

  /** A `Set-Cookie` value that signs out. */
  clear(): string {
    return this.setCookie(this.name, '', 0);
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
