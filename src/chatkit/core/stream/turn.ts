import { NotFoundError } from '../errors.js';
import type { Store } from '../store/store.js';
import type { StreamOptions, ThreadStreamEvent } from '../wire/events.js';
import type { ThreadItem } from '../wire/items.js';
import type { ThreadMetadata } from '../wire/threads.js';
import type { HeldSaves, SaveHolding } from './held-saves.js';
import type { ObservedThread } from './observed-thread.js';
import { RunningTurns, type RunningTurn } from './running-turns.js';

/** The events of one answer, to be pulled one by one. */
export type Events = AsyncGenerator<ThreadStreamEvent, void, undefined>;

/** What a stream of events asks of the server. */
export interface StreamHooks<TContext> extends SaveHolding {
  readonly store: Store<TContext>;
  getStreamOptions(thread: ThreadMetadata, context: TContext): StreamOptions;
  handleStreamCancelled(
    thread: ThreadMetadata,
    pendingItems: readonly ThreadItem[],
    context: TContext,
  ): Promise<void>;
  settleFailed(pendingItems: readonly ThreadItem[]): Iterable<ThreadStreamEvent>;
}

/** One request in progress. */
export interface Turn<TContext, THooks extends StreamHooks<TContext> = StreamHooks<TContext>> {
  readonly hooks: THooks;
  readonly observed: ObservedThread;
  readonly running: RunningTurn;
  readonly saves: HeldSaves;
  readonly context: TContext;
  readonly signal: AbortSignal | undefined;
}

/** Makes an item one of the turn's own, which is to be stored now: a retry that runs meanwhile keeps it. */
export async function claim<TContext>(turn: Turn<TContext>, itemId: string): Promise<void> {
  const { hooks, observed, running } = turn;
  running.own.add(itemId);
  await RunningTurns.of(hooks.store).retried(observed.thread.id);
}

/** Whether a retry has removed the item, which is not to come back. */
export async function isGone<TContext>(turn: Turn<TContext>, item: ThreadItem): Promise<boolean> {
  const { hooks, observed, running, context } = turn;
  await RunningTurns.of(hooks.store).retried(observed.thread.id);
  if (!running.truncated || running.own.has(item.id)) return false;
  try {
    await hooks.store.loadItem(observed.thread.id, item.id, context);
    return false;
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    throw error;
  }
}
