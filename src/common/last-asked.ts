import type { Clock } from './clock.js';

/** Milliseconds for which a tenant is expected to ask again. */
const EXPECTED_MS = 1000;

/** Remembers which tenant has asked last, and which other before it: whether a tenant is the only one that asks. */
export class LastAsked {
  #last = '';
  #lastAt = -Infinity;
  /** When one has asked that is not the last. */
  #otherAt = -Infinity;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  note(tenantId: string): void {
    if (this.#last !== tenantId) {
      this.#last = tenantId;
      this.#otherAt = this.#lastAt;
    }
    this.#lastAt = this.clock.now();
  }

  /** Whether no other tenant has asked a short while ago. */
  isAlone(tenantId: string): boolean {
    const other = this.#last === tenantId ? this.#otherAt : this.#lastAt;
    return this.clock.now() - other >= EXPECTED_MS;
  }
}
