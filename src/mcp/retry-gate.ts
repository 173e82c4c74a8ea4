import { backoff } from '../common/backoff.js';
import type { Clock } from '../common/clock.js';

const PAUSES = { first: 1000, longest: 60_000 };

/** What the gate's owner failed with last. */
export interface GateFailure {
  readonly reason: string;
  /** ISO time. */
  readonly at: string;
}

/**
 * Keeps everybody from waiting for something that has just failed: after a failure nobody passes for a
 * while, which doubles up to a minute, half of it by chance; then one tries again.
 */
export class RetryGate {
  #failures = 0;
  #closedUntil = 0;
  #lastFailure: GateFailure | undefined;

  /** @param patience milliseconds after which somebody who tries again counts as lost */
  constructor(
    private readonly patience: number,
    private readonly clock: Pick<Clock, 'now' | 'random'>,
  ) {}

  /** Whether to try now. */
  pass(): boolean {
    if (this.#failures === 0) return true;
    const now = this.clock.now();
    if (now < this.#closedUntil) return false;
    this.#closedUntil = now + this.patience;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#lastFailure = undefined;
  }

  failed(reason: string): void {
    const now = this.clock.now();
    this.#closedUntil = now + backoff(this.#failures, this.clock, PAUSES);
    this.#failures += 1;
    this.#lastFailure = { reason, at: new Date(now).toISOString() };
  }

  /** What it failed with last; undefined once it has succeeded. */
  get lastFailure(): GateFailure | undefined {
    return this.#lastFailure;
  }
}
