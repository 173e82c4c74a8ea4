import { UnavailableError } from '../../chatkit/core/index.js';

/**
 * Lets so many work at the same time, but of one tenant one at a time; the tenants that wait take turns. However many
 * documents one of them sends, those of another wait for one of each tenant at most.
 */
export class ReadingQueue {
  /** What starts the work of each tenant that waits, the tenants in the order of their next turn. */
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #working = new Set<string>();

  /**
   * @param atOnce tenants that work at the same time
   * @param maxWaiting of one tenant
   */
  constructor(
    private readonly atOnce: number,
    private readonly maxWaiting: number,
  ) {}

  /**
   * Works when it is the tenant's turn.
   *
   * @throws UnavailableError when too many of the tenant wait already; the signal's reason when that stops the wait
   */
  async run<T>(tenantId: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    await this.#turn(tenantId, signal);
    try {
      return await work();
    } finally {
      this.#working.delete(tenantId);
      this.#next();
    }
  }

  #turn(tenantId: string, signal: AbortSignal | undefined): Promise<void> {
    const line = this.#waiting.get(tenantId) ?? [];
    if (line.length >= this.maxWaiting) {
      throw new UnavailableError('other documents of the organisation are being read');
    }
    this.#waiting.set(tenantId, line);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      line.splice(line.indexOf(start), 1);
      if (line.length === 0 && this.#waiting.get(tenantId) === line) this.#waiting.delete(tenantId);
      reject(signal?.reason);
    };
    const start = (): void => {
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    signal?.addEventListener('abort', leave, { once: true });
    line.push(start);
    this.#next();
    return promise;
  }

  #next(): void {
    while (this.#working.size < this.atOnce) {
      const next = [...this.#waiting].find(([tenantId]) => !this.#working.has(tenantId));
      if (next === undefined) return;
      const [tenantId, line] = next;
      const start = line.shift();
      // the tenant goes to the end of those who wait
      this.#waiting.delete(tenantId);
      if (line.length > 0) this.#waiting.set(tenantId, line);
      this.#working.add(tenantId);
      start?.();
    }
  }
}
