import { ChatKitFailure, asFailure, isAbort } from './failure.js';
import { readPage, readThread } from './read-items.js';
import { Store } from './store.js';
import type { Transport } from './transport.js';
import type { Page, ThreadInfo } from './wire.js';

export interface HistoryState {
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  readonly entries: readonly ThreadInfo[];
  readonly hasMore: boolean;
  readonly cursor?: string;
  readonly open: boolean;
}

/** What a server that clamps page sizes is asked for; it answers with as many as it allows. */
const PAGE_SIZE = 9_999;
const EMPTY: HistoryState = { status: 'idle', entries: [], hasMore: false, open: false };

/** The list of conversations: loaded page by page, renamed and deleted with roll-back on failure. */
export class History {
  readonly state = new Store<HistoryState>(EMPTY);

  constructor(
    private readonly transport: Transport,
    private readonly signal: () => AbortSignal,
    private readonly report: (error: Error) => void,
  ) {}

  /** Forgets everything, as for another server. */
  reset(): void {
    this.state.update(({ open }) => ({ ...EMPTY, open }));
  }

  /** Loads the first page once; later calls do nothing until `reload()` or `reset()`. */
  async load(): Promise<void> {
    if (this.state.value.status === 'idle') await this.#page(undefined);
  }

  /** Reads the first page again: other tabs and devices add, rename and delete too. */
  async reload(): Promise<void> {
    if (this.state.value.status !== 'loading') await this.#page(undefined);
  }

  async more(): Promise<void> {
    const { status, hasMore, cursor } = this.state.value;
    if (status !== 'loading' && hasMore && cursor !== undefined) await this.#page(cursor);
  }

  show(open: boolean): void {
    this.state.update((state) => ({ ...state, open }));
  }

  /** Adds a thread at the top or brings the entry of a known one up to date. */
  put(thread: ThreadInfo): void {
    this.state.update((state) => {
      const known = state.entries.some((entry) => entry.id === thread.id);
      const entries = known
        ? state.entries.map((entry) => (entry.id === thread.id ? thread : entry))
        : [thread, ...state.entries];
      return { ...state, entries };
    });
  }

  /** @throws ChatKitFailure after the old title is back */
  async rename(id: string, title: string): Promise<ThreadInfo | undefined> {
    const before = this.state.value.entries.find((entry) => entry.id === id);
    if (before) this.put({ ...before, title });
    try {
      const answer = await this.transport.request(
        { type: 'threads.update', params: { thread_id: id, title } },
        this.signal(),
      );
      const thread = readThread(answer);
      if (thread) this.put(thread);
      return thread;
    } catch (thrown) {
      if (before) this.put(before);
      throw thrown;
    }
  }

  /** One that is gone already counts as removed. @throws ChatKitFailure; the entry is then still there */
  async remove(id: string): Promise<void> {
    try {
      await this.transport.request({ type: 'threads.delete', params: { thread_id: id } }, this.signal());
    } catch (thrown) {
      if (!(thrown instanceof ChatKitFailure) || thrown.code !== 'not_found') throw thrown;
    }
    this.state.update((state) => ({ ...state, entries: state.entries.filter((entry) => entry.id !== id) }));
  }

  async #page(after: string | undefined): Promise<void> {
    this.state.update((state) => ({ ...state, status: 'loading' }));
    const params = { limit: PAGE_SIZE, order: 'desc', ...(after === undefined ? {} : { after }) };
    try {
      const page = readPage(
        await this.transport.request({ type: 'threads.list', params }, this.signal()),
        readThread,
      );
      this.state.update((state) => merge(state, page, after !== undefined));
    } catch (thrown) {
      if (isAbort(thrown)) {
        this.state.update((state) => ({ ...state, status: 'idle' }));
        return;
      }
      this.state.update((state) => ({ ...state, status: 'failed' }));
      this.report(asFailure(thrown));
    }
  }
}

function merge(state: HistoryState, page: Page<ThreadInfo>, append: boolean): HistoryState {
  const { open } = state;
  const older = append ? [] : olderThan(page, state.entries);
  if (older.length > 0) return { ...state, status: 'ready', entries: [...page.data, ...older] };
  const kept = append ? state.entries : [];
  const known = new Set(kept.map((entry) => entry.id));
  const entries = [...kept, ...page.data.filter((entry) => !known.has(entry.id))];
  const cursor = page.after ?? page.data.at(-1)?.id;
  const hasMore = page.has_more && cursor !== undefined;
  return { status: 'ready', entries, open, hasMore, ...(cursor === undefined ? {} : { cursor }) };
}

/** Entries of later pages that were loaded before and follow a first page that was read again. */
function olderThan(page: Page<ThreadInfo>, entries: readonly ThreadInfo[]): readonly ThreadInfo[] {
  const lastId = page.data.at(-1)?.id;
  const seam = page.has_more ? entries.findIndex(({ id }) => id === lastId) : -1;
  return seam === -1 ? [] : entries.slice(seam + 1);
}
