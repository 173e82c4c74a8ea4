import { OperatorError } from '../../chatkit/core/errors.js';
import type { ThreadStreamEvent } from '../../chatkit/core/index.js';

const LIMIT = 256;

/** An event that waits to be passed on. */
export interface Waiting {
  readonly event: ThreadStreamEvent;
  readonly taken: () => void;
}

/**
 * Events on their way from tools to the stream of their run. Whoever sends one waits until it has been
 * passed on, so what happens next, in the tool or in the model, comes after it. Before the stream is
 * read, and between two streams, a limited number of events is kept.
 */
export class EventChannel {
  #waiting: Waiting[] = [];
  /** The last one reads: an answer inside an action reads until it has ended, then the action's stream. */
  readonly #readers: (() => void)[] = [];

  /**
   * Resolves when the event has been passed on, when nobody reads (yet), or when the reader has left.
   *
   * @throws Error when 256 events wait already
   */
  async send(event: ThreadStreamEvent): Promise<void> {
    if (this.#waiting.length >= LIMIT) throw new OperatorError('too many events wait to be passed on');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ event, taken: resolve });
    const reader = this.#readers.at(-1);
    if (reader === undefined) return;
    reader();
    await promise;
  }

  /** Begins to read. @param onArrival called for each event that is sent from now on */
  open(onArrival: () => void): void {
    this.#readers.push(onArrival);
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** How many events wait. */
  get size(): number {
    return this.#waiting.length;
  }

  /** The event that has waited longest; `taken` says that it has been passed on. */
  next(): Waiting | undefined {
    return this.#waiting.shift();
  }

  /** Ends reading: what waits is dropped, and nobody goes on waiting. */
  close(): void {
    this.#readers.pop();
    for (const { taken } of this.#waiting) taken();
    this.#waiting = [];
  }
}
