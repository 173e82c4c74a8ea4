import { NotFoundError } from '../errors.js';
import type { Store } from '../store/store.js';
import type { StreamOptions, ThreadStreamEvent } from '../wire/events.js';
import type { ThreadItem } from '../wire/items.js';
import type { ThreadMetadata } from '../wire/threads.js';
import type { AnswersElsewhere } from './answers-elsewhere.js';
import type { HeldSaves, SaveHolding } from './held-saves.js';
import type { ObservedThread } from './observed-thread.js';
import type { RunningTurn } from './running-turn.js';
import { RunningTurns, withinGrace } from './running-turns.js';

/** The events of one answer, to be pulled one by one. */
export type Events = AsyncGenerator<ThreadStreamEvent, void, undefined>;

/** What a stream of events asks of the server. */
export interface StreamHooks<TContext> extends SaveHolding {
  readonly store: Store<TContext>;
  readonly answersElsewhere: AnswersElsewhere | undefined;
  addItem(thread: ThreadMetadata, item: ThreadItem, context: TContext): Promise<void>;
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
  readonly signal: AbortSignal;
}

/**
 * Makes the turn the one answer of its thread: ends an older one, as if its user had stopped it, and waits for what is
 * kept of it. To be awaited before anything of the answer is stored. Undefined: there is nothing to wait for.
 */
export function takeOver<TContext>({ hooks, running }: Turn<TContext>): Promise<unknown> | undefined {
  if (running.isAnswer) return undefined;
  const older = RunningTurns.of(hooks.store).answers(running.key);
  running.isAnswer = true;
  for (const answer of older) answer.stop();
  const waits: Promise<unknown>[] = older.map(({ ended }) => ended);
  if (hooks.answersElsewhere !== undefined) waits.push(hooks.answersElsewhere.begin(running.key, running));
  return waits.length === 0 ? undefined : withinGrace(waits);
}

/** Makes an item one of the turn's own, which is to be stored now: a retry that runs meanwhile keeps it. */
export async function claim<TContext>(turn: Turn<TContext>, itemId: string): Promise<void> {
  const { hooks, running } = turn;
  running.own.add(itemId);
  await RunningTurns.of(hooks.store).retried(running);
}

/** Whether a retry has removed the item, which is not to come back. */
export async function isGone<TContext>(turn: Turn<TContext>, item: ThreadItem): Promise<boolean> {
  const { hooks, observed, running, context } = turn;
  await RunningTurns.of(hooks.store).retried(running);
  if (!running.truncated || running.own.has(item.id)) return false;
  try {
    await hooks.store.loadItem(observed.thread.id, item.id, context);
    return false;
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    throw error;
  }
}
