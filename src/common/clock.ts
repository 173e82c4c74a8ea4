import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Time and chance, injected so that tests decide about both. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Resolves after that many milliseconds, for 0 in the next turn of the event loop, or at once when `signal` aborts;
   * keeps no process alive.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  async sleep(milliseconds, signal) {
    if (milliseconds === 0) return nextTurn();
    try {
      await sleep(milliseconds, undefined, { ref: false, ...(signal && { signal }) });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
};
