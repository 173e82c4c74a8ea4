import { hash } from 'node:crypto';
import type { Claims } from './claims.js';
import { BoundedMap } from '../../common/bounded-map.js';
import type { Clock } from '../../common/clock.js';

const MAX_ENTRIES = 2_000;
/** After this long a token is verified again, so that a withdrawn key does not live on here. */
const MAX_AGE_MS = 5 * 60_000;

/** Claims of tokens verified a short while ago, by digest of the token; the least recently used go first. */
export class VerifiedTokens {
  private readonly entries: BoundedMap<string, Claims>;

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    this.entries = new BoundedMap(MAX_ENTRIES, clock);
  }

  get(token: string): Claims | undefined {
    return this.entries.get(digest(token));
  }

  /** @param expiresAt milliseconds since the epoch after which the token is worthless */
  set(token: string, claims: Claims, expiresAt: number): void {
    this.entries.set(digest(token), claims, Math.min(expiresAt, this.clock.now() + MAX_AGE_MS));
  }
}

function digest(token: string): string {
  return hash('sha256', token, 'base64');
}
