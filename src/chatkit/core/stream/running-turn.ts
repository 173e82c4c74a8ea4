import type { ThreadStreamEvent } from '../wire/events.js';
import type { AnswerListener, Joinable } from './joined.js';
import type { PendingItems } from './pending-items.js';

/** Why the signal of an answer fires that another request of its user has ended. */
export class AnswerEnded extends DOMException {
  constructor() {
    super('The answer was ended by another request of its user', 'AbortError');
  }
}

/** How a turn can be told to end, and tells that it was. */
export interface TurnOptions {
  /** Fires when nobody waits for the answer any more; a running stream then ends at once. */
  readonly signal?: AbortSignal;
  /** Called when another request ends the answer, with what a signal that the context carries is to be aborted with. */
  readonly onEnded?: (reason: unknown) => void;
  /** Called with how many have joined the answer, whenever that changes. */
  readonly onJoined?: (count: number) => void;
}

/** An answer that runs, as others see it. */
export interface RunningAnswer extends Joinable {
  /** Resolves when it is over, and what was shown of it is stored. */
  readonly ended: Promise<void>;
  /** Whether its user may stop it. */
  readonly mayBeStopped: boolean;
  /** Tells it to end, as if its user had stopped it. */
  stop(): void;
}

/** A turn on a thread, from its first change of the thread to its end. */
export class RunningTurn implements RunningAnswer {
  /** Items it has put in the thread, or is about to. */
  readonly own = new Set<string>();
  /** Whether a retry has removed items of the thread meanwhile. */
  truncated = false;
  /** Whether it answers: of these a thread has one, while actions may react beside it. */
  isAnswer = false;
  mayBeStopped = true;
  /** What was announced and is not done. */
  pending: PendingItems | undefined;
  readonly #listeners = new Set<AnswerListener>();
  /** What it said last of its progress, until there are words. */
  #progress: ThreadStreamEvent | undefined;
  readonly #end = Promise.withResolvers<void>();
  readonly #stop = new AbortController();
  readonly #follow = (): void => this.#stop.abort(this.options.signal?.reason);

  constructor(
    /** Which thread of whom it is about. */
    readonly key: string,
    private readonly options: TurnOptions,
  ) {
    const { signal } = options;
    if (signal?.aborted === true) this.#follow();
    else signal?.addEventListener('abort', this.#follow, { once: true });
  }

  /** Fires when it is to end, whoever wants that. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get ended(): Promise<void> {
    return this.#end.promise;
  }

  stop(): void {
    if (this.signal.aborted) return;
    const reason = new AnswerEnded();
    this.#stop.abort(reason);
    this.options.onEnded?.(reason);
  }

  /** Tells whoever has joined, but of what is meant for the page that has asked. @returns the event */
  told(event: ThreadStreamEvent): ThreadStreamEvent {
    if (event.type === 'client_effect') return event;
    if (event.type === 'progress_update') this.#progress = event;
    else if (this.#progress !== undefined && isMessage(event)) this.#progress = undefined;
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  listen(listener: AnswerListener): ReturnType<Joinable['listen']> {
    this.#listeners.add(listener);
    this.options.onJoined?.(this.#listeners.size);
    const items = structuredClone(this.pending?.list() ?? []);
    return {
      underWay: [
        { type: 'stream_options', stream_options: { allow_cancel: this.mayBeStopped } },
        ...(this.#progress === undefined ? [] : [this.#progress]),
        ...items.map((item) => ({ type: 'thread.item.added', item }) as const),
      ],
      leave: () => {
        if (this.#listeners.delete(listener)) this.options.onJoined?.(this.#listeners.size);
      },
    };
  }

  /** It is over. */
  end(): void {
    for (const listener of this.#listeners) listener(undefined);
    this.options.signal?.removeEventListener('abort', this.#follow);
    this.#end.resolve();
  }
}

function isMessage(event: ThreadStreamEvent): boolean {
  return 'item' in event && event.item.type === 'assistant_message';
}
