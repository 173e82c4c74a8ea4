import { schemaFeatures } from '../../src/app/schema-features.js';
import { SchemaFeatures } from '../../src/store/schema/schema-features.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { ANNA, thread } from '../../src/testing/store-contract/samples.js';

const whoAndWhere = statement<[], { readonly role: string; readonly path: string }>(
  'test_who',
  `SELECT current_user AS role, current_setting('search_path') AS path`,
);
const migrations = new SchemaFeatures(schemaFeatures()).migrationsOf('tenant');
const peek = (schema: string) => statement<[]>(`test_peek_${schema}`, `SELECT * FROM ${schema}.threads`)();

describe('one schema per tenant', () => {
  let database: TestDatabase;
  let parts: StoreParts;
  let others: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    // Two of them, as two processes would have them.
    [parts, others] = await Promise.all([
      openStore(database, { CHATKIT_ISOLATION: 'schema' }),
      openStore(database, { CHATKIT_ISOLATION: 'schema' }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([parts.database.close(), others.database.close()]);
    await database.drop();
  });

  async function schemas(): Promise<string[]> {
    const rows = await database.query(
      `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'chatkit\\_%' ORDER BY 1`,
    );
    return rows.map(({ name }) => String(name));
  }

  it('is made at the first request, once, however many come at a time', async () => {
    const before = await schemas();
    const scope = { tenantId: 'new tenant', userId: 'u' };
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? parts : others).store.saveThread(thread(`t${index}`), scope),
      ),
    );
    const schema = tenantSchema('chatkit', 'new tenant');
    expect(await schemas()).toEqual([...before, schema].toSorted());
    const runs = await database.query(`SELECT FROM ${schema}.migrations`);
    expect(runs).toHaveLength(migrations.length);
    expect((await others.store.loadThreads({ limit: 50, order: 'asc' }, scope)).data).toHaveLength(20);
  });

  it('is waited for by the requests that come while another process takes long to make it', async () => {
    const schema = tenantSchema('chatkit', 'slow');
    // the lock of who makes it, for longer than whoever holds a table that is there is waited for
    const maker = database.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('chatkit:migrations:${schema}', 0)), pg_sleep(1.5)`,
    );
    await eventually('it is being made', async () => {
      const held = await database.query(
        `SELECT FROM pg_locks JOIN pg_database ON database = pg_database.oid
         WHERE datname = current_database() AND locktype = 'advisory' AND granted`,
      );
      return held.length === 1;
    });
    const scope = { tenantId: 'slow', userId: 'u' };
    await parts.store.saveThread(thread('waited'), scope);
    await maker;
    expect((await others.store.loadThreads({ limit: 50, order: 'asc' }, scope)).data).toHaveLength(1);
  });

  it('has a role of its own, which reaches no other tenant', async () => {
    await parts.store.saveThread(thread('t1'), { tenantId: 'one', userId: 'u' });
    await parts.store.saveThread(thread('t1'), { tenantId: 'two', userId: 'u' });
    const [one, two] = [tenantSchema('chatkit', 'one'), tenantSchema('chatkit', 'two')];
    const [{ rows }] = await parts.unitOfWork.pipeline({ tenantId: 'one', userId: 'u' }, whoAndWhere());
    expect(rows).toEqual([{ role: `${one}_app`, path: `${one}, pg_temp` }]);
    await expect(parts.unitOfWork.pipeline({ tenantId: 'one', userId: 'u' }, peek(two))).rejects.toThrow(
      /permission denied/,
    );
  });

  it('is out of reach for a query on the pool that bypasses the unit of work', async () => {
    await parts.store.saveThread(thread('mine'), ANNA);
    const client = await parts.database.acquire({ tenantId: 'a', userId: 'a' });
    try {
      const schema = tenantSchema('chatkit', ANNA.tenantId);
      await expect(client.query(`SELECT * FROM ${schema}.threads`)).rejects.toThrow(/permission denied/);
    } finally {
      client.release();
    }
  });

  it('survives tenants whose names are hostile', async () => {
    const names = [`"; DROP SCHEMA chatkit CASCADE; --`, `acme'`, `../..`, '💥', 'A'.repeat(256), '_', ' '];
    for (const tenantId of names) {
      const scope = { tenantId, userId: 'u' };
      await parts.store.saveThread(thread('t1', { title: tenantId }), scope);
      expect(await others.store.loadThread('t1', scope)).toMatchObject({ title: tenantId });
    }
    for (const name of await schemas()) expect(name).toMatch(/^[a-z0-9_]{1,59}$/);
  });
});
