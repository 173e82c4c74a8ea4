import { Inject, Injectable } from '@nestjs/common';
import passport from 'passport';
import { systemClock } from '../../common/clock.js';
import { AUTH_OPTIONS } from '../auth.options.js';
import { InvalidTokenError, KeysUnavailableError } from '../auth.errors.js';
import { JwtStrategy } from './jwt.strategy.js';
import { VerifiedTokens } from './verified-tokens.js';
import type { AuthOptions } from '../auth.options.js';
import type { Claims } from './claims.js';

/** Below the 16 KiB Node.js allows all headers together, so that the refusal is ours and says why. */
const MAX_TOKEN_LENGTH = 12 * 1024;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Tells genuine tokens from others, remembering for a while those it has seen. */
@Injectable()
export class TokenVerifier {
  private readonly verified: VerifiedTokens;
  /** Tokens that are being verified: of many requests that come at once the first has it done for all. */
  private readonly running = new Map<string, Promise<Claims>>();

  constructor(
    private readonly strategy: JwtStrategy,
    @Inject(AUTH_OPTIONS) options: AuthOptions,
  ) {
    this.verified = new VerifiedTokens(options.clock ?? systemClock);
  }

  /**
   * The claims of a genuine, current token.
   *
   * @throws {InvalidTokenError} when the token is anything else
   * @throws {KeysUnavailableError} when the keys to judge it cannot be had
   */
  async verify(token: string): Promise<Claims> {
    if (token.length > MAX_TOKEN_LENGTH) throw new InvalidTokenError('The token is too long');
    if (!COMPACT_JWS.test(token)) throw new InvalidTokenError('The token is malformed');
    const remembered = this.verified.get(token);
    if (remembered !== undefined) return remembered;
    const running = this.running.get(token) ?? this.remembering(token);
    this.running.set(token, running);
    return running;
  }

  private async remembering(token: string): Promise<Claims> {
    try {
      const claims = await this.authenticate(token);
      this.verified.set(token, claims, this.strategy.expiryOf(claims));
      return claims;
    } finally {
      this.running.delete(token);
    }
  }

  private authenticate(token: string): Promise<Claims> {
    // The strategy itself, not its name: names are global, and one process may hold several applications.
    return new Promise((resolve, reject) => {
      const settle = (error: unknown, claims: Claims | false | null | undefined, reason: unknown): void => {
        if (claims) resolve(claims);
        else reject(failure(error ?? reason));
      };
      // passport hangs this caller's outcome on the object it is given: each needs its own, or gets another's
      const strategy = Object.create(this.strategy) as JwtStrategy;
      const run = passport.authenticate(strategy, { session: false }, settle) as (
        request: object,
        response: object,
        next: (error?: unknown) => void,
      ) => void;
      run({ headers: { authorization: `Bearer ${token}` } }, {}, (error) => settle(error, false, undefined));
    });
  }
}

function failure(cause: unknown): Error {
  if (cause instanceof InvalidTokenError || cause instanceof KeysUnavailableError) return cause;
  return new InvalidTokenError('The token is not valid here', { cause });
}
