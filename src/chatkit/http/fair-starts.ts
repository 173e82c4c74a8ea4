import { Injectable } from '@nestjs/common';
import { LinkedList } from '../../common/linked-list.js';

/** Requests that begin in one turn of the event loop. */
const AT_ONCE = 4;

/**
 * Spreads a burst of requests over turns of the event loop, in which what is under way goes on, and has the tenants begin one
 * after the other: however many requests of one tenant have come, the next of another begins in this turn or the next.
 * Nobody is waited for, so that slow requests keep nobody from beginning.
 */
@Injectable()
export class FairStarts {
  /** Who waits by tenant, the tenants in the order of their next turn. */
  readonly #lines = new Map<string, LinkedList<() => void>>();
  /** How many have begun in this turn of the event loop. */
  #begun = 0;
  #isScheduled = false;

  /** @returns undefined where the request may begin at once */
  turn(tenantId: string): Promise<void> | undefined {
    this.#schedule();
    if (this.#begun < AT_ONCE && this.#lines.size === 0) {
      this.#begun += 1;
      return undefined;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const line = this.#lines.get(tenantId) ?? new LinkedList<() => void>();
    this.#lines.set(tenantId, line);
    line.add(resolve);
    return promise;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#goOn);
  }

  readonly #goOn = (): void => {
    this.#isScheduled = false;
    for (this.#begun = 0; this.#begun < AT_ONCE && this.#lines.size > 0; this.#begun += 1) this.#beginNext();
    if (this.#begun > 0) this.#schedule();
  };

  #beginNext(): void {
    const [first] = this.#lines;
    if (first === undefined) return;
    const [tenantId, line] = first;
    const begin = line.shift();
    // the tenant goes to the end of those who wait
    if (line.size === 0 || this.#lines.size > 1) this.#lines.delete(tenantId);
    if (line.size > 0) this.#lines.set(tenantId, line);
    begin?.();
  }
}
