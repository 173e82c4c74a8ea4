import { ANNA } from '../../src/testing/store-contract/samples.js';
import { createTestDatabase, emptyTables, type TestDatabase } from '../support/database.js';
import { startProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { REPORT_KEY } from '../tenants/support/operator.js';
import { startCountedApp, type CountedApp } from './support/counted-app.js';
import { everyRequest, prepared } from './support/every-request.js';

/** Of an administrator, who operates the service besides: what is read, changed and searched. */
const ROUTES: readonly (readonly [path: string, init?: RequestInit])[] = [
  ['/chatkit/admin/organisation'],
  ['/chatkit/admin/organisation', json('PUT', { instructions: 'Be brief' })],
  ['/chatkit/admin/usage?from=2026-01-01&to=2026-01-02'],
  ['/chatkit/admin/usage?from=2026-01-01&to=2026-01-02&groupBy=user'],
  ['/chatkit/admin/feedback'],
  ['/chatkit/admin/feedback/days?from=2026-01-01&to=2026-01-02'],
  ['/chatkit/admin/limits'],
  ['/chatkit/admin/audit'],
  ['/chatkit/admin/audit?action=usage.report'],
  ['/chatkit/admin/documents', { method: 'POST', body: form() }],
  ['/chatkit/admin/documents'],
  ['/chatkit/admin/documents?search=terms'],
  ['/chatkit/admin/documents/doc_none', { method: 'DELETE' }],
  ['/chatkit/operator/tenants/acme/holds'],
  ['/chatkit/operator/tenants/acme/erasures'],
  ['/chatkit/operator/tenants/acme/erasures', json('POST', { user_id: 'nobody' })],
];

describe('A database that is distributed by tenant', () => {
  let database: TestDatabase;
  let proxy: PostgresProxy;
  let app: CountedApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startProxy(database.url);
    app = await startCountedApp({
      CHATKIT_DATABASE_URL: proxy.url,
      CHATKIT_LIMIT_USER_REQUESTS: '1000000',
      CHATKIT_LIMITS_STORAGE: 'postgres',
      CHATKIT_OPERATOR_TENANT: 'acme',
      CHATKIT_OPERATOR_ROLE: 'admin',
      CHATKIT_REPORT_KEY: REPORT_KEY,
    });
  });
  afterAll(async () => {
    await app.close();
    await proxy.close();
    await database.drop();
  });

  it('has the tenant first in every key, unique index and foreign key', async () => {
    const keys = await database.query(
      `SELECT conname AS name, (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) AS first
       FROM pg_constraint
       WHERE connamespace = 'chatkit'::regnamespace AND contype IN ('p', 'u', 'f') AND conrelid <> 'chatkit.migrations'::regclass
       UNION ALL
       SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid, 1, true)
       FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
       WHERE relnamespace = 'chatkit'::regnamespace AND relname <> 'migrations' AND indisunique`,
    );
    expect(keys.length).toBeGreaterThan(15);
    expect(keys.filter(({ first }) => first !== 'tenant_id')).toEqual([]);
  });

  it('is asked by no request, route or job for rows without their tenant', async () => {
    for (const request of everyRequest) {
      await emptyTables(database);
      await prepared(request, app.store, ANNA);
      await app.send(request.request, ANNA);
    }
    for (const [path, init] of ROUTES) {
      expect([path, [200, 201, 204, 404]]).toEqual([
        path,
        expect.arrayContaining([await app.ask(path, ANNA, init)]),
      ]);
    }
    const now = new Date();
    await app.attachments.countWaiting(now, ANNA);
    await app.attachments.known(['f1'], now, ANNA);
    await app.attachments.replaceWaiting(
      { type: 'file', id: 'f1', name: 'f', mime_type: 'text/plain' },
      ANNA,
    );
    await app.sessionEnds.add('session', now.getTime(), ANNA);
    await app.sessionEnds.has('session', ANNA);
    // the key of signals is no tenant's, and asked for by each connection of several replicas once
    const tables = await database.query(
      `SELECT tablename AS name FROM pg_tables
       WHERE schemaname = 'chatkit' AND tablename NOT IN ('migrations', 'signal_keys')`,
    );
    const named = (text: string): boolean => tables.some(({ name }) => isAbout(text, String(name)));
    const seen = [...proxy.texts].filter((text) => named(text) && !isSetUp(text));
    expect(tables.filter(({ name }) => !seen.some((text) => isAbout(text, String(name))))).toEqual([]);
    expect(seen.filter((text) => !/tenant_id = \$1|\(tenant_id\b/.test(text))).toEqual([]);
  });
});

/** Whether the statement reads or writes the table. */
function isAbout(text: string, table: string): boolean {
  return new RegExp(`\\b(FROM|JOIN|INTO|UPDATE)\\s+"?${table}\\b`).test(text);
}

/** Migrations name their schema. */
function isSetUp(text: string): boolean {
  return /\b(CREATE|ALTER|GRANT|DROP)\b/.test(text);
}

function json(method: string, body: object): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function form(): FormData {
  const data = new FormData();
  data.set('file', new File(['# Terms\n\nBe kind.'], 'terms.md', { type: 'text/markdown' }));
  return data;
}
