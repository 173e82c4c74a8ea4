import { join } from 'node:path';
import { BlobTenantFiles } from '../../src/attachments/index.js';
import { DiskBlobStore } from '../../src/attachments/blobs/disk-blob-store.js';
import { OperatorAuditStore } from '../../src/audit/index.js';
import { StoreConfig } from '../../src/config/store.config.js';
import { loadConfig } from '../../src/config/validate.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { verifiedReport } from '../../src/tenants/erase/report.js';
import { TenantRetention } from '../../src/tenants/index.js';
import { thread } from '../../src/testing/store-contract/samples.js';
import { makeScratch } from '../support/scratch.js';
import { fill } from './support/filled-tenant.js';
import { operatorOf, REPORT_KEY, type Operator } from './support/operator.js';
import { severalDatabases } from './support/several-databases.js';

const OWN = tenantSchema('chatkit', 'own');
const scopeOf = (tenantId: string, userId = 'anna') => ({ tenantId, userId });

describe('Tenants on several databases', () => {
  let databases: Awaited<ReturnType<typeof severalDatabases<'eu' | 'us'>>>;
  let parts: StoreParts;
  let others: StoreParts;
  let operator: Operator;
  let folder: string;

  beforeAll(async () => {
    databases = await severalDatabases('eu', 'us');
    parts = await databases.open();
    others = await databases.open();
    folder = await makeScratch();
    operator = operatorOf(parts, { files: new BlobTenantFiles(new DiskBlobStore(join(folder, 'files'))) });
    await operator.tenants.add('paris', { database: 'eu' });
    await operator.tenants.add('own', { database: 'eu', isolation: 'schema' });
    await operator.tenants.add('boston', { database: 'us' });
    for (const tenantId of ['paris', 'own', 'boston', 'anywhere'])
      await fill(parts, scopeOf(tenantId), folder);
  });
  afterAll(() => databases.drop());

  const tenantsOf = async (place: 'eu' | 'us' | 'home', schema = 'chatkit') => {
    const database = place === 'home' ? databases.home : databases.further[place];
    const rows = await database.query(`SELECT DISTINCT tenant_id FROM ${schema}.items ORDER BY 1`);
    return rows.map(({ tenant_id: tenantId }) => tenantId);
  };

  it('have their rows where they were put, and nowhere else', async () => {
    expect(await tenantsOf('home')).toEqual(['anywhere']);
    expect(await tenantsOf('eu')).toEqual(['paris']);
    expect(await tenantsOf('us')).toEqual(['boston']);
    expect(await tenantsOf('eu', OWN)).toEqual(['own']);
  });

  it('are found by an instance that has never heard of them, and hidden from each other', async () => {
    for (const tenantId of ['paris', 'own', 'boston', 'anywhere']) {
      const page = await others.store.loadThreads({ limit: 10, order: 'asc' }, scopeOf(tenantId));
      expect(page.data.map(({ id }) => id)).toEqual(['kept-anna']);
    }
    await others.store.saveThread(thread('of paris'), scopeOf('paris'));
    await expect(others.store.loadThread('of paris', scopeOf('boston'))).rejects.toMatchObject({
      status: 404,
    });
    await others.store.deleteThread('of paris', scopeOf('paris'));
  });

  it('are listed and shown with the database that they are in', async () => {
    const { data } = await operator.tenants.list({ limit: 10 });
    expect(data).toMatchObject([
      { tenantId: 'anywhere', database: 'home', isReachable: true },
      { tenantId: 'boston', database: 'us', isReachable: true },
      { tenantId: 'own', database: 'eu', isolation: 'schema', isReachable: true },
      { tenantId: 'paris', database: 'eu', isolation: 'row', isReachable: true },
    ]);
    await operator.tenants.suspend('paris');
    expect(await operator.tenants.show('paris')).toMatchObject({ database: 'eu', status: 'suspended' });
    await expect(others.store.loadThread('kept-anna', scopeOf('paris'))).rejects.toMatchObject({
      code: 'tenant_suspended',
    });
    await operator.tenants.resume('paris');
  });

  it('are put nowhere twice, and in no database that there is not', async () => {
    await expect(operator.tenants.add('paris', { database: 'us' })).rejects.toMatchObject({ status: 409 });
    await expect(operator.tenants.add('paris')).rejects.toMatchObject({ status: 409 });
    await expect(operator.tenants.add('rome', { database: 'it' })).rejects.toMatchObject({ status: 409 });
  });

  it('are added by the next call when the first was cut off between two databases', async () => {
    await databases.home.query(
      `INSERT INTO chatkit.tenants (tenant_id, isolation, database) VALUES ('half', 'row', 'eu')`,
    );
    await expect(operator.tenants.show('half')).rejects.toMatchObject({ status: 409 });
    expect(await operator.tenants.add('half', { database: 'eu' })).toMatchObject({ database: 'eu' });
    await parts.store.saveThread(thread('t1'), scopeOf('half'));
    expect(await others.store.loadThread('t1', scopeOf('half'))).toMatchObject({ id: 't1' });
  });

  it('have their limits, holds, audit log and days of retention where they are', async () => {
    expect(await operator.tenants.changeLimits('paris', { userRequests: 7 })).toEqual({ userRequests: 7 });
    expect(await others.tenants.directory.look('paris')).toMatchObject({
      settings: { limits: { userRequests: 7 } },
    });
    const hold = await operator.holds.place({ tenantId: 'paris', reason: 'Case 7', by: 'op' });
    expect(await databases.further.eu.query(`SELECT tenant_id FROM chatkit.tenant_holds`)).toEqual([
      { tenant_id: 'paris' },
    ]);
    await operator.holds.release({ tenantId: 'paris', id: hold.id, by: 'op' });
    expect(await operator.retention.change('paris', { active: 3 })).toEqual({ active: 3 });
    const entry = { action: 'tenants.show', outcome: 'done', actor: 'command', correlationId: 'c' } as const;
    await new OperatorAuditStore(parts.tenants).add(entry, scopeOf('paris', 'op'));
    expect(
      await databases.further.eu.query(
        `SELECT actor FROM chatkit.audit_log WHERE tenant_id = 'paris' ORDER BY 1`,
      ),
    ).toEqual([{ actor: 'command' }, { actor: 'member' }]);
    expect(await databases.home.query(`SELECT FROM chatkit.tenant_holds`)).toEqual([]);
  });

  it('are kept, exported and erased where they are', async () => {
    const lines: string[] = [];
    await operator.exports.run({ tenantId: 'boston' }, (page) => {
      lines.push(...page.lines);
      return Promise.resolve();
    });
    expect(lines.filter((line) => line.startsWith('{"kind":"item"'))).toHaveLength(3);
    const now = Date.now() + 2 * 86_400_000;
    const retention = new TenantRetention(
      { ...parts.tenants, clock: { now: () => now }, files: undefined },
      { defaults: { active: 1, locked: 1, closed: 1 }, everyMs: 1000 },
    );
    await operator.retention.change('paris', { active: 0 });
    expect(await retention.run()).toMatchObject({ threads: 4 });
    expect(await tenantsOf('eu')).toEqual(['paris']);
    expect(await tenantsOf('us')).toEqual([]);

    await databases.home.query(
      `INSERT INTO chatkit.request_counts (tenant_id, key, hits, ends_at) VALUES ('own', 'k', 1, now())`,
    );
    const order = { tenantId: 'own', confirm: 'own', by: 'op' };
    const report = await verifiedReport(await operator.erasures.erase(order, () => undefined), REPORT_KEY);
    expect(report).toMatchObject({ removed: { tenant_settings: 1, request_counts: 1 } });
    expect(await operator.tenants.show('own')).toMatchObject({ database: 'eu', status: 'erased' });
    expect(await databases.home.query(`SELECT FROM chatkit.request_counts WHERE tenant_id = 'own'`)).toEqual(
      [],
    );
    expect(await databases.further.eu.query(`SELECT FROM pg_namespace WHERE nspname = '${OWN}'`)).toEqual([]);
    await expect(others.store.loadThread('kept-anna', scopeOf('own'))).rejects.toMatchObject({ status: 403 });
  });

  it('are migrated where they are', async () => {
    await operator.tenants.add('late', { database: 'us', isolation: 'schema' });
    await databases.further.us.query(
      `UPDATE chatkit.tenants SET migrated_to = 'old' WHERE tenant_id = 'late'`,
    );
    expect(await operator.migrations.status()).toEqual({ schemas: 1, outdated: ['late'] });
    const told: unknown[] = [];
    await operator.migrations.run((outcome) => told.push(outcome));
    expect(told).toEqual([{ tenantId: 'late', isPassing: false }]);
    expect(await operator.migrations.status()).toEqual({ schemas: 1, outdated: [] });
  });

  it('have the same tables in every database, made as it starts', async () => {
    const migrations = `SELECT name FROM chatkit.migrations ORDER BY name`;
    const home = await databases.home.query(migrations);
    for (const database of Object.values(databases.further))
      expect(await database.query(migrations)).toEqual(home);
  });

  it('cost a usual request the same round trips as at home, once they are known', async () => {
    await parts.store.saveThread(thread('t9'), scopeOf('paris'));
    const batches: (readonly string[])[] = [];
    const observer = {
      areThere: true,
      statementsRan: ({ names }: { readonly names: readonly string[] }) => void batches.push(names),
      connectionAwaited: () => undefined,
      maintained: () => undefined,
    };
    const counted = await databases.open({}, { observer });
    await counted.store.loadThread('t9', scopeOf('paris'));
    batches.splice(0);
    await counted.store.loadThread('t9', scopeOf('paris'));
    expect(batches).toHaveLength(1);
  });

  it.each([
    ['[]', 'must be a JSON object of databases by name'],
    ['{"home":{"url":"postgres://a/b"}}', 'none is home'],
    ['{"Eu":{"url":"postgres://a/b"}}', 'must have names of'],
    ['{"eu":"postgres://secret@a/b"}', 'eu: must be'],
    ['{"eu":{"url":"mysql://secret@a/b"}}', 'eu: must be'],
    ['{"eu":{"url":"postgres://a/b","port":1}}', 'eu: must be'],
    ['{"eu":{"url":"postgres://home/b"}}', 'named already'],
    ['{"eu":{"url":"postgres://a/b"},"us":{"url":"postgres://a/b"}}', 'us: must not be'],
  ])('are not configured by %s', (json, problem) => {
    const load = () =>
      loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: 'postgres://home/b', CHATKIT_DATABASES: json });
    expect(load).toThrow(problem);
    expect(load).not.toThrow(/secret/);
  });

  it('need a home', () => {
    expect(() => loadConfig(StoreConfig, { CHATKIT_DATABASES: '{"eu":{"url":"postgres://a/b"}}' })).toThrow(
      'must not be set without CHATKIT_DATABASE_URL',
    );
  });
});
