import { Client } from 'pg';
import { CreateFeedback1763900100000 } from '../../src/admin/feedback/1763900100000-create-feedback.js';
import { CreateUsage1763900400000 } from '../../src/admin/usage/1763900400000-create-usage.js';
import type { CreateStoreOptions, StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import type { MigrateOutcome } from '../../src/tenants/migrate/tenant-migrations.js';
import { thread } from '../../src/testing/store-contract/samples.js';
import { eventually } from '../app/support/eventually.js';
import {
  type Copies,
  createCopies,
  createEmptyDatabase,
  openStore,
  type TestDatabase,
  UNWATCHED,
} from '../support/database.js';
import { startProxy } from '../support/postgres-proxy.js';
import { operatorOf } from './support/operator.js';

/** Every migration is run alike, so two show as much as all. */
const NEW = {
  migrations: [CreateFeedback1763900100000, CreateUsage1763900400000],
  tables: ['feedback', 'usage'],
};
const BEFORE = { features: [] };
const AFTER = { features: [NEW] };
/** So that a test need not wait long for tables that are held. */
const lockTimeout = 300;
const SCHEMA = { CHATKIT_ISOLATION: 'schema' };

/** Their schemas were made by the version before. */
const TENANTS = ['one', 'three', 'two'];

/** Enters the tenant, which makes its schema where there is none. */
const visit = (parts: StoreParts, tenantId: string) =>
  parts.store.saveThread(thread('t1'), { tenantId, userId: 'u' });

const visitAll = async (parts: StoreParts, tenantIds: readonly string[]): Promise<void> => {
  for (const tenantId of tenantIds) await visit(parts, tenantId);
};

/** By whoever runs that version of the application. */
async function visitBy(
  version: CreateStoreOptions,
  database: TestDatabase,
  ...tenantIds: string[]
): Promise<void> {
  const parts = await openStore(database, SCHEMA, version);
  await visitAll(parts, tenantIds);
  await parts.database.close();
}

async function hasUsage(tenantId: string, database: TestDatabase): Promise<boolean> {
  const schema = tenantSchema('chatkit', tenantId);
  const [row] = await database.query(`SELECT to_regclass('${schema}.usage') IS NOT NULL AS found`);
  return row?.['found'] === true;
}

describe('After a deployment with a new migration', () => {
  let copies: Copies;
  let database: TestDatabase;

  beforeAll(async () => {
    copies = await createCopies((parts) => visitAll(parts, TENANTS), SCHEMA, BEFORE);
  });
  beforeEach(async () => {
    database = await copies.next();
  });
  afterEach(async () => {
    await database.drop();
  });
  afterAll(() => copies.drop());

  /** Holds the tenant's tables as a long transaction does, until it is let go. */
  async function hold(...tenantIds: string[]): Promise<() => Promise<void>> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('BEGIN');
    for (const tenantId of tenantIds) {
      await client.query(`LOCK TABLE ${tenantSchema('chatkit', tenantId)}.items IN ACCESS EXCLUSIVE MODE`);
    }
    return () => client.end();
  }

  it('the schemas of all tenants are migrated before they are asked for', async () => {
    const parts = await openStore(database, SCHEMA, AFTER);
    const { migrations } = operatorOf(parts);
    expect(await migrations.status()).toEqual({ schemas: 3, outdated: TENANTS });
    expect(await hasUsage('one', database)).toBe(false);
    const told: MigrateOutcome[] = [];
    await migrations.run((outcome) => told.push(outcome), { atOnce: 2 });
    expect(told.map(({ tenantId }) => tenantId).toSorted()).toEqual(TENANTS);
    for (const tenantId of TENANTS) expect(await hasUsage(tenantId, database)).toBe(true);
    expect(await migrations.status()).toEqual({ schemas: 3, outdated: [] });
    await migrations.run(() => told.push({ tenantId: 'again', isPassing: false }));
    expect(told).toHaveLength(3);
    await parts.database.close();
  });

  it('one that fails is named, stops no other, and is done when it can be', async () => {
    const parts = await openStore(database, SCHEMA, AFTER);
    const { migrations } = operatorOf(parts);
    const letGo = await hold('one');
    const told: MigrateOutcome[] = [];
    await migrations.run(
      (outcome) => {
        told.push(outcome);
        if (told.length === 3) void letGo();
      },
      { atOnce: 1, lockTimeout },
    );
    expect(told).toEqual([
      expect.objectContaining({
        tenantId: 'one',
        isPassing: true,
        failure: expect.stringContaining('lock') as string,
      }),
      { tenantId: 'three', isPassing: false },
      { tenantId: 'two', isPassing: false },
      { tenantId: 'one', isPassing: false },
    ]);
    await parts.database.close();
  });

  it('one that goes on failing is named at last', async () => {
    const parts = await openStore(database, SCHEMA, AFTER);
    const letGo = await hold('one');
    const told: MigrateOutcome[] = [];
    await operatorOf(parts).migrations.run((outcome) => told.push(outcome), { attempts: 2, lockTimeout });
    const failed = told.filter(({ failure }) => failure !== undefined);
    expect(failed.map(({ tenantId, isPassing }) => [tenantId, isPassing])).toEqual([
      ['one', true],
      ['one', false],
    ]);
    await letGo();
    await parts.database.close();
  });

  it('what was stopped goes on where it was', async () => {
    const parts = await openStore(database, SCHEMA, AFTER);
    const { migrations } = operatorOf(parts);
    const stop = new AbortController();
    await migrations.run(() => stop.abort(), { atOnce: 1, signal: stop.signal });
    const { outdated } = await migrations.status();
    expect(outdated).not.toEqual([]);
    expect(outdated.length).toBeLessThan(TENANTS.length);
    const told: string[] = [];
    await migrations.run(({ tenantId }) => told.push(tenantId));
    expect(told.toSorted()).toEqual(outdated);
    await parts.database.close();
  });

  it('tenants whose tables are held do not make strangers wait', async () => {
    // one more than are migrated at once
    const held = [...TENANTS, 'h4', 'h5'];
    await visitBy(BEFORE, database, 'h4', 'h5', 'free');
    const parts = await openStore(database, SCHEMA, AFTER);
    const letGo = await hold(...held);
    const order: string[] = [];
    const visits = [...held, 'free'].map((tenantId) =>
      visit(parts, tenantId).then(
        () => order.push(tenantId),
        () => order.push(`${tenantId} refused`),
      ),
    );
    await Promise.all(visits);
    expect(order).toContain('free');
    // those that were held are refused at once for a while, so that they take no turns
    await expect(visit(parts, 'one')).rejects.toThrow('Chat is not available');
    await letGo();
    await parts.database.close();
  });

  it('a tenant at the current version is not looked at again, by any instance', async () => {
    await visitBy(AFTER, database, 'one');
    const proxy = await startProxy(database.url);
    const parts = await openStore(proxy, { ...UNWATCHED, ...SCHEMA }, AFTER);
    proxy.reset();
    await visit(parts, 'one');
    const { roundTrips } = proxy.traffic;
    // the directory, and the thread
    expect(roundTrips).toBe(2);
    await parts.database.close();
    await proxy.close();
  });
});

describe('A start that may not migrate', () => {
  it('leaves the tables as they are, and chat unavailable', async () => {
    const database = await createEmptyDatabase();
    await visitBy(BEFORE, database, 'one');
    const told: string[] = [];
    const logger = { log: () => undefined, warn: (message: string) => told.push(message) };
    const env = { ...SCHEMA, CHATKIT_MIGRATE_ON_START: 'false' };
    const waiting = openStore(database, env, { ...AFTER, logger });
    await eventually('it says why', () => Promise.resolve(told.length > 0));
    expect(told).toEqual([expect.stringMatching(/lacks \d+ migrations, which npm run migration:run/)]);
    await (await openStore(database, SCHEMA, AFTER)).database.close();
    const parts = await waiting;
    expect(await hasUsage('one', database)).toBe(false);
    await expect(visit(parts, 'one')).rejects.toThrow('Chat is not available');
    await visit(parts, 'new');
    await operatorOf(parts).migrations.run(() => undefined);
    expect(await hasUsage('one', database)).toBe(true);
    await parts.database.close();
    await database.drop();
  });
});
