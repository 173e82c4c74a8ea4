import 'server-only';
import type { IronSession } from 'iron-session';
import { isExpired, renew } from './provider';
import type { Session, Tokens } from './session';

/** The access token of a session during one request; renewed once at most. */
export class AccessToken {
  #renewed = false;

  constructor(
    private readonly session: IronSession<Session>,
    private tokens: Tokens,
  ) {}

  /** The token, a new one where it has expired. */
  async fresh(): Promise<string> {
    if (isExpired(this.tokens)) await this.renew();
    return this.tokens.accessToken;
  }

  /** Whether there is another token now. */
  async renew(): Promise<boolean> {
    const { refreshToken } = this.tokens;
    if (this.#renewed || refreshToken === undefined) return false;
    this.#renewed = true;
    this.tokens = await renew(refreshToken);
    this.session.tokens = this.tokens;
    await this.session.save();
    return true;
  }
}
