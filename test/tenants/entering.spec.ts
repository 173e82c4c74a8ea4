import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import { note, thread } from '../../src/testing/store-contract/samples.js';
import {
  createEmptyDatabase,
  createTestDatabase,
  openStore,
  type TestDatabase,
} from '../support/database.js';

const countThreads = (schema: string) =>
  statement<[], { readonly count: number }>(
    `test_count`,
    `SELECT count(*)::int AS count FROM ${schema}.threads`,
  )();

describe.each(['row', 'schema'])('A tenant with isolation by %s', (isolation) => {
  let database: TestDatabase;
  let parts: StoreParts;
  let others: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database, { CHATKIT_ISOLATION: isolation });
    others = await openStore(database, { CHATKIT_ISOLATION: isolation });
  });
  afterAll(async () => {
    await Promise.all([parts.database.close(), others.database.close()]);
    await database.drop();
  });

  const set = (tenantId: string, column: string, value: string) =>
    database.query(`UPDATE chatkit.tenants SET ${column} = $2 WHERE tenant_id = $1`, [tenantId, value]);

  it('is added to the directory when it comes for the first time, once', async () => {
    const scope = { tenantId: `new ' tenant`, userId: 'u' };
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? parts : others).store.saveThread(thread(`t${index}`), scope),
      ),
    );
    const found = await database.query(`SELECT isolation, status FROM chatkit.tenants WHERE tenant_id = $1`, [
      scope.tenantId,
    ]);
    expect(found).toEqual([{ isolation, status: 'active' }]);
    expect((await parts.store.loadThreads({ limit: 50, order: 'asc' }, scope)).data).toHaveLength(20);
  });

  it.each(['suspended', 'erased'])('is refused while it is %s, whoever knows it already', async (status) => {
    const scope = { tenantId: 'known', userId: 'u' };
    await parts.store.saveThread(thread('t1'), scope);
    await others.store.loadThread('t1', scope);
    await set(scope.tenantId, 'status', status);
    for (const { store } of [parts, others]) {
      const refusal = { code: 'tenant_suspended', status: 403 };
      await expect(store.loadThread('t1', scope)).rejects.toMatchObject(refusal);
      await expect(store.saveThread(thread('t2'), scope)).rejects.toMatchObject(refusal);
    }
    await set(scope.tenantId, 'status', 'active');
    await expect(parts.store.loadThread('t1', scope)).resolves.toMatchObject({ id: 't1' });
  });

  it('is read, and waited for by those who write, while nothing of it may be written', async () => {
    const scope = { tenantId: 'known', userId: 'u' };
    await parts.store.saveThread(thread('t1'), scope);
    await set('known', 'status', 'read_only');
    let isWritten = false;
    const writing = parts.store.addThreadItem('t1', note('i1'), scope).then(() => (isWritten = true));
    await expect(others.store.loadThread('t1', scope)).resolves.toMatchObject({ id: 't1' });
    expect(isWritten).toBe(false);
    await set('known', 'status', 'active');
    await writing;
    await expect(others.store.loadItem('t1', 'i1', scope)).resolves.toMatchObject({ id: 'i1' });
  });

  it('is found where the directory says, by those who had it in mind elsewhere', async () => {
    const scope = { tenantId: 'elsewhere', userId: 'u' };
    await parts.store.saveThread(thread('before'), scope);
    await set('elsewhere', 'isolation', isolation === 'row' ? 'schema' : 'row');
    await parts.store.saveThread(thread('after'), scope);
    await expect(parts.store.loadThread('before', scope)).rejects.toThrow('Thread not found');
    await set('elsewhere', 'isolation', isolation);
    await expect(others.store.loadThread('before', scope)).resolves.toMatchObject({ id: 'before' });
    await expect(parts.store.loadThread('after', scope)).rejects.toThrow('Thread not found');
  });
});

describe.each(['row', 'schema'])('The maintenance of a tenant with isolation by %s', (isolation) => {
  it('by a login that is no superuser reaches all rows of that tenant alone, and the role of the service never', async () => {
    const database = await createEmptyDatabase();
    const name = `login_${database.tag}`;
    await database.query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret' CREATEROLE`);
    await database.query(`GRANT CREATE ON DATABASE ${database.name} TO ${name}`);
    const url = Object.assign(new URL(database.url), { username: name, password: 'secret' }).href;
    const schema = `own_${database.tag}`;
    const parts = await openStore({ url }, { CHATKIT_DATABASE_SCHEMA: schema, CHATKIT_ISOLATION: isolation });
    const own = isolation === 'row' ? schema : tenantSchema(schema, 'kept');
    try {
      for (const tenantId of ['kept', 'other']) {
        for (const userId of ['anna', 'bert', 'cleo']) {
          await parts.store.saveThread(thread(`of-${userId}`), { tenantId, userId });
        }
      }
      const [{ rows }] = await parts.tenants.databases.home.maintenance.pipeline('kept', countThreads(own));
      expect(rows).toEqual([{ count: 3 }]);
      const pretend = statement<[]>('test_pretend', `SELECT set_config('chatkit.maintenance', 'on', true)`);
      const anna = { tenantId: 'kept', userId: 'anna' };
      const [, counted] = await parts.unitOfWork.pipeline(anna, pretend(), countThreads(own));
      expect(counted.rows).toEqual([{ count: 1 }]);
    } finally {
      await parts.database.close();
      await database.drop();
    }
  });
});
