import { InvalidRequestError } from '../errors.js';

/**
 * Events whose source was given one turn of the event loop to refuse: what a handler throws right at its start,
 * when it looks at its input, is known before anything of an answer has left.
 *
 * @param explain makes of what the source throws what is to be thrown for it
 * @throws InvalidRequestError when the source refuses at once; what else it throws comes in the place of an event
 */
export async function begun<T>(
  source: () => AsyncIterable<T>,
  explain: (thrown: unknown) => unknown,
): Promise<AsyncIterableIterator<T>> {
  const iterator = iteratorOf(source);
  const pull = (): Promise<IteratorResult<T, unknown>> =>
    iterator.next().catch((thrown: unknown) => {
      throw explain(thrown);
    });
  let first: Promise<IteratorResult<T, unknown>> | undefined = pull();
  const refusal = await Promise.race([
    first.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
    new Promise((resolve) => setImmediate(resolve)),
  ]);
  if (refusal instanceof InvalidRequestError) throw refusal;
  const events: AsyncIterableIterator<T> = {
    next() {
      const next = first ?? pull();
      first = undefined;
      return next;
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return events;
    },
  };
  return events;
}

function iteratorOf<T>(source: () => AsyncIterable<T>): AsyncIterator<T, unknown> {
  try {
    return source()[Symbol.asyncIterator]();
  } catch (thrown) {
    return { next: () => Promise.reject(thrown) };
  }
}
