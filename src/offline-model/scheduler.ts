import { setImmediate, setTimeout } from 'node:timers/promises';

/** Time as the offline model sees it; injected so that tests need not wait. */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after that many milliseconds, for 0 in the next turn of the event loop; rejects on abort. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The real time. */
export const systemScheduler: Scheduler = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) => {
    if (ms > 0) return setTimeout(ms, undefined, signal && { signal });
    return setImmediate(undefined, signal && { signal });
  },
};
