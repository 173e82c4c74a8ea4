import type { FeedbackKind, TenantScope } from '../../chatkit/core/index.js';

/** Where a page of opinions begins: behind this one. */
export type FeedbackCursor = readonly [at: string, threadId: string, itemId: string, userId: string];

export interface FeedbackQuery {
  /** Default: both. */
  readonly kind?: FeedbackKind | undefined;
  readonly after?: FeedbackCursor | undefined;
  /** Most entries. */
  readonly limit: number;
}

/** One user's opinion on one item. */
export interface FeedbackEntry {
  readonly thread_id: string;
  readonly item_id: string;
  readonly user_id: string;
  readonly kind: FeedbackKind;
  /** In UTC, exact to the microsecond. */
  readonly created_at: string;
}

/** How many opinions of each kind a day brought. Days are those of UTC. */
export interface FeedbackDay {
  /** As `2026-01-31`. */
  readonly day: string;
  readonly positive: number;
  readonly negative: number;
}

/** Knows what the users of a tenant think of the answers they got. */
export abstract class FeedbackReader {
  /** The newest first, of all users of the tenant; whether the caller may see them is for others to check. */
  abstract list(query: FeedbackQuery, scope: TenantScope): Promise<FeedbackEntry[]>;
  /** How many of each kind there were, by the days of UTC. */
  abstract days(range: { from: Date; to: Date }, scope: TenantScope): Promise<FeedbackDay[]>;
}
