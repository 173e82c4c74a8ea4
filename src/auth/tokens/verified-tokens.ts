import { createHash } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import type { Claims } from '../identity.js';

const MAX_ENTRIES = 2_000;
/** After this long a token is verified again, so that a withdrawn key does not live on here. */
const MAX_AGE_MS = 5 * 60_000;

interface Entry {
  readonly claims: Claims;
  readonly until: number;
}

/** Claims of tokens verified a short while ago, by digest of the token; the least recently used go first. */
export class VerifiedTokens {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  get(token: string): Claims | undefined {
    const key = digest(token);
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    if (entry.until <= this.clock.now()) return undefined;
    this.entries.set(key, entry);
    return entry.claims;
  }

  /** @param expiresAt milliseconds since the epoch after which the token is worthless */
  set(token: string, claims: Claims, expiresAt: number): void {
    const until = Math.min(expiresAt, this.clock.now() + MAX_AGE_MS);
    this.entries.set(digest(token), { claims, until });
    if (this.entries.size <= MAX_ENTRIES) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
