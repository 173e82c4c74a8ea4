import { apply } from './apply.js';
import { asFailure, isAbort } from './failure.js';
import { record, text } from './json.js';
import { readThread } from './read-items.js';
import { endTurn, isBusy, without } from './state.js';
import type { ChatState, Ending } from './state.js';
import type { Store } from './store.js';
import { offerRetry } from './threads.js';
import type { Transport } from './transport.js';
import type { TurnHost } from './turns.js';

/** Milliseconds before the thread is read again when the connection was lost. */
const PAUSE = 1_500;

type JoiningHost = Omit<TurnHost, 'options' | 'restoreDraft'> & {
  readonly state: Store<ChatState>;
  readonly transport: Transport;
};

/** Shows an answer that runs already, for another tab or for this one before it was loaded anew. */
export class Joining {
  #joined: AbortController | undefined;
  #stopping = false;

  constructor(private readonly host: JoiningHost) {}

  /** Follows the running answer of the shown thread to its end; failures are no concern of the user. */
  async follow(): Promise<void> {
    const { state, emit } = this.host;
    const { threadId } = state.value;
    if (threadId === null || isBusy(state.value)) return;
    const joined = new AbortController();
    this.#joined = joined;
    this.#stopping = false;
    state.update((value) => ({
      ...without(value, 'problem'),
      turn: 'waiting',
      canStop: false,
      stopped: false,
    }));
    emit('chatkit.response.start');
    let ending: Ending = 'complete';
    let events = 0;
    try {
      const request = { type: 'threads.join', params: { thread_id: threadId } } as const;
      for await (const event of this.host.transport.stream(request, joined.signal)) {
        // what was finished between the thread's loading and now
        if (events === 0) await this.host.refresh(joined.signal, true);
        if (joined.signal.aborted) return;
        events += 1;
        this.#handle(event);
      }
      if (events === 0) await this.host.refresh(joined.signal, true);
    } catch {
      ending = 'cut';
    }
    if (joined.signal.aborted) return;
    const isUnfinished = state.value.live.size > 0 || ending === 'cut';
    this.#finish(ending);
    if (isUnfinished && events > 0) await this.#reread(ending === 'cut' ? PAUSE : 0);
  }

  /** Ends the answer for whoever follows it. @returns whether one is followed */
  stop(): boolean {
    const { state, transport, report } = this.host;
    const { threadId, canStop } = state.value;
    const joined = this.#joined;
    if (joined === undefined || threadId === null) return false;
    if (!canStop || this.#stopping) return true;
    this.#stopping = true;
    transport
      .request({ type: 'threads.stop', params: { thread_id: threadId } }, joined.signal)
      .catch((thrown: unknown) => {
        this.#stopping = false;
        if (!isAbort(thrown)) report(asFailure(thrown));
      });
    return true;
  }

  /** The view moves on: the answer goes on without it. */
  leave(): void {
    const joined = this.#joined;
    if (joined === undefined) return;
    this.#joined = undefined;
    joined.abort();
    this.host.state.update((state) => endTurn(state, 'cut'));
    this.host.emit('chatkit.response.end');
  }

  #finish(ending: Ending): void {
    this.#joined = undefined;
    const stopped = this.#stopping;
    this.host.state.update((state) => {
      const ended = { ...endTurn(state, ending), stopped };
      return stopped ? ended : offerRetry(ended);
    });
    this.host.emit('chatkit.response.end');
  }

  async #reread(pause: number): Promise<void> {
    const { signal } = new AbortController();
    try {
      if (pause > 0) await this.host.wait(pause, signal);
      await this.host.refresh(signal, false);
    } catch (thrown) {
      if (!isAbort(thrown)) this.host.report(asFailure(thrown));
    }
  }

  #handle(value: unknown): void {
    const event = record(value);
    const type = text(event.type);
    if (type === 'thread.updated') {
      const thread = readThread(event.thread);
      if (thread) this.host.threadSeen(thread, true);
    }
    this.host.unknown.inEvent(event);
    this.host.state.update((state) => apply(state, event));
  }
}
