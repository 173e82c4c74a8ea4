/** The time for something was over. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Does something with a signal that fires when the time is over or the outer signal fires; what is still under
 * way then is no longer waited for.
 *
 * @throws what `work` throws, or the signal's reason: a TimeoutError, or what the outer signal was aborted with
 */
export async function withinTime<T>(
  milliseconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const over = new AbortController();
  const end = (reason: unknown): void => over.abort(reason);
  const onAbort = (): void => end(outer.reason);
  const timer = setTimeout(() => end(new TimeoutError('It took too long')), milliseconds);
  outer.addEventListener('abort', onAbort, { once: true });
  const ended = new Promise<never>((_resolve, reject) => {
    over.signal.addEventListener('abort', () => reject(over.signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([work(over.signal), ended]);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', onAbort);
  }
}
