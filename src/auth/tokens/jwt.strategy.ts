import type { KeyObject } from 'node:crypto';
import { callbackify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { systemClock, type Clock } from '../../common/clock.js';
import { AUTH_OPTIONS } from '../auth.options.js';
import { InvalidTokenError } from '../auth.errors.js';
import { PublishedKeys } from './published-keys.js';
import { secretKey } from './secret-key.js';
import type { AuthOptions } from '../auth.options.js';
import type { Claims } from './claims.js';
import type { KeySource, TokenHeader } from './key-source.js';

/** Name the strategy is known to passport by. */
export const JWT_STRATEGY = 'chatkit-jwt';

/** A `typ` as it is compared: its long form means the same (RFC 7515). */
function typeOf(typ: unknown): string {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';
}

function headerOf(token: string, algorithms: readonly string[], types: ReadonlySet<string>): TokenHeader {
  let header: unknown;
  try {
    header = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString('utf8'));
  } catch (cause) {
    throw new InvalidTokenError('The token is malformed', { cause });
  }
  if (typeof header !== 'object' || header === null) throw new InvalidTokenError('The token is malformed');
  const { alg, kid, crit, typ } = header as Record<string, unknown>;
  if (typeof alg !== 'string' || !algorithms.includes(alg)) {
    throw new InvalidTokenError('The token uses an algorithm that is not accepted');
  }
  // A critical extension that is not understood must not be ignored, and none is understood.
  if (crit !== undefined) throw new InvalidTokenError('The token uses an extension that is not supported');
  if (types.size > 0 && !types.has(typeOf(typ))) {
    throw new InvalidTokenError('The token is of a type that is not accepted');
  }
  return typeof kid === 'string' ? { alg, kid } : { alg };
}

function seconds(claims: Claims, name: string): number | undefined {
  const value = claims[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new InvalidTokenError(`The token's ${name} is not a time`);
  }
  return value;
}

/** Verifies signature, algorithm, issuer, audience and times of a bearer token. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, JWT_STRATEGY) {
  private readonly clock: Pick<Clock, 'now'>;
  private readonly toleranceMs: number;

  constructor(@Inject(AUTH_OPTIONS) options: AuthOptions) {
    const clock = options.clock ?? systemClock;
    const keys: KeySource =
      'secret' in options.keys
        ? secretKey(options.keys.secret)
        : new PublishedKeys({ issuer: options.issuer, ...options.keys, clock });
    const types = new Set(options.tokenTypes?.map(typeOf));
    const provideKey = callbackify(async (token: string) =>
      keys.keyFor(headerOf(token, keys.algorithms, types)),
    );
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // a key that is parsed already is not among what its types name
      secretOrKeyProvider: (_request, token: string, done) =>
        provideKey(token, done as unknown as (error: unknown, key?: KeyObject) => void),
      algorithms: [...keys.algorithms],
      issuer: options.issuer,
      audience: options.audience,
      // Times are judged below, by the one clock that also judges remembered tokens.
      ignoreExpiration: true,
      jsonWebTokenOptions: { ignoreNotBefore: true },
    });
    this.clock = clock;
    this.toleranceMs = options.clockToleranceSeconds * 1000;
  }

  /**
   * Passport calls this once the signature, issuer and audience are right.
   *
   * @throws {InvalidTokenError} when the token has no expiry, is expired, or is not valid yet
   */
  validate(claims: Claims): Claims {
    const now = this.clock.now();
    const notBefore = seconds(claims, 'nbf');
    if (this.expiryOf(claims) <= now) throw new InvalidTokenError('The token has expired');
    if (notBefore !== undefined && notBefore * 1000 > now + this.toleranceMs) {
      throw new InvalidTokenError('The token is not valid yet');
    }
    return claims;
  }

  /** Milliseconds since the epoch from which on the token is refused, tolerance included. */
  expiryOf(claims: Claims): number {
    const expiry = seconds(claims, 'exp');
    if (expiry === undefined) throw new InvalidTokenError('The token does not expire');
    return expiry * 1000 + this.toleranceMs;
  }
}
