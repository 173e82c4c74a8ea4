import {
  ChatKitError,
  CustomStreamError,
  InvalidRequestError,
  NotFoundError,
  StreamError,
} from '../errors.js';
import { publicThread } from '../serialise.js';
import type { ThreadStreamEvent } from '../wire/events.js';
import { isHidden, type ThreadItem } from '../wire/items.js';
import { errorEvent } from './error-event.js';
import { INTERRUPTED, Interruptible } from './interruptible.js';
import { PendingItems } from './pending-items.js';
import type { ThreadChange } from './thread-change.js';
import { claim, isGone, takeOver, type Events, type Turn } from './turn.js';

/**
 * Passes on what `source` yields: stores items before they are announced as done, saves and announces
 * changes of the thread, turns failures into an `error` event, and, when the signal fires or the
 * consumer leaves, lets the server keep what the user has already seen.
 */
export async function* runEvents<TContext>(
  turn: Turn<TContext>,
  source: () => AsyncIterable<ThreadStreamEvent>,
): Events {
  const { hooks, observed, running, context, signal } = turn;
  const stream_options = hooks.getStreamOptions(observed.thread, context);
  running.mayBeStopped = stream_options.allow_cancel;
  yield { type: 'stream_options', stream_options };

  const pending = new PendingItems();
  running.pending = pending;
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
        // a delta waits for nothing
        const stored = store(turn, event);
        if (stored !== undefined) await stored;
        pending.track(event);
        if (!isPrivate(event)) yield running.told(event);
        const change = observed.takeChange();
        if (change !== undefined) yield running.told(await changed(turn, change));
      }
    } catch (error) {
      // what a response throws because it was told to stop is no failure
      settled = !signal.aborted;
      if (settled) {
        yield* settle(turn, pending);
        yield running.told(failed(error, turn));
      }
    }
    const change = settled ? observed.takeChange() : undefined;
    if (change !== undefined) yield running.told(await changed(turn, change));
  } finally {
    events?.close();
    if (!settled) await cancel(turn, pending);
  }
}

async function cancel<TContext>(
  { hooks, observed, context }: Turn<TContext>,
  pending: PendingItems,
): Promise<void> {
  try {
    await hooks.handleStreamCancelled(observed.thread, pending.list(), context);
  } catch (error) {
    // a thread that its owner has deleted meanwhile has nothing to keep
    const level = error instanceof ChatKitError ? error.logLevel : 'warn';
    hooks.logger[level]('what a cancelled response had shown could not be saved', { error });
  }
}

/** What a failed response had shown ends as the server says, where it can still be stored. */
async function* settle<TContext>(turn: Turn<TContext>, pending: PendingItems): Events {
  const { hooks, running } = turn;
  for (const event of hooks.settleFailed(pending.list())) {
    try {
      await store(turn, event);
    } catch (error) {
      const level = error instanceof ChatKitError ? error.logLevel : 'warn';
      hooks.logger[level]('what a failed response had shown could not be saved', { error });
      return;
    }
    yield running.told(event);
  }
}

/** Does what an event asks of the store before it is passed on. Undefined: nothing. */
function store<TContext>(turn: Turn<TContext>, event: ThreadStreamEvent): Promise<void> | undefined {
  const { hooks, observed, running, saves, context } = turn;
  switch (event.type) {
    case 'thread.item.added':
      running.own.add(event.item.id);
      return takeOver(turn)?.then(() => undefined);
    case 'thread.item.done':
      return add(turn, event.item);
    case 'thread.item.removed':
      return saves.save(() => hooks.store.deleteThreadItem(observed.thread.id, event.item_id, context));
    case 'thread.item.replaced':
      return replace(turn, event.item);
    case 'thread.updated':
      observed.adoptTitle(event.thread.title);
      return undefined;
    case 'thread.created':
    case 'thread.item.updated':
    case 'stream_options':
    case 'progress_update':
    case 'client_effect':
    case 'error':
    case 'notice':
      return undefined;
    default:
      return event satisfies never;
  }
}

async function add<TContext>(turn: Turn<TContext>, item: ThreadItem): Promise<void> {
  const { hooks, observed, saves, context } = turn;
  await takeOver(turn);
  await claim(turn, item.id);
  await saves.save(() => hooks.addItem(observed.thread, item, context));
}

async function replace<TContext>(turn: Turn<TContext>, item: ThreadItem): Promise<void> {
  const { hooks, observed, saves, context } = turn;
  if (await saves.save(() => isGone(turn, item))) return;
  await saves.save(() => hooks.store.saveItem(observed.thread.id, item, context));
}

/** Others may change the thread at the same time: only what this turn has changed is changed in the store. */
async function changed<TContext>(
  { hooks, observed, saves, context }: Turn<TContext>,
  change: ThreadChange,
): Promise<ThreadStreamEvent> {
  const { id } = observed.thread;
  const thread = await saves.save(() =>
    hooks.store.updateThread(id, (stored) => change.appliedTo(stored), context),
  );
  return { type: 'thread.updated', thread: publicThread(thread) };
}

function isPrivate(event: ThreadStreamEvent): boolean {
  return event.type === 'thread.item.done' && isHidden(event.item);
}

/** What a stream says on purpose is no surprise to the log. */
function failed<TContext>(error: unknown, { hooks }: Turn<TContext>): ThreadStreamEvent {
  const isGone = error instanceof NotFoundError;
  if (isGone) hooks.logger.debug('what the response was about is gone', { error });
  else if (!(error instanceof StreamError || error instanceof CustomStreamError)) {
    const level = error instanceof ChatKitError ? error.logLevel : 'error';
    hooks.logger[level]('the response failed', { error });
  }
  return errorEvent(error, !(isGone || error instanceof InvalidRequestError));
}
