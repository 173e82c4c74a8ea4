import type { FeedbackKind } from '../wire/requests.js';

/** Where users' opinions on items live. */
export interface FeedbackStore<TContext> {
  /**
   * Keeps the caller's opinion on each of the items; a later one replaces an earlier one.
   *
   * @throws NotFoundError when the thread or one of the items is not there or not the caller's; nothing
   *   is kept then
   */
  saveFeedback(
    threadId: string,
    itemIds: readonly string[],
    kind: FeedbackKind,
    context: TContext,
  ): Promise<void>;
}
