const FIRST = 1000;
const LONGEST = 60_000;

/** Time and chance, injected so that tests decide about both. */
export interface GateClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
}

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
    private readonly clock: GateClock,
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
    const bound = Math.min(LONGEST, FIRST * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    this.#closedUntil = now + Math.round(bound * (0.5 + this.clock.random() / 2));
    this.#lastFailure = { reason, at: new Date(now).toISOString() };
  }

  /** What it failed with last; undefined once it has succeeded. */
  get lastFailure(): GateFailure | undefined {
    return this.#lastFailure;
  }
}
