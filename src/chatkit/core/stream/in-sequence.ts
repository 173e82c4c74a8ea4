import type { ThreadStreamEvent } from '../wire/events.js';
import type { Events } from './turn.js';

type Next = IteratorResult<ThreadStreamEvent, undefined>;

const END: Next = { done: true, value: undefined };

/** A part of an answer. It may return the part that comes after it. */
export type Part = AsyncGenerator<ThreadStreamEvent, Part | void, undefined>;

/**
 * The events of the part that an answer begins with and of those that come after it, as one stream. With `yield*` each event would pass all parts that
 * have led to it, and each of these would keep a promise for it: with many slow streams these are most of what lives.
 *
 * @param begin called when the first event is asked for; nothing comes where it gives no part
 * @param onEnd called once, when no part does anything any more
 */
export function inSequence(begin: () => Promise<Part | undefined>, onEnd: () => void): Events {
  return new Sequence(begin, onEnd);
}

class Sequence implements Events {
  #begun: Promise<Part | undefined> | undefined;
  #part: Part | undefined;
  #hasLeft = false;
  #hasEnded = false;

  constructor(
    private readonly begin: () => Promise<Part | undefined>,
    private readonly onEnd: () => void,
  ) {}

  next(): Promise<Next> {
    if (this.#part !== undefined) return this.#part.next().then(this.#onNext, this.#onError);
    if (this.#hasEnded) return Promise.resolve(END);
    this.#begun ??= this.begin();
    return this.#begun.then(this.#goOn, this.#onError);
  }

  async return(): Promise<Next> {
    this.#hasLeft = true;
    // what it begins with is seen to its end
    await this.#begun?.catch(() => undefined);
    await this.#part?.return(undefined).catch(this.#onError);
    return this.#ended();
  }

  async throw(error: unknown): Promise<Next> {
    await this.return();
    throw error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #onNext = (next: IteratorResult<ThreadStreamEvent, Part | void>): Next | Promise<Next> =>
    next.done === true ? this.#goOn(next.value) : next;

  /** What comes after a part has not begun, where the reader has left. */
  readonly #goOn = (part: Part | void): Next | Promise<Next> => {
    if (part === undefined || this.#hasLeft) return this.#ended();
    this.#part = part;
    return this.next();
  };

  readonly #onError = (error: unknown): never => {
    this.#ended();
    throw error;
  };

  #ended(): Next {
    if (!this.#hasEnded) this.onEnd();
    this.#hasEnded = true;
    return END;
  }
}
