import type { Store } from '../store/store.js';
import type { ThreadItem, UserMessageItem } from '../wire/items.js';

/** What a thread holds, for the answer that is added to it. */
export interface History {
  /**
   * The newest items, newest first; from the message on that is answered, if there is one: others may be answering,
   * too. Those that came with the message cost nothing, see `historyLimit` of `ChatKitServer`; a store gives fewer
   * than were asked for where its pages hold fewer.
   *
   * @param limit whole number, at least 1
   */
  newest(limit: number): Promise<readonly ThreadItem[]>;
}

/** What came with a message: the newest items as far as `limit` goes. */
export interface KnownItems {
  readonly items: readonly ThreadItem[];
  readonly limit: number;
}

/**
 * The history of a thread in a store.
 *
 * @param message the one that is answered
 * @param known what need not be loaded. Default: nothing
 */
export function historyIn<TContext>(
  store: Store<TContext>,
  threadId: string,
  message: UserMessageItem | undefined,
  context: TContext,
  known: KnownItems = { items: [], limit: 0 },
): History {
  const load = async (limit: number): Promise<readonly ThreadItem[]> =>
    (await store.loadThreadItems(threadId, { limit, order: 'desc' }, context)).data;
  return {
    async newest(limit) {
      const isKnown = limit <= known.limit;
      const items = isKnown ? known.items.slice(0, limit) : await load(limit);
      const start = items.findIndex(({ id }) => id === message?.id);
      return items.slice(Math.max(0, start));
    },
  };
}
