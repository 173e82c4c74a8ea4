import { UnavailableError } from '../errors.js';
import type { CoreLogger } from '../logger.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/** How long saving waits for a store that is away. */
export interface SaveHolding {
  /** Milliseconds for which saves are tried again. 0: never. */
  readonly saveWithinMs: number;
  readonly logger: CoreLogger;
}

/** The saves of one answer, which wait for a store that is away together, not one after the other. */
export class HeldSaves {
  /** When the time is up; undefined while the store is there. */
  #until: number | undefined;

  constructor(private readonly holding: SaveHolding) {}

  /**
   * Saves, and while the store is unavailable saves again until it is back or the time is up. A save whose answer was
   * lost may have been done, so that `save` has to do the same when it is repeated.
   *
   * @throws UnavailableError when the time is up; at once, what else `save` throws
   */
  async save<T>(save: () => Promise<T>): Promise<T> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const saved = await save();
        this.#until = undefined;
        return saved;
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        this.#until ??= performance.now() + this.holding.saveWithinMs;
        const left = this.#until - performance.now();
        if (left <= 0) throw error;
        this.holding.logger.debug('a save waits for the store to come back', { error });
        await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
      }
    }
  }
}
