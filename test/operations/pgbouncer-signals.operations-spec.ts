import { ReplicasIndicator } from '../../src/chatkit/health/replicas.indicator.js';
import { completeConfig } from '../../src/config/complete-config.js';
import { StoreConfig } from '../../src/config/store.config.js';
import { schemaFeatures } from '../../src/app/schema-features.js';
import { createStore, type StoreParts } from '../../src/store/create-store.js';
import type { PostgresSignals } from '../../src/store/signals/postgres-signals.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { PgBouncer, releases, type Release } from './support/pgbouncer.js';

describe.each(releases())('replicas that are told of each other by $program', (release: Release) => {
  let database: TestDatabase;
  let bouncer: PgBouncer;
  const started: StoreParts[] = [];
  const said: string[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const { signals, tenants } of started.splice(0)) {
      await signals?.close();
      await tenants.databases.close();
    }
    said.length = 0;
    await bouncer.remove();
    await database.drop();
  });

  /** What a replica has whose database is behind the pool. */
  function start(notifyUrl: string): PostgresSignals {
    const logger = { log: () => undefined, warn: (line: string) => void said.push(line) };
    const config = completeConfig(StoreConfig, {
      databaseUrl: bouncer.url,
      preparedStatements: release.keepsStatements,
      notifyUrl,
      replicas: 2,
    });
    const parts = createStore(config, { logger, features: schemaFeatures() });
    const { signals, tenants } = parts;
    if (signals === undefined) throw new Error('replicas have signals');
    started.push(parts);
    tenants.databases.start();
    signals.start();
    return signals;
  }

  it.each([
    ['whose connections take turns', true],
    ['that gives the same connection out again, as it comes', false],
  ])('say what to set, in the log and in health, past a pool %s', async (_, takesTurns) => {
    bouncer = await PgBouncer.start(release, database.url, { takesTurns });
    const own = start(bouncer.url);
    await eventually('it is said', () => said.length > 0);
    expect(said.join()).toMatch(/Other replicas cannot be told of answers: .*CHATKIT_NOTIFY_URL/);
    expect(own.isConnected).toBe(false);
    expect(new ReplicasIndicator(own).check()).toEqual({
      replicas: { status: 'degraded', reason: 'pooled' },
    });
    expect(await own.publish('answers', 'word')).toBe(false);
  });

  it('hear each other where CHATKIT_NOTIFY_URL names the server itself', async () => {
    bouncer = await PgBouncer.start(release, database.url, {});
    const [first, second] = [start(database.url), start(database.url)];
    await eventually('both listen', () => first.isConnected && second.isConnected);
    const heard: string[] = [];
    second.subscribe('answers', (message) => heard.push(message));
    await eventually(
      'a word is heard',
      async () => (await first.publish('answers', 'word')) && heard.length > 0,
    );
    expect(new ReplicasIndicator(second).check()).toEqual({ replicas: { status: 'up' } });
    expect(said).toEqual([]);
  });
});
