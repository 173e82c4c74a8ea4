/** What `next` resolves with once the signal has fired. */
export const INTERRUPTED = Symbol('interrupted');

/**
 * Pulls from an iterator and stops waiting when the signal fires, whether or not the iterator ever
 * answers. One listener for the whole iteration, nothing allocated on the signal per item.
 */
export class Interruptible<T> {
  readonly #iterator: AsyncIterator<T>;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#interrupt?.();
  #interrupt: (() => void) | undefined;

  constructor(iterable: AsyncIterable<T>, signal: AbortSignal | undefined) {
    this.#iterator = iterable[Symbol.asyncIterator]();
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  next(): Promise<IteratorResult<T, unknown> | typeof INTERRUPTED> {
    if (this.#signal === undefined) return this.#iterator.next();
    if (this.#signal.aborted) return Promise.resolve(INTERRUPTED);
    return new Promise((resolve, reject) => {
      this.#interrupt = () => resolve(INTERRUPTED);
      this.#iterator.next().then(resolve, reject);
    });
  }

  /** Lets go: tells the iterator to clean up, without waiting for one that does not listen. */
  close(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#interrupt = undefined;
    // The consumer has left: how the abandoned iterator ends concerns nobody.
    this.#iterator.return?.().catch(() => undefined);
  }
}
