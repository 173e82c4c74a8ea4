/** What `next` resolves with once the signal has fired. */
export const INTERRUPTED = Symbol('interrupted');

/**
 * Pulls from an iterator and stops waiting when the signal fires, whether or not the iterator ever
 * answers. One listener for the whole iteration, one promise per item.
 */
export class Interruptible<T> {
  readonly #iterator: AsyncIterator<T>;
  readonly #signal: AbortSignal | undefined;
  #resolve: ((next: IteratorResult<T, unknown> | typeof INTERRUPTED) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;
  readonly #onNext = (next: IteratorResult<T, unknown>): void => this.#resolve?.(next);
  readonly #onError = (error: unknown): void => this.#reject?.(error);
  readonly #onAbort = (): void => this.#resolve?.(INTERRUPTED);

  constructor(iterable: AsyncIterable<T>, signal: AbortSignal | undefined) {
    this.#iterator = iterable[Symbol.asyncIterator]();
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  next(): Promise<IteratorResult<T, unknown> | typeof INTERRUPTED> {
    if (this.#signal === undefined) return this.#iterator.next();
    if (this.#signal.aborted) return Promise.resolve(INTERRUPTED);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#iterator.next().then(this.#onNext, this.#onError);
    });
  }

  /** Lets go: tells the iterator to clean up, without waiting for one that does not listen. */
  close(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#resolve = this.#reject = undefined;
    // The consumer has left: how the abandoned iterator ends concerns nobody.
    this.#iterator.return?.().catch(() => undefined);
  }
}
