import { generateKeyPairSync } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BlobTenantFiles } from '../../src/attachments/index.js';
import { DiskBlobStore } from '../../src/attachments/blobs/disk-blob-store.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { ReportKey, verifiedReport } from '../../src/tenants/erase/report.js';
import { digestOf } from '../../src/tenants/erase/subject.js';
import type { ErasureOrder } from '../../src/tenants/erase/tenant-erasure.js';
import { note, thread } from '../../src/testing/store-contract/samples.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { filledCopies, type FilledCopies } from './support/filled-copies.js';
import { operatorOf, REPORT_KEY, type Operator } from './support/operator.js';

const ANNA = { tenantId: 'acme', userId: 'anna' };
const BERT = { tenantId: 'acme', userId: 'bert' };
const OTHER = { tenantId: 'globex', userId: 'anna' };
const ALL = [ANNA, BERT, OTHER];
const tell = (): void => undefined;

describe.each(['row', 'schema'] as const)('What is erased in %s isolation', (isolation) => {
  let copies: FilledCopies;
  let database: TestDatabase;
  let parts: StoreParts;
  let operator: Operator;
  let folder: string;
  const env = { CHATKIT_ISOLATION: isolation };
  const schema = isolation === 'row' ? 'chatkit' : tenantSchema('chatkit', 'acme');

  beforeAll(async () => {
    copies = await filledCopies(ALL, env);
  });
  afterAll(() => copies.drop());
  beforeEach(async () => {
    ({ database, parts, folder } = await copies.next());
    const files = new BlobTenantFiles(new DiskBlobStore(join(folder, 'files')));
    operator = operatorOf(parts, { files });
  });
  afterEach(async () => {
    await parts.database.close();
    await database.drop();
  });

  const erase = (order: Partial<ErasureOrder> = {}, by = operator, signal?: AbortSignal) =>
    by.erasures.erase({ tenantId: 'acme', by: 'op', ...order }, tell, signal);
  const reported = async (order: Partial<ErasureOrder>) => verifiedReport(await erase(order), REPORT_KEY);

  /** The tables in which a text stands anywhere in rows of the tenant. */
  async function mentions(text: string, tenantId = 'acme'): Promise<string[]> {
    const tables = await database.query(
      `SELECT nspname || '.' || relname AS name
       FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid JOIN pg_attribute ON attrelid = pg_class.oid
       WHERE nspname LIKE 'chatkit%' AND relkind = 'r' AND attname = 'tenant_id'`,
    );
    const found: string[] = [];
    for (const name of tables.map((table) => String(table['name']))) {
      const rows = await database.query(
        `SELECT FROM ${name} AS t WHERE tenant_id = $1 AND strpos(t::text, $2) > 0`,
        [tenantId, text],
      );
      if (rows.length > 0) found.push(name.split('.')[1] ?? '');
    }
    return found.toSorted();
  }

  async function addItems(count: number): Promise<void> {
    await database.query(
      `INSERT INTO ${schema}.items (tenant_id, owner_id, thread_id, id, seq, type, data)
       SELECT 'acme', 'anna', 'kept-anna', 'i' || n, 100 + n, 'end_of_turn', '{}' FROM generate_series(1, $1::int) AS n`,
      [count],
    );
  }

  it('of a user goes from every table and from the files, while others keep theirs', async () => {
    expect(await mentions('anna')).toContain('usage');
    const report = await reported({ userId: 'anna' });
    expect(report).toMatchObject({
      kind: 'chatkit.erasure',
      tenant_id: 'acme',
      user_digest: digestOf(ANNA),
      by: 'op',
      removed: { threads: 1, items: 3, feedback: 1, attachments: 1, deleted_threads: 1 },
      anonymised: { usage: 1, audit_log: 1 },
      files: 1,
    });
    expect(JSON.stringify(report)).not.toContain('anna');
    expect(await mentions('anna')).toEqual([]);
    expect(
      await database.query(`SELECT output_tokens FROM ${schema}.usage WHERE tenant_id = 'acme'`),
    ).toEqual([{ output_tokens: '5' }, { output_tokens: '5' }]);
    for (const scope of [BERT, OTHER]) {
      expect((await parts.store.loadThreads({ limit: 10, order: 'asc' }, scope)).data).toHaveLength(1);
    }
    expect(readdirSync(join(folder, 'files')).toSorted()).toEqual(['acme', 'globex']);
    expect(readdirSync(join(folder, 'files', 'acme'))).toEqual(['bert']);
  });

  it('of a user is not brought back by an answer that still runs, for a day', async () => {
    await erase({ userId: 'anna' });
    for (const work of [
      parts.store.saveThread(thread('kept-anna', { title: 'named late' }), ANNA),
      parts.store.addThreadItem('kept-anna', note('late', 'text', 'kept-anna'), ANNA),
      parts.store.loadThreads({ limit: 1, order: 'asc' }, ANNA),
    ]) {
      await expect(work).rejects.toMatchObject({ status: 403, code: 'user_erased' });
    }
    await parts.store.saveThread(thread('other'), BERT);
    await parts.store.saveThread(thread('other'), OTHER);
    await database.query(`UPDATE chatkit.tenant_erasures SET done_at = now() - interval '25 hours'`);
    await parts.store.saveThread(thread('new'), ANNA);
  });

  it('of a tenant is all but figures and entries of the audit log without users, and its own schema', async () => {
    await operator.tenants.suspend('acme');
    const report = await reported({});
    expect(report).toMatchObject({
      user_digest: null,
      removed: { threads: 2, items: 6, feedback: 2, attachments: 2, tenant_settings: 1 },
      anonymised: { usage: 2, audit_log: 2 },
      files: 2,
    });
    for (const user of ['anna', 'bert']) expect(await mentions(user)).toEqual([]);
    expect(await mentions('acme')).toEqual(['audit_log', 'tenant_erasures', 'tenants', 'usage']);
    expect(
      await database.query(
        `SELECT sum(output_tokens)::int AS sum FROM chatkit.usage WHERE tenant_id = 'acme'`,
      ),
    ).toEqual([{ sum: 10 }]);
    expect(
      await database.query(`SELECT FROM pg_namespace WHERE nspname = $1`, [tenantSchema('chatkit', 'acme')]),
    ).toEqual([]);
    expect(readdirSync(join(folder, 'files'))).toEqual(['globex']);
    expect(await mentions('anna', 'globex')).toContain('items');
    await expect(parts.store.saveThread(thread('late'), ANNA)).rejects.toMatchObject({
      code: 'tenant_suspended',
    });
    await expect(operator.tenants.resume('acme')).rejects.toMatchObject({ status: 409 });
    expect(await reported({})).toEqual(report);
    await expect(erase({ userId: 'anna' })).rejects.toMatchObject({ status: 409 });
  });

  it('of a tenant goes while it is used only where it is named again', async () => {
    await expect(erase()).rejects.toThrow('The tenant is not suspended');
    await expect(erase({ confirm: 'globex' })).rejects.toThrow('names another tenant');
    expect(await mentions('anna')).toContain('items');
    expect(await reported({ confirm: 'acme' })).toMatchObject({ removed: { threads: 2 } });
  });

  it('goes on after it was stopped, and counts everything once', async () => {
    // more than one batch
    await addItems(6000);
    const stop = new AbortController();
    const order = { tenantId: 'acme', userId: 'anna', by: 'op' };
    const stopping = operator.erasures.erase(
      order,
      ({ table }) => {
        if (table === 'items') stop.abort();
      },
      stop.signal,
    );
    await expect(stopping).rejects.toThrow(/abort/);
    expect(
      await database.query(`SELECT FROM ${schema}.items WHERE owner_id = 'anna' AND tenant_id = 'acme'`),
    ).toHaveLength(1003);
    await expect(parts.store.loadThread('kept-anna', ANNA)).rejects.toMatchObject({ code: 'user_erased' });
    const [one, other] = await Promise.all([
      reported({ userId: 'anna' }),
      reported({ userId: 'anna', by: 'another' }),
    ]);
    expect(one).toMatchObject({ by: 'op', removed: { threads: 1, items: 6003 } });
    expect(other).toEqual(one);
    expect(await operator.erasures.list('acme')).toEqual([
      expect.objectContaining({ status: 'done', subject: digestOf(ANNA) }),
    ]);
  });

  it('may be nothing', async () => {
    expect(await reported({ userId: 'never seen' })).toMatchObject({ removed: {}, anonymised: {}, files: 0 });
    await expect(erase({ tenantId: 'unknown' })).rejects.toMatchObject({ status: 404 });
  });

  it('is left where a move has not ended', async () => {
    await database.query(`UPDATE chatkit.tenants SET leftovers = true WHERE tenant_id = 'acme'`);
    await expect(erase({ userId: 'anna' })).rejects.toThrow('A move of the tenant has not ended');
    expect(await mentions('anna')).toContain('items');
  });

  it('needs a key for the report, and takes neither nonsense nor a public one', async () => {
    const isPublic = JSON.stringify(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }));
    for (const [reportKey, problem] of [
      [undefined, 'CHATKIT_REPORT_KEY is not set'],
      ['no key', 'must be a private Ed25519 key'],
      [isPublic, 'must be a private Ed25519 key'],
    ] as const) {
      await expect(erase({ userId: 'anna' }, operatorOf(parts, { reportKey }))).rejects.toThrow(problem);
      expect(await operator.erasures.list('acme')).toEqual([]);
    }
  });
});

describe('A report', () => {
  const REPORT = {
    kind: 'chatkit.erasure',
    version: 1,
    erasure_id: 'e',
    tenant_id: 'acme',
    user_digest: null,
    begun_at: '2026-01-01T00:00:00.000Z',
    done_at: '2026-01-01T00:00:01.000Z',
    by: 'op',
    removed: { threads: 1 },
    anonymised: {},
    files: null,
  } as const;

  it('is checked with the public key, as JWK or as PEM in one line or several', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const jws = await ReportKey.of(pem.replaceAll('\n', String.raw`\n`)).sign(REPORT);
    expect(await verifiedReport(jws, String(publicKey.export({ type: 'spki', format: 'pem' })))).toEqual(
      REPORT,
    );
    expect(await verifiedReport(jws, JSON.stringify(publicKey.export({ format: 'jwk' })))).toEqual(REPORT);
    expect(await verifiedReport(`${jws}\n`, pem)).toEqual(REPORT);
  });

  it('that was changed, or signed by another, is refused', async () => {
    const jws = await ReportKey.of(REPORT_KEY).sign(REPORT);
    const [header, , signature] = jws.split('.');
    const changed = Buffer.from(JSON.stringify({ ...REPORT, by: 'another' })).toString('base64url');
    const other = JSON.stringify(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }));
    await expect(verifiedReport(`${header}.${changed}.${signature}`, REPORT_KEY)).rejects.toThrow(
      'is not signed',
    );
    await expect(verifiedReport(jws, other)).rejects.toThrow('is not signed');
    await expect(verifiedReport('nothing', REPORT_KEY)).rejects.toThrow('is not signed');
    await expect(verifiedReport(jws, 'no key')).rejects.toThrow('no Ed25519 key');
  });
});

describe('The features', () => {
  it('say of every table that names a user what becomes of it', async () => {
    const database = await createTestDatabase();
    const parts = await openStore(database);
    const { tables, users } = parts.features;
    const named = await database.query(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'chatkit' AND column_name ~ '(user|owner|actor)_id|_by$'`,
    );
    const tenants = named.map(({ name }) => String(name)).filter((name) => tables.includes(name));
    expect([...users.keys()].toSorted()).toEqual(tenants.toSorted());
    await parts.database.close();
    await database.drop();
  });
});
