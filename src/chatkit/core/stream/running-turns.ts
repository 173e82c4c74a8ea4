/** How long a retry waits for turns that were told to stop. */
const STOP_GRACE_MS = 2000;

/** A turn on a thread, from its first change of the thread to its end. */
export class RunningTurn {
  /** Items it has put in the thread, or is about to. */
  readonly own = new Set<string>();
  /** Whether a retry has removed items of the thread meanwhile. */
  truncated = false;
  readonly #end = Promise.withResolvers<void>();

  constructor(readonly signal: AbortSignal | undefined) {}

  /** Resolves when it is over. */
  get ended(): Promise<void> {
    return this.#end.promise;
  }

  end(): void {
    this.#end.resolve();
  }
}

/** What is known of a thread while turns on it run. */
interface Running {
  readonly turns: Set<RunningTurn>;
  /** The retries that remove items at this moment. */
  truncating: Promise<unknown> | undefined;
}

/**
 * The turns that this process runs on the threads of one store, so that a retry takes nothing from an answer
 * that is still being written. Thread ids of two tenants may be the same; that costs one of them a short wait.
 */
export class RunningTurns {
  static readonly #ofStores = new WeakMap<object, RunningTurns>();
  readonly #threads = new Map<string, Running>();

  /** Servers that share a store share the turns on its threads. */
  static of(store: object): RunningTurns {
    let known = RunningTurns.#ofStores.get(store);
    if (known === undefined) RunningTurns.#ofStores.set(store, (known = new RunningTurns()));
    return known;
  }

  begin(threadId: string, signal: AbortSignal | undefined): RunningTurn {
    const turn = new RunningTurn(signal);
    this.#thread(threadId).turns.add(turn);
    return turn;
  }

  end(threadId: string, turn: RunningTurn): void {
    turn.end();
    const thread = this.#threads.get(threadId);
    thread?.turns.delete(turn);
    if (thread?.turns.size === 0) this.#threads.delete(threadId);
  }

  /** To be awaited, once an item is among the turn's own, before it is stored: a retry may be under way. */
  retried(threadId: string): Promise<unknown> | undefined {
    return this.#threads.get(threadId)?.truncating;
  }

  /**
   * Removes items of a thread for `retry`, a turn on it: all but those of the other turns that run. Turns
   * that were told to stop do not count; what is kept of them is there first, to be removed.
   *
   * @param remove is given the ids of the items to keep
   */
  async truncate<T>(
    threadId: string,
    retry: RunningTurn,
    remove: (except: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const thread = this.#thread(threadId);
    const others = [...thread.turns].filter((turn) => turn !== retry);
    await withinGrace(others.filter(({ signal }) => signal?.aborted === true).map(({ ended }) => ended));
    const running = [...thread.turns].filter((turn) => turn !== retry);
    for (const turn of running) turn.truncated = true;
    const work = remove(running.flatMap(({ own }) => Array.from(own)));
    const all = Promise.allSettled([thread.truncating, work]);
    thread.truncating = all;
    try {
      return await work;
    } finally {
      if (thread.truncating === all) thread.truncating = undefined;
    }
  }

  #thread(id: string): Running {
    let thread = this.#threads.get(id);
    if (thread === undefined) this.#threads.set(id, (thread = { turns: new Set(), truncating: undefined }));
    return thread;
  }
}

async function withinGrace(ends: readonly Promise<void>[]): Promise<void> {
  if (ends.length === 0) return;
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, STOP_GRACE_MS);
  await Promise.race([Promise.all(ends), late.promise]);
  clearTimeout(timer);
}
