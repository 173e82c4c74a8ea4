import { succeed } from './apply.js';
import { readItem, readPage, readThread } from './read-items.js';
import { record } from './json.js';
import { EMPTY_STATE } from './state.js';
import type { ChatState, OlderItems } from './state.js';
import type { Transport } from './transport.js';
import { ChatKitFailure } from './failure.js';
import type { UnknownTypes } from './unknown.js';
import type { Item, Page, ThreadInfo } from './wire.js';

/** Items asked for in one page. */
const PAGE_SIZE = 50;

/** A thread with its newest items, oldest first. */
export interface LoadedThread {
  readonly thread: ThreadInfo;
  readonly items: readonly Item[];
  readonly older: OlderItems;
  /** Whether the server says that an answer is being written. */
  readonly answering: boolean;
}

/**
 * Loads a thread. The first answer carries its oldest items; when there are more, the newest page is loaded
 * on top, because that is where a conversation is read from.
 *
 * @throws ChatKitFailure
 */
export async function loadThread(
  transport: Transport,
  id: string,
  signal: AbortSignal,
  unknown: UnknownTypes,
): Promise<LoadedThread> {
  let answering = false;
  const answer = await transport.request(
    { type: 'threads.get_by_id', params: { thread_id: id } },
    signal,
    (headers) => {
      answering = headers.get('chatkit-answering') === 'true';
      transport.learnFrom(headers);
    },
  );
  const thread = readThread(answer);
  if (!thread) throw new ChatKitFailure('server', 'The chat server sent a thread that cannot be read');
  const first = readItems(record(answer).items, unknown);
  if (!first.has_more) {
    return { thread, items: first.data, older: { hasMore: false, status: 'idle' }, answering };
  }
  const newest = await loadItems(transport, id, undefined, signal, unknown);
  return { thread, items: newest.data.toReversed(), older: olderOf(newest), answering };
}

/** Loads the page of items that comes before the cursor, newest first. */
export async function loadItems(
  transport: Transport,
  id: string,
  after: string | undefined,
  signal: AbortSignal,
  unknown: UnknownTypes,
): Promise<Page<Item>> {
  const params = {
    thread_id: id,
    limit: PAGE_SIZE,
    order: 'desc',
    ...(after === undefined ? {} : { after }),
  };
  return readItems(await transport.request({ type: 'items.list', params }, signal), unknown);
}

function readItems(page: unknown, unknown: UnknownTypes): Page<Item> {
  return readPage(page, (item) => {
    unknown.inItem(item);
    return readItem(item);
  });
}

function olderOf(page: Page<Item>): OlderItems {
  const cursor = page.after ?? page.data.at(-1)?.id;
  return page.has_more && cursor !== undefined
    ? { hasMore: true, cursor, status: 'idle' }
    : { hasMore: false, status: 'idle' };
}

/** A message at the end of a thread was never answered, since its server crashed for instance: that can be tried again. */
export function offerRetry(state: ChatState): ChatState {
  const isUnanswered = state.items.at(-1)?.type === 'user_message' && state.thread?.status.type === 'active';
  return isUnanswered ? { ...state, problem: { code: 'unanswered', canRetry: true } } : state;
}

export function showLoaded(state: ChatState, loaded: LoadedThread): ChatState {
  const { thread, items, older } = loaded;
  const { turnCount } = state;
  return offerRetry({
    ...EMPTY_STATE,
    turnCount,
    view: 'thread',
    threadId: thread.id,
    thread,
    items,
    older,
  });
}

/** Puts an older page above what is shown; items that are already there stay where they are. */
export function showOlder(state: ChatState, page: Page<Item>): ChatState {
  const known = new Set(state.items.map((item) => item.id));
  const added = page.data.toReversed().filter((item) => !known.has(item.id));
  return { ...state, items: [...added, ...state.items], older: olderOf(page) };
}

/**
 * Brings a shown thread up to date with what the server stores. Older pages that were loaded stay; an item
 * that did not change keeps its identity, so nothing flickers.
 */
export function reconcile(state: ChatState, loaded: LoadedThread): ChatState {
  const before = new Map(state.items.map((item) => [item.id, item]));
  const fresh = loaded.items.map((item) => keepIdentity(before.get(item.id), item));
  const firstId = fresh[0]?.id;
  const seam = firstId === undefined ? -1 : state.items.findIndex((item) => item.id === firstId);
  const earlier = loaded.older.hasMore && seam > 0 ? state.items.slice(0, seam) : [];
  const older = earlier.length > 0 ? state.older : loaded.older;
  const items = [...earlier, ...fresh];
  return { ...state, view: 'thread', thread: loaded.thread, items, live: new Set(), older };
}

function keepIdentity(before: Item | undefined, after: Item): Item {
  const next = succeed(before, after);
  return before && JSON.stringify(before) === JSON.stringify(next) ? before : next;
}
