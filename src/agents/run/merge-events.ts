import { setImmediate } from 'node:timers/promises';
import type { ThreadStreamEvent } from '../../chatkit/core/index.js';
import type { EventChannel, Waiting } from './event-channel.js';

/** What comes next: an event of the run, or one that a tool has sent. */
export type Next<T> =
  { readonly from: 'run'; readonly event: T } | { readonly from: 'tool'; readonly event: ThreadStreamEvent };

const ARRIVED = Symbol('arrived');

/**
 * The events of a run and those its tools send, in the order of their causes: what the run has ready
 * was there before the tool spoke, and the run goes no further until the tool was heard. Ends with the
 * run; lets go of both when the consumer leaves.
 *
 * @throws what the run fails with
 */
export async function* mergeEvents<T>(
  run: AsyncIterable<T>,
  channel: EventChannel,
): AsyncGenerator<Next<T>, void, undefined> {
  const iterator = run[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<T>> | undefined;
  let wake: (() => void) | undefined;
  channel.open(() => wake?.());
  try {
    for (;;) {
      next ??= iterator.next();
      if (!channel.isEmpty && (await isPending(next))) {
        yield* passedOn(channel.next());
        continue;
      }
      const first = await raced(next, (resolve) => (wake = resolve));
      if (first === ARRIVED) continue;
      next = undefined;
      if (first.done === true) break;
      yield { from: 'run', event: first.value };
    }
    while (!channel.isEmpty) yield* passedOn(channel.next());
  } finally {
    channel.close();
    next?.catch(() => undefined);
    // the consumer has left, or the run is over: how it ends concerns nobody
    void iterator.return?.().catch(() => undefined);
  }
}

function* passedOn(waiting: Waiting | undefined): Iterable<Next<never>> {
  if (waiting === undefined) return;
  try {
    yield { from: 'tool', event: waiting.event };
  } finally {
    waiting.taken();
  }
}

function raced<T>(next: Promise<T>, onArrival: (resolve: () => void) => void): Promise<T | typeof ARRIVED> {
  return new Promise((resolve, reject) => {
    onArrival(() => resolve(ARRIVED));
    next.then(resolve, reject);
  });
}

/** Whether nothing has come, not even what was on its way. */
async function isPending(next: Promise<unknown>): Promise<boolean> {
  const settled = next.then(
    () => false,
    () => false,
  );
  return Promise.race([settled, setImmediate(true)]);
}
