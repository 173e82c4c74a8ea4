import type { TenantScope } from '../store/scope.js';
import { RunningTurn, type TurnOptions } from './running-turn.js';

/** How long turns that were told to stop are waited for. */
export const STOP_GRACE_MS = 2000;

/** What is known of a thread while turns on it run. */
interface Running {
  readonly turns: Set<RunningTurn>;
  /** The retries that remove items at this moment. */
  truncating: Promise<unknown> | undefined;
}

/** Names a thread, and whose it is as far as the context tells: users of two tenants may have threads of one id. */
export function threadKey(threadId: string, context: unknown): string {
  const { tenantId = null, userId = null } = (context ?? {}) as Partial<TenantScope>;
  return JSON.stringify([tenantId, userId, threadId]);
}

/**
 * The turns that this process runs on the threads of one store: a thread has one answer, and a retry takes nothing from
 * what is still being written.
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

  begin(key: string, options: TurnOptions): RunningTurn {
    const turn = new RunningTurn(key, options);
    this.#thread(key).turns.add(turn);
    return turn;
  }

  end(turn: RunningTurn): void {
    turn.end();
    const thread = this.#threads.get(turn.key);
    thread?.turns.delete(turn);
    if (thread?.turns.size === 0) this.#threads.delete(turn.key);
  }

  /** The answers that run on a thread. */
  answers(key: string): RunningTurn[] {
    return [...(this.#threads.get(key)?.turns ?? [])].filter(({ isAnswer }) => isAnswer);
  }

  /** To be awaited, once an item is among the turn's own, before it is stored: a retry may be under way. */
  retried({ key }: RunningTurn): Promise<unknown> | undefined {
    return this.#threads.get(key)?.truncating;
  }

  /**
   * Removes items of a thread for `retry`, a turn on it: all but those of the other turns that run. Turns
   * that were told to stop do not count; what is kept of them is there first, to be removed.
   *
   * @param remove is given the ids of the items to keep
   */
  async truncate<T>(retry: RunningTurn, remove: (except: readonly string[]) => Promise<T>): Promise<T> {
    const thread = this.#thread(retry.key);
    const others = [...thread.turns].filter((turn) => turn !== retry);
    await withinGrace(others.filter(({ signal }) => signal.aborted).map(({ ended }) => ended));
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

  #thread(key: string): Running {
    let thread = this.#threads.get(key);
    if (thread === undefined) this.#threads.set(key, (thread = { turns: new Set(), truncating: undefined }));
    return thread;
  }
}

/** Waits for what is about to end, but not for ever. @returns whether all of it did */
export async function withinGrace(ends: readonly Promise<unknown>[]): Promise<boolean> {
  if (ends.length === 0) return true;
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), STOP_GRACE_MS);
  const inTime = await Promise.race([Promise.all(ends).then(() => true), late.promise]);
  clearTimeout(timer);
  return inTime;
}
