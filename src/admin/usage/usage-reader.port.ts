import type { TenantScope } from '../../chatkit/core/index.js';

/** What a line of a report stands for. Days are those of UTC. */
export type UsageGroup = 'day' | 'user' | 'model';

export interface UsageQuery {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly groupBy: UsageGroup;
  /** Most lines. */
  readonly limit: number;
}

/** The sums of one day, user or model. */
export interface UsageSums {
  /** The day as `2026-01-31`, the user's id or the model's name. */
  readonly key: string;
  readonly answers: number;
  readonly stopped: number;
  readonly failed: number;
  readonly requests: number;
  /** Tokens, those spent on titles included. */
  readonly input_tokens: number;
  readonly cached_input_tokens: number;
  readonly output_tokens: number;
  /** Average milliseconds until an answer's first word; null when there was none. */
  readonly first_token_ms: number | null;
  /** Average milliseconds an answer took; null when there was none. */
  readonly duration_ms: number | null;
}

/** Tokens used up by answers for a user and for all users of the tenant, on the day and in the month of UTC so far. */
export interface TokenSums {
  readonly userTokensDay: number;
  readonly userTokensMonth: number;
  readonly tenantTokensDay: number;
  readonly tenantTokensMonth: number;
}

/** Knows what the answers of a tenant have cost. */
export abstract class UsageReader {
  /** Sums of all users of the tenant; whether the caller may see them is for others to check. */
  abstract report(query: UsageQuery, scope: TenantScope): Promise<UsageSums[]>;
  /** What the caller and the tenant have used up by `now`. */
  abstract tokens(now: Date, scope: TenantScope): Promise<TokenSums>;
}
