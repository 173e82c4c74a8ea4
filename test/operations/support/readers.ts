import { inspect } from 'node:util';
import type { ChatClient } from '../../app/support/chat-client.js';
import { eventually } from '../../app/support/eventually.js';

/** Clients that read one thread without pause, and never a second time what has failed. */
export class Readers {
  /** Reads that were answered as they should be. */
  answered = 0;
  /** Why each of the others failed. */
  readonly failures: string[] = [];
  #isOver = false;
  readonly #done: Promise<unknown>;

  constructor(clients: readonly ChatClient[], threadId: string) {
    this.#done = Promise.all(clients.map((client) => this.#read(client, threadId)));
  }

  /** Resolves once that many more reads were answered. */
  async answeredMore(count: number): Promise<void> {
    const goal = this.answered + count;
    await eventually('more reads are answered', () => this.answered >= goal);
  }

  /** Resolves once everybody has had the answer to the last request. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#done;
  }

  async #read(client: ChatClient, threadId: string): Promise<void> {
    const reads = [
      () => client.thread(threadId),
      () => client.items(threadId),
      () => client.threads({ limit: 10 }),
    ];
    while (!this.#isOver) {
      for (const read of reads) {
        try {
          await read();
          this.answered += 1;
        } catch (error) {
          this.failures.push(inspect(error, { breakLength: Infinity }));
        }
      }
    }
  }
}
