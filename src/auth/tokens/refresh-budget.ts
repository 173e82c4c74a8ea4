import type { Clock } from '../../common/clock.js';

/** How often something may happen: a small burst, then at a steady pace. */
export class RefreshBudget {
  #left: number;
  #countedAt: number;

  constructor(
    private readonly burst: number,
    private readonly intervalMs: number,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.#left = burst;
    this.#countedAt = clock.now();
  }

  /** Whether it may happen now; if so, that counts. */
  take(): boolean {
    const earned = Math.floor((this.clock.now() - this.#countedAt) / this.intervalMs);
    if (earned > 0) {
      this.#left = Math.min(this.burst, this.#left + earned);
      this.#countedAt += earned * this.intervalMs;
    }
    if (this.#left <= 0) return false;
    this.#left -= 1;
    return true;
  }
}
