import {
  ChatKitError,
  CustomStreamError,
  InvalidRequestError,
  NotFoundError,
  StreamError,
} from '../errors.js';
import { INTERRUPTED, Interruptible } from './interruptible.js';
import type { ObservedThread } from './observed-thread.js';
import { PendingItems } from './pending-items.js';
import { RunningTurns, type RunningTurn } from './running-turns.js';
import { publicThread } from '../serialise.js';
import type { ChatKitServer } from '../server/server.js';
import type { ThreadStreamEvent } from '../wire/events.js';
import { isHidden, type ThreadItem } from '../wire/items.js';

type Events = AsyncGenerator<ThreadStreamEvent, void, undefined>;

/** One request in progress. */
export interface Turn<TContext> {
  readonly server: ChatKitServer<TContext>;
  readonly observed: ObservedThread;
  readonly running: RunningTurn;
  readonly context: TContext;
  readonly signal: AbortSignal | undefined;
}

/**
 * Passes on what `source` yields: stores items before they are announced as done, saves and announces
 * changes of the thread, turns failures into an `error` event, and, when the signal fires or the
 * consumer leaves, lets the server keep what the user has already seen.
 */
export async function* runEvents<TContext>(
  turn: Turn<TContext>,
  source: () => AsyncIterable<ThreadStreamEvent>,
): Events {
  const { server, observed, context, signal } = turn;
  yield { type: 'stream_options', stream_options: server.getStreamOptions(observed.thread, context) };

  const pending = new PendingItems();
  let settled = false;
  let events: Interruptible<ThreadStreamEvent> | undefined;
  try {
    try {
      events = new Interruptible(source(), signal);
      for (;;) {
        const next = await events.next();
        if (next === INTERRUPTED || next.done === true) {
          settled = next !== INTERRUPTED;
          break;
        }
        const event = next.value;
        await store(turn, event);
        pending.track(event);
        if (!isPrivate(event)) yield event;
        yield* threadChange(turn);
      }
    } catch (error) {
      // what a response throws because it was told to stop is no failure
      settled = signal?.aborted !== true;
      if (settled) {
        yield* settle(turn, pending);
        yield errorEvent(error, turn);
      }
    }
    if (settled) yield* threadChange(turn);
  } finally {
    events?.close();
    if (!settled) await cancel(turn, pending);
  }
}

async function cancel<TContext>(
  { server, observed, context }: Turn<TContext>,
  pending: PendingItems,
): Promise<void> {
  try {
    await server.handleStreamCancelled(observed.thread, pending.list(), context);
  } catch (error) {
    // a thread that its owner has deleted meanwhile has nothing to keep
    const level = error instanceof ChatKitError ? error.logLevel : 'warn';
    server.logger[level]('what a cancelled response had shown could not be saved', { error });
  }
}

/** What a failed response had shown ends as the server says, where it can still be stored. */
async function* settle<TContext>(turn: Turn<TContext>, pending: PendingItems): Events {
  const { server } = turn;
  for (const event of server.settleFailed(pending.list())) {
    try {
      await store(turn, event);
    } catch (error) {
      const level = error instanceof ChatKitError ? error.logLevel : 'warn';
      server.logger[level]('what a failed response had shown could not be saved', { error });
      return;
    }
    yield event;
  }
}

async function store<TContext>(turn: Turn<TContext>, event: ThreadStreamEvent): Promise<void> {
  const { server, observed, running, context } = turn;
  switch (event.type) {
    case 'thread.item.added':
      running.own.add(event.item.id);
      return;
    case 'thread.item.done':
      await claim(turn, event.item.id);
      return server.store.addThreadItem(observed.thread.id, event.item, context);
    case 'thread.item.removed':
      return server.store.deleteThreadItem(observed.thread.id, event.item_id, context);
    case 'thread.item.replaced':
      if (await isGone(turn, event.item)) return;
      return server.store.saveItem(observed.thread.id, event.item, context);
    case 'thread.updated':
      observed.adoptTitle(event.thread.title);
  }
}

/** Makes an item one of the turn's own, which is to be stored now: a retry that runs meanwhile keeps it. */
export async function claim<TContext>(turn: Turn<TContext>, itemId: string): Promise<void> {
  const { server, observed, running } = turn;
  running.own.add(itemId);
  await RunningTurns.of(server.store).retried(observed.thread.id);
}

/** Whether a retry has removed the item, which is not to come back. */
async function isGone<TContext>(turn: Turn<TContext>, item: ThreadItem): Promise<boolean> {
  const { server, observed, running, context } = turn;
  await RunningTurns.of(server.store).retried(observed.thread.id);
  if (!running.truncated || running.own.has(item.id)) return false;
  try {
    await server.store.loadItem(observed.thread.id, item.id, context);
    return false;
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    throw error;
  }
}

/** Others may change the thread at the same time: only what this turn has changed is changed in the store. */
async function* threadChange<TContext>({ server, observed, context }: Turn<TContext>): Events {
  const change = observed.takeChange();
  if (change === undefined) return;
  const { id } = observed.thread;
  const changed = await server.store.updateThread(id, (stored) => change.appliedTo(stored), context);
  yield { type: 'thread.updated', thread: publicThread(changed) };
}

function isPrivate(event: ThreadStreamEvent): boolean {
  return event.type === 'thread.item.done' && isHidden(event.item);
}

function errorEvent<TContext>(error: unknown, { server }: Turn<TContext>): ThreadStreamEvent {
  if (error instanceof CustomStreamError) {
    return { type: 'error', code: 'custom', message: error.message, allow_retry: error.allowRetry };
  }
  if (error instanceof StreamError) {
    return { type: 'error', code: error.code, allow_retry: error.allowRetry };
  }
  if (error instanceof NotFoundError) {
    server.logger.debug('what the response was about is gone', { error });
    return { type: 'error', code: 'stream.error', allow_retry: false };
  }
  const level = error instanceof ChatKitError ? error.logLevel : 'error';
  server.logger[level]('the response failed', { error });
  return { type: 'error', code: 'stream.error', allow_retry: !(error instanceof InvalidRequestError) };
}
