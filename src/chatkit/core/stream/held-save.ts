import { UnavailableError } from '../errors.js';
import type { CoreLogger } from '../logger.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/** How long saving waits for a store that is away. */
export interface SaveHolding {
  /** Milliseconds for which a save is tried again. 0: never. */
  readonly saveWithinMs: number;
  readonly logger: CoreLogger;
}

/**
 * Saves, and while the store is unavailable saves again until it is back or the time is up. A save whose answer was
 * lost may have been done, so that `save` has to do the same when it is repeated.
 *
 * @throws UnavailableError when the time is up; at once, what else `save` throws
 */
export async function heldSave<T>({ saveWithinMs, logger }: SaveHolding, save: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await save();
    } catch (error) {
      const left = saveWithinMs - (performance.now() - begun);
      if (!(error instanceof UnavailableError) || left <= 0) throw error;
      logger.debug('a save waits for the store to come back', { error });
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
    }
  }
}
