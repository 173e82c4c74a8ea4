import { rm } from 'node:fs/promises';
import { ChatKitServer, UnavailableError, type ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { MemoryStore } from '../../src/chatkit/core/store/memory-store.js';
import type { TenantScope } from '../../src/chatkit/core/store/scope.js';
import type { Store } from '../../src/chatkit/core/store/store.js';
import type { ThreadItem } from '../../src/chatkit/core/wire/items.js';
import type { ThreadMetadata } from '../../src/chatkit/core/wire/threads.js';
import { StoreConfig } from '../../src/config/store.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { EmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';
import { createStore } from '../../src/store/create-store.js';
import { ANNA } from '../../src/testing/store-contract/samples.js';
import { ONE_READY } from '../support/database.js';
import { layDataFolder } from '../support/data-folder.js';
import { makeScratch } from '../support/scratch.js';
import { freePort } from '../support/free-port.js';

const ANSWERS = 12;

/** Shows its whole text, and is done when it is let. */
class HeldServer extends ChatKitServer<TenantScope> {
  readonly #shown = Promise.withResolvers<void>();
  #showing = 0;

  constructor(
    store: Store<TenantScope>,
    saveWithinMs: number,
    private readonly end: Promise<void>,
    private readonly answers = 1,
  ) {
    super(store, { saveWithinMs });
  }

  /** Resolves when the texts of all answers have been shown. */
  get shown(): Promise<void> {
    return this.#shown.promise;
  }

  override async *respond(thread: ThreadMetadata): AsyncGenerator<ThreadStreamEvent> {
    const item = answer(thread);
    yield { type: 'thread.item.added', item };
    this.#showing += 1;
    if (this.#showing === this.answers) this.#shown.resolve();
    await this.end;
    yield { type: 'thread.item.done', item };
  }
}

/** Takes back what was shown of an answer that has failed. */
class TidyServer extends HeldServer {
  override *settleFailed(pendingItems: readonly ThreadItem[]): Iterable<ThreadStreamEvent> {
    for (const { id } of pendingItems) yield { type: 'thread.item.removed', item_id: id };
  }
}

/** Saves an answer, and says the first time that it does not know whether it did. */
class ForgetfulStore extends MemoryStore {
  saves = 0;

  override async addThreadItem(threadId: string, item: ThreadItem, scope: TenantScope): Promise<void> {
    await super.addThreadItem(threadId, item, scope);
    if (item.type !== 'assistant_message') return;
    this.saves += 1;
    if (this.saves === 1) throw new UnavailableError('The answer was lost');
  }
}

/** Takes questions, and is away by the time that they are answered. */
class LeavingStore extends MemoryStore {
  removals = 0;

  override async addThreadItem(threadId: string, item: ThreadItem, scope: TenantScope): Promise<void> {
    if (item.type === 'assistant_message') throw new UnavailableError('Away');
    await super.addThreadItem(threadId, item, scope);
  }

  override deleteThreadItem(): Promise<void> {
    this.removals += 1;
    return Promise.reject(new UnavailableError('Away'));
  }
}

function answer(thread: ThreadMetadata): ThreadItem {
  return {
    type: 'assistant_message',
    id: `msg_${thread.id}`,
    thread_id: thread.id,
    created_at: '2026-01-02T03:04:05Z',
    content: [{ type: 'output_text', text: 'Every word', annotations: [] }],
  };
}

async function ask(server: HeldServer): Promise<ThreadStreamEvent[]> {
  const input = { content: [{ type: 'input_text', text: 'hi' }], attachments: [], inference_options: {} };
  const result = await server.process(JSON.stringify({ type: 'threads.create', params: { input } }), ANNA);
  if (!result.streaming) throw new Error('expected a stream');
  const events: ThreadStreamEvent[] = [];
  for await (const event of result.events) events.push(event);
  return events;
}

/** The ids of the answers that were announced as done. */
function done(events: readonly ThreadStreamEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'thread.item.done' && event.item.type === 'assistant_message'
      ? [event.item.thread_id]
      : [],
  );
}

describe('an answer whose end meets a loss of the database', () => {
  it('is stored when the database is back, each of several once', async () => {
    const directory = await makeScratch();
    await layDataFolder(directory);
    const postgres = new EmbeddedPostgres({ directory, durable: false, port: await freePort() });
    const url = await postgres.ensureRunning();
    const { database, store } = createStore(
      loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: url, ...ONE_READY }),
    );
    try {
      database.start();
      await database.whenUp();
      const end = Promise.withResolvers<void>();
      const server = new HeldServer(store, 60_000, end.promise, ANSWERS);
      const asked = Promise.all(Array.from({ length: ANSWERS }, () => ask(server)));
      await server.shown;
      await postgres.stop();
      end.resolve();
      await postgres.ensureRunning();
      const threads = (await asked).flatMap(done);
      expect(threads).toHaveLength(ANSWERS);
      for (const id of threads) {
        const page = await store.loadThreadItems(id, { limit: 10, order: 'asc' }, ANNA);
        expect(page.data.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
      }
    } finally {
      await database.close();
      await postgres.stop();
      await rm(directory, { recursive: true });
    }
  });

  it('is stored once when the first save was done and its answer lost', async () => {
    const store = new ForgetfulStore();
    const events = await ask(new HeldServer(store, 60_000, Promise.resolve()));
    const [threadId = ''] = done(events);
    const page = await store.loadThreadItems(threadId, { limit: 10, order: 'asc' }, ANNA);
    expect(page.data.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
    expect(store.saves).toBe(2);
  });

  it('ends with a failure, and is not announced as done, when the time is up', async () => {
    const store = new ForgetfulStore();
    const events = await ask(new HeldServer(store, 0, Promise.resolve()));
    expect(done(events)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'error' });
    expect(store.saves).toBe(1);
  });

  it('waits for the store once, however much of it is to be saved', async () => {
    const store = new LeavingStore();
    const events = await ask(new TidyServer(store, 200, Promise.resolve()));
    expect(events.at(-1)).toMatchObject({ type: 'error' });
    expect(store.removals).toBe(1);
  });
});
