const LIMIT = 256;

/**
 * Keeps a model from running far ahead of a reader that is slow: at most a fixed number of events are
 * under way between the two. For one run, whose model calls follow one another.
 */
export class Backpressure {
  #underWay = 0;
  #resume: (() => void) | undefined;

  /** @param limit events that may be under way. Default 256 */
  constructor(private readonly limit: number = LIMIT) {}

  /** The model has given an event; what is returned, if anything, is to be waited for before the next. */
  sent(): Promise<void> | undefined {
    this.#underWay += 1;
    if (this.#underWay < this.limit) return undefined;
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  /** The reader has taken an event. */
  received(): void {
    this.#underWay -= 1;
    if (this.#underWay > this.limit / 2) return;
    this.#resume?.();
    this.#resume = undefined;
  }
}
