import { setTimeout as pause } from 'node:timers/promises';
import type { ThreadItem } from '../../../src/chatkit/core/index.js';
import type { ChatClient } from './chat-client.js';
import { eventually } from './eventually.js';
import { create, say } from './requests.js';

const NEW_THREAD_EVERY = 5;
/** How soon one asks again who was turned away: far sooner than told to. */
const IMPATIENCE_MS = 25;

/** One client, and what came of its requests. */
class Talker {
  /** What it was told is stored, thread by thread, in the order it was told. */
  readonly told = new Map<string, ThreadItem[]>();
  /** Anything that is neither an answer nor a refusal for want of the database. */
  readonly surprises: string[] = [];
  refused = 0;

  constructor(readonly client: ChatClient) {}

  /** Holds conversations, one request after the other, until the signal fires. */
  async talk(signal: AbortSignal): Promise<void> {
    for (let round = 0; !signal.aborted; round += 1) {
      const threads = [...this.told.keys()];
      const threadId = round % NEW_THREAD_EVERY === 0 ? undefined : threads[round % threads.length];
      await this.ask(threadId === undefined ? create(`Round ${round}`) : say(threadId, `Round ${round}`));
    }
  }

  private async ask(request: object): Promise<void> {
    try {
      for await (const event of this.client.stream(request)) {
        if (event.type !== 'thread.item.done') continue;
        const { thread_id } = event.item;
        this.told.set(thread_id, [...(this.told.get(thread_id) ?? []), event.item]);
      }
    } catch (error) {
      const text = String(error);
      if (/\b503\b.*"chat_unavailable"/.test(text)) this.refused += 1;
      else this.surprises.push(text);
      await pause(IMPATIENCE_MS);
    }
  }
}

/** Clients that talk without pause, while others see to it that they cannot. */
export class Crowd {
  readonly #talkers: readonly Talker[];
  readonly #stop = new AbortController();
  readonly #done: Promise<unknown>;

  constructor(clients: readonly ChatClient[]) {
    this.#talkers = clients.map((client) => new Talker(client));
    this.#done = Promise.all(this.#talkers.map((talker) => talker.talk(this.#stop.signal)));
  }

  /** How many items were acknowledged so far. */
  get told(): number {
    return this.#sum(({ told }) => [...told.values()].flat().length);
  }

  /** Resolves once that many more items were acknowledged. */
  async toldMore(count: number): Promise<void> {
    const goal = this.told + count;
    await eventually('more items are acknowledged', () => this.told >= goal);
  }

  /** Resolves once that many more requests were refused for want of the database. */
  async refusedMore(count: number): Promise<void> {
    const goal = this.refused + count;
    await eventually('more requests are refused', () => this.refused >= goal);
  }

  /** Resolves once everybody has had the answer to the last request. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  /** How many requests were refused for want of the database, or of a server. */
  get refused(): number {
    return this.#sum(({ refused }) => refused);
  }

  /** What went neither well nor as announced. */
  get surprises(): string[] {
    return this.#talkers.flatMap(({ surprises }) => surprises);
  }

  /** For each thread: what its owner was told, and what of it is stored now, in order. */
  async compare(): Promise<{ told: readonly ThreadItem[]; stored: readonly ThreadItem[] }[]> {
    const compared = this.#talkers.map(({ client, told }) =>
      Promise.all(
        [...told].map(async ([threadId, items]) => {
          const ids = new Set(items.map(({ id }) => id));
          const stored = (await client.allItems(threadId)).filter(({ id }) => ids.has(id));
          return { told: items, stored };
        }),
      ),
    );
    return (await Promise.all(compared)).flat();
  }

  #sum(figure: (talker: Talker) => number): number {
    return this.#talkers.reduce((sum, talker) => sum + figure(talker), 0);
  }
}
