import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStore, type Store, type TenantScope } from '../../src/chatkit/core/index.js';
import { StoreConfig } from '../../src/config/store.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { EmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';
import { createStore, externalDatabase } from '../../src/store/index.js';

export interface OpenedStore {
  readonly store: Store<TenantScope>;
  close(): Promise<void>;
}

/**
 * The store to replay against: `memory`, or `postgres`, which is CHATKIT_DATABASE_URL or else a
 * throw-away cluster for this run.
 *
 * @throws Error for another kind, ConfigError for another isolation
 */
export async function openStore(
  kind: string,
  isolation: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<OpenedStore> {
  if (kind === 'memory') return { store: new MemoryStore(), close: async () => undefined };
  if (kind !== 'postgres') throw new Error(`--store must be memory or postgres, not ${kind}`);
  const config = loadConfig(StoreConfig, {
    ...env,
    CHATKIT_ISOLATION: isolation ?? env['CHATKIT_ISOLATION'],
  });
  return config.databaseUrl === undefined
    ? openThrowAway(config)
    : openDatabase(config, config.databaseUrl, async () => undefined);
}

async function openThrowAway(config: StoreConfig): Promise<OpenedStore> {
  const directory = await mkdtemp(join(tmpdir(), 'chatkit-conformance-'));
  const cluster = new EmbeddedPostgres({ directory, durable: false });
  return openDatabase(config, await cluster.ensureRunning(), async () => {
    await cluster.stop();
    await rm(directory, { recursive: true, force: true });
  });
}

async function openDatabase(
  config: StoreConfig,
  url: string,
  dispose: () => Promise<void>,
): Promise<OpenedStore> {
  let complaint = '';
  const logger = { log: () => undefined, warn: (message: string) => void (complaint = message) };
  const { database, store } = createStore(config, { source: externalDatabase(url), logger });
  await new Promise<void>((resolve, reject) => {
    database.onChange(({ status }) => {
      if (status === 'up') resolve();
      else if (status === 'down') reject(new Error(complaint));
    });
    database.start();
  });
  return {
    store,
    close: async () => {
      await database.close();
      await dispose();
    },
  };
}
