import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { UnavailableError } from '../../src/chatkit/core/errors.js';
import { StoreConfig } from '../../src/config/store.config.js';
import { loadConfig } from '../../src/config/validate.js';
import type { ChatKitDatabase } from '../../src/store/availability/chatkit-database.js';
import type { DatabaseState } from '../../src/store/availability/database-state.js';
import { createStore, type CreateStoreOptions, type StoreParts } from '../../src/store/create-store.js';
import { EmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';
import { freePort } from '../support/free-port.js';
import { createEmptyDatabase, ONE_READY, type TestDatabase } from '../support/database.js';
import { layDataFolder } from '../support/data-folder.js';
import { makeScratch } from '../support/scratch.js';
import { ANNA, note, thread } from '../../src/testing/store-contract/samples.js';

/** Resolves when the database has the status, now or later. */
async function until(database: ChatKitDatabase, status: DatabaseState['status']): Promise<DatabaseState> {
  return new Promise((resolve) => {
    const look = (state: DatabaseState): void => {
      if (state.status !== status) return;
      stop();
      resolve(state);
    };
    const stop = database.onChange(look);
    look(database.state);
  });
}

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function storeAt(url: string, env: NodeJS.ProcessEnv = {}, options: CreateStoreOptions = {}): StoreParts {
  const parts = createStore(
    loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: url, ...ONE_READY, ...env }),
    options,
  );
  cleanUps.push(() => parts.database.close());
  parts.database.start();
  return parts;
}

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  cleanUps.push(() => database.drop());
  return database;
}

describe('the database connection', () => {
  it('is disabled when no database is configured', async () => {
    const { database, store } = createStore(loadConfig(StoreConfig, { NODE_ENV: 'production' }));
    database.start();
    expect(database.state).toMatchObject({ status: 'disabled', reason: 'not_configured' });
    await expect(store.loadThread('t1', ANNA)).rejects.toThrow(UnavailableError);
    await expect(database.whenUp()).rejects.toThrow(UnavailableError);
    await database.close();
  });

  it('is down, and refuses at once, while nobody answers', async () => {
    const { database, store } = storeAt(`postgres://u:p@127.0.0.1:${await freePort()}/db`);
    await expect(store.loadThread('t1', ANNA)).rejects.toThrow(UnavailableError);
    expect(await until(database, 'down')).toMatchObject({ reason: 'unreachable' });
    await expect(store.loadThread('t1', ANNA)).rejects.toThrow(UnavailableError);
    expect(database.figures).toEqual({ total: 0, idle: 0, waiting: 0 });
    await database.close();
    expect(database.state).toMatchObject({ status: 'down', reason: 'closed' });
  });

  it('says when it is refused rather than unreachable', async () => {
    const test = await emptyDatabase();
    const url = new URL(test.url);
    url.password = 'wrong';
    url.username = 'nobody';
    const { database } = storeAt(url.href);
    expect(await until(database, 'down')).toMatchObject({ reason: 'refused' });
  });

  it('says once that it takes no writes when it is found so at start', async () => {
    const test = await emptyDatabase();
    const first = storeAt(test.url);
    await first.database.whenUp();
    await first.database.close();
    await test.query(`ALTER DATABASE ${test.name} SET default_transaction_read_only = on`);
    const warnings: string[] = [];
    const logger = { log: () => undefined, warn: (message: string) => void warnings.push(message) };
    const { database } = storeAt(test.url, {}, { logger });
    expect(await until(database, 'down')).toMatchObject({ reason: 'read_only' });
    await database.close();
    expect(warnings).toEqual([expect.stringMatching(/^The chat database is read_only: /)]);
  });

  it('can be closed while a server that says nothing keeps it waiting', async () => {
    // it takes what is said to it, or it would never notice that a client has left
    const silent = createServer((client) => client.resume());
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { database } = storeAt(`postgres://u:p@127.0.0.1:${port}/db`, { CHATKIT_CONNECT_TIMEOUT: '200' });
    expect(await until(database, 'down')).toMatchObject({ reason: 'unreachable' });
    await database.close();
    silent.close();
  });

  it('tells of its states, each with the time it began', async () => {
    const test = await emptyDatabase();
    const seen: DatabaseState[] = [];
    const parts = createStore(loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: test.url }));
    seen.push(parts.database.state);
    parts.database.onChange((state) => seen.push(state));
    parts.database.start();
    await parts.database.whenUp();
    await parts.database.close();
    expect(seen.map(({ status }) => status)).toEqual(['connecting', 'migrating', 'up', 'down']);
    for (const { since } of seen) expect(since).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('opens the connections it is to keep before it says up', async () => {
    const test = await emptyDatabase();
    const parts = storeAt(test.url, { CHATKIT_POOL_MIN: '4' });
    await parts.database.whenUp();
    expect(parts.database.figures).toEqual({ total: 4, idle: 4, waiting: 0 });
  });

  it('replaces connections that the server ended before a request meets them', async () => {
    const test = await emptyDatabase();
    const parts = storeAt(test.url, { CHATKIT_POOL_MIN: '4' });
    await parts.database.whenUp();
    await parts.store.saveThread(thread('t1'), ANNA);
    for (let round = 0; round < 5; round += 1) {
      await test.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      const reads = Array.from({ length: 8 }, () => parts.store.loadThread('t1', ANNA));
      expect(await Promise.all(reads)).toHaveLength(8);
      expect(parts.database.state.status).toBe('up');
    }
  });
});

describe('a server that stops and starts', () => {
  it('takes the connection down and brings it up again, and nothing acknowledged is lost', async () => {
    const directory = await makeScratch();
    await layDataFolder(directory);
    const server = new EmbeddedPostgres({ directory, durable: false, port: await freePort() });
    cleanUps.push(async () => {
      await server.stop();
      await rm(directory, { recursive: true });
    });
    const { database, store } = storeAt(await server.ensureRunning());
    await database.whenUp();
    await store.saveThread(thread('t1'), ANNA);

    const acknowledged: string[] = [];
    const writing = new AbortController();
    const writer = async (name: string): Promise<void> => {
      for (let count = 0; !writing.signal.aborted; count += 1) {
        try {
          await store.addThreadItem('t1', note(`${name}${count}`), ANNA);
          acknowledged.push(`${name}${count}`);
        } catch (error) {
          if (!(error instanceof UnavailableError)) throw error;
          await database.whenUp();
        }
      }
    };
    const writers = Promise.all(['a', 'b', 'c', 'd'].map(writer));
    for (let round = 0; round < 2; round += 1) {
      const written = acknowledged.length;
      while (acknowledged.length < written + 50) await new Promise(setImmediate);
      const down = until(database, 'down');
      await server.stop();
      expect(await down).toMatchObject({ reason: 'unreachable' });
      await server.ensureRunning();
      await until(database, 'up');
    }
    writing.abort();
    await writers;

    const stored = new Set<string>();
    let after: string | undefined;
    do {
      const page = await store.loadThreadItems('t1', { limit: 100, order: 'asc', after }, ANNA);
      for (const { id } of page.data) stored.add(id);
      after = page.after;
    } while (after !== undefined);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});
