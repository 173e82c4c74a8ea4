import { ChatKitFailure, asFailure, isAbort } from './failure.js';
import { EMPTY_STATE, isBusy } from './state.js';
import type { ChatState } from './state.js';
import type { Store } from './store.js';
import { loadItems, loadThread, reconcile, showLoaded, showOlder } from './threads.js';
import type { Transport } from './transport.js';
import type { UnknownTypes } from './unknown.js';
import type { ThreadInfo } from './wire.js';

export interface ConversationHost {
  readonly state: Store<ChatState>;
  readonly transport: Transport;
  readonly signal: () => AbortSignal;
  emit(name: string, detail?: unknown): void;
  report(error: Error): void;
  threadLoaded(thread: ThreadInfo): void;
  /** An answer of the shown thread runs, which this view knows nothing of. */
  answering(): void;
  readonly unknown: UnknownTypes;
}

/** Which thread is shown, and how its items get here. */
export class Conversation {
  /** Raised whenever the view moves to another thread; answers for an earlier one are dropped. */
  #visit = 0;
  #loading: Promise<void> = Promise.resolve();
  #announced: string | null = null;

  constructor(private readonly host: ConversationHost) {}

  /** Settles when no thread is being loaded; never rejects. */
  get settled(): Promise<void> {
    return this.#loading;
  }

  /** Shows the start screen. */
  clear(): void {
    this.#visit += 1;
    this.host.state.update(({ turnCount }) => ({ ...EMPTY_STATE, turnCount }));
    this.announce(null);
  }

  /** Loads a thread into the view. A failure shows in the view and is reported. */
  open(id: string): Promise<void> {
    this.#visit += 1;
    this.#loading = this.#open(id, this.#visit);
    return this.#loading;
  }

  /** Tells the page which thread is shown now, unless it knows already. */
  announce(threadId: string | null, force = false): void {
    if (threadId === this.#announced && !force) return;
    this.#announced = threadId;
    this.host.emit('chatkit.thread.change', { threadId });
  }

  /** Loads the page of items above the oldest one shown. */
  async older(): Promise<void> {
    const { state, transport, signal, unknown } = this.host;
    const { threadId, older } = state.value;
    if (threadId === null || !older.hasMore || older.status === 'loading') return;
    const visit = this.#visit;
    state.update((value) => ({ ...value, older: { ...older, status: 'loading' } }));
    try {
      const page = await loadItems(transport, threadId, older.cursor, signal(), unknown);
      if (visit === this.#visit) state.update((value) => showOlder(value, page));
    } catch (thrown) {
      if (visit === this.#visit)
        state.update((value) => ({ ...value, older: { ...older, status: 'failed' } }));
      if (!isAbort(thrown)) this.host.report(asFailure(thrown));
    }
  }

  /**
   * Reads the shown thread again. While a response runs, only the thread itself is taken over, because the
   * stream is ahead of the store; `force` takes the items too.
   *
   * @returns whether an answer of it runs on the server
   * @throws ChatKitFailure
   */
  async refresh(signal: AbortSignal, force = false): Promise<boolean> {
    const { state, transport, unknown } = this.host;
    const { threadId } = state.value;
    if (threadId === null) return false;
    const visit = this.#visit;
    const loaded = await loadThread(transport, threadId, signal, unknown);
    if (visit !== this.#visit) return false;
    this.host.threadLoaded(loaded.thread);
    const whole = force || !isBusy(state.value);
    state.update((value) => (whole ? reconcile(value, loaded) : { ...value, thread: loaded.thread }));
    if (loaded.answering && !isBusy(state.value)) this.host.answering();
    return loaded.answering;
  }

  async #open(id: string, visit: number): Promise<void> {
    const { state, transport, signal, unknown } = this.host;
    state.update(({ turnCount }) => ({ ...EMPTY_STATE, turnCount, view: 'loading', threadId: id }));
    this.host.emit('chatkit.thread.load.start', { threadId: id });
    let failure: ChatKitFailure | undefined;
    let answering = false;
    try {
      const loaded = await loadThread(transport, id, signal(), unknown);
      if (visit === this.#visit) {
        state.update((value) => showLoaded(value, loaded));
        this.host.threadLoaded(loaded.thread);
        answering = loaded.answering;
      }
    } catch (thrown) {
      if (!isAbort(thrown)) failure = asFailure(thrown);
      else if (visit === this.#visit) failure = new ChatKitFailure('interrupted', 'Loading was interrupted');
    }
    this.host.emit('chatkit.thread.load.end', { threadId: id });
    if (visit !== this.#visit) return;
    if (failure) this.#showFailure(id, failure);
    else this.announce(id);
    if (answering) this.host.answering();
  }

  /** A thread that is not there leads back to the start; any other failure can be tried again. */
  #showFailure(id: string, failure: ChatKitFailure): void {
    const { state } = this.host;
    const problem = { code: failure.code, canRetry: failure.code !== 'not_found' };
    const gone = failure.code === 'not_found';
    state.update((value) => ({
      ...value,
      view: gone ? 'start' : 'failed',
      threadId: gone ? null : id,
      problem,
    }));
    this.announce(gone ? null : id, gone);
    this.host.report(failure);
  }
}
