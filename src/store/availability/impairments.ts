import type { PoolClient } from 'pg';
import type { StoreLogger } from './store-logger.js';
import { probeWrites, probeWritesOn, type WriteFinding, type WriteProblem } from './write-probe.js';

/** Why a database that is up does not serve. `pool_busy`: no connection became free for as long as one is waited for. */
export type Impairment = WriteProblem | 'pool_busy';

/** What keeps a database that is up from serving, as it was when it was last looked at. */
export class Impairments {
  #writeProblem: WriteProblem | undefined;

  /** Whether the pool had no connection to give when it was last asked. */
  isPoolBusy = false;

  constructor(
    private readonly probeTimeout: number,
    private readonly logger: StoreLogger,
  ) {}

  get current(): Impairment | undefined {
    return this.#writeProblem ?? (this.isPoolBusy ? 'pool_busy' : undefined);
  }

  /** Looks past the pool, whose connections may all be waiting for a server that says nothing. */
  async probe(url: string, closing: AbortSignal): Promise<void> {
    this.#note(await probeWrites(url, this.probeTimeout), closing);
  }

  /** Looks by a connection of the pool that nobody else uses meanwhile. */
  async probeOn(client: PoolClient, closing: AbortSignal): Promise<void> {
    this.#note(await probeWritesOn(client, this.probeTimeout), closing);
  }

  #note(found: WriteFinding, closing: AbortSignal): void {
    if (found === 'unknown' || found === this.#writeProblem || closing.aborted) return;
    this.#writeProblem = found;
    if (found === undefined) this.logger.log('The chat database takes writes again');
    else this.logger.warn(`The chat database takes no writes: ${found}`);
  }
}
