import type { ThrottlerStorage } from '@nestjs/throttler';
import { UnavailableError, type TenantScope } from '../chatkit/core/index.js';
import type { TenantLimits } from './tenant-limits.js';

/** Milliseconds in which requests are counted. */
const WINDOW_MS = 60_000;

/** How far a limit is used up. */
export interface RateState {
  readonly policy: 'user' | 'tenant';
  /** Requests a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until more may be sent. */
  readonly reset: number;
  readonly isExceeded: boolean;
}

/** Counts the requests of users and tenants that have a limit. */
export class RateLimiter {
  constructor(
    private readonly limits: TenantLimits,
    private readonly storage: ThrottlerStorage,
  ) {}

  /**
   * Counts a request. One that exceeds the limit of its user is not counted for the tenant.
   *
   * @returns a state for each limit that is set, the exceeded one last; none where they cannot be counted, since the
   *   database is away
   */
  async count(scope: TenantScope): Promise<readonly RateState[]> {
    try {
      return await this.#count(scope);
    } catch (error) {
      if (error instanceof UnavailableError) return [];
      throw error;
    }
  }

  async #count({ tenantId, userId }: TenantScope): Promise<RateState[]> {
    const { userRequests, tenantRequests } = await this.limits.of(tenantId);
    const states: RateState[] = [];
    const policies = [
      ['user', userRequests, rateKey(tenantId, userId)],
      ['tenant', tenantRequests, rateKey(tenantId)],
    ] as const;
    for (const [policy, limit, key] of policies) {
      if (limit === 0) continue;
      const hits = await this.storage.increment(key, WINDOW_MS, limit, 0, policy);
      const isExceeded = hits.isBlocked || hits.totalHits > limit;
      const reset = Math.max(1, hits.timeToBlockExpire > 0 ? hits.timeToBlockExpire : hits.timeToExpire);
      states.push({ policy, limit, remaining: Math.max(0, limit - hits.totalHits), reset, isExceeded });
      if (isExceeded) break;
    }
    return states;
  }
}

/** What a storage counts by. */
const rateKey = (...ids: [tenantId: string, userId?: string]): string => JSON.stringify(ids);

/** `RateLimit-Policy` and `RateLimit` as draft-ietf-httpapi-ratelimit-headers has them since its version 08. */
export function rateLimitHeaders(states: readonly RateState[]): Record<string, string> {
  const all = (text: (state: RateState) => string): string => states.map(text).join(', ');
  return {
    'ratelimit-policy': all(({ policy, limit }) => `"${policy}";q=${limit};w=${WINDOW_MS / 1000}`),
    ratelimit: all(({ policy, remaining, reset }) => `"${policy}";r=${remaining};t=${reset}`),
  };
}
