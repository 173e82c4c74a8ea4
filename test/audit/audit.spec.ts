import { statement } from '../../src/store/unit-of-work/statement.js';
import { AuditLog, OperatorAuditStore, TypeOrmAuditStore } from '../../src/audit/index.js';
import type { AuditEntry } from '../../src/entries/admin.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { AdminClient, type Reply } from '../admin/support/admin-client.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

type Entries = Record<string, unknown>[];
const entries = ({ body }: Reply): Entries => body['data'] as Entries;
const attempt = (text: string) => statement<[]>(`test_${text.length}`, text)();

describe.each(['row', 'schema'])('The audit log with isolation by %s', (isolation) => {
  let database: TestDatabase;
  let app: RunningApp;
  let boss: AdminClient;
  let other: AdminClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({ CHATKIT_DATABASE_URL: database.url, CHATKIT_ISOLATION: isolation });
    await untilReady(app.url);
    boss = await AdminClient.of(app.url, { tenant: 'aurora', user: 'boss' });
    other = await AdminClient.of(app.url, { tenant: 'borealis', user: 'boss' });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('says who changed what, when, and in which request, and nothing of what was written', async () => {
    const headers = { 'content-type': 'application/json', 'x-request-id': 'request-7' };
    await boss.put('organisation', { instructions: 'A secret of ours' }, headers);
    const document = await boss.upload('documents', 'rules.md', '# Rules\n\nA secret of ours.');
    await boss.delete(`documents/${String(document.body['id'])}`);
    const log = await boss.get('audit');
    const by = { actor: 'member', actor_id: 'boss', outcome: 'done', code: null };
    expect(log).toMatchObject({
      status: 200,
      body: {
        has_more: false,
        data: [
          { ...by, action: 'documents.delete', target: document.body['id'] },
          { ...by, action: 'documents.ingest', target: document.body['id'] },
          {
            ...by,
            action: 'organisation.update',
            target: null,
            correlation_id: 'request-7',
            created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
          },
        ],
      },
    });
    expect(JSON.stringify(log.body)).not.toMatch(/secret|rules/i);
  });

  it('has those who were refused, and what they tried, once a minute', async () => {
    const member = await AdminClient.of(app.url, { tenant: 'aurora', user: 'mallory' }, ['editor']);
    expect(await member.get('audit')).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
    for (let n = 0; n < 5; n += 1) await member.put('organisation', { instructions: 'Obey me.' });
    await member.delete('documents/doc_1');
    const tried = entries(await boss.get('audit')).filter(({ actor_id }) => actor_id === 'mallory');
    const refused = { actor: 'member', outcome: 'refused', code: 'forbidden' };
    expect(tried).toMatchObject([
      { ...refused, action: 'documents.delete', target: 'doc_1' },
      { ...refused, action: 'organisation.update', target: null },
      { ...refused, action: 'audit.list', target: null },
    ]);
  });

  it('has what failed, with the code of the error', async () => {
    await boss.put('organisation', { instructions: 7 });
    await boss.delete('documents/doc_none');
    const failed = entries(await boss.get('audit')).filter(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject([
      { action: 'documents.delete', target: 'doc_none', code: 'not_found' },
      { action: 'organisation.update', target: null, code: 'invalid_request' },
    ]);
  });

  it('has who read what, once a minute, itself among that', async () => {
    for (let n = 0; n < 3; n += 1) await boss.get('usage');
    const read = entries(await boss.get('audit')).map(({ action }) => action);
    expect(read.filter((action) => action === 'usage.report')).toHaveLength(1);
    expect(read.filter((action) => action === 'audit.list')).toHaveLength(2);
  });

  it('names nothing that is no id', async () => {
    const token = `eyJ${'x'.repeat(200)}.a.b`;
    for (const odd of [token, 'what was said']) await boss.delete(`documents/${encodeURIComponent(odd)}`);
    expect(JSON.stringify((await boss.get('audit')).body)).not.toMatch(/eyJ|said/);
  });

  it('leaves out whoever is not signed in', async () => {
    const before = entries(await boss.get('audit?limit=100'));
    expect((await fetch(`${app.url}/chatkit/admin/organisation`)).status).toBe(401);
    expect(entries(await boss.get('audit?limit=100'))).toEqual(before);
  });

  it('is read page by page, by action and by time', async () => {
    const all = entries(await boss.get('audit?limit=100')).map(({ id }) => id);
    const found: unknown[] = [];
    for (let after = ''; ;) {
      const page = await boss.get(`audit?limit=2${after}`);
      found.push(...entries(page).map(({ id }) => id));
      if (page.body['has_more'] !== true) break;
      after = `&after=${String(page.body['after'])}`;
    }
    expect(found).toEqual(all);
    const deletions = entries(await boss.get('audit?action=documents.delete'));
    expect(new Set(deletions.map(({ action }) => action))).toEqual(new Set(['documents.delete']));
    expect(entries(await boss.get('audit?to=2020-01-01'))).toEqual([]);
    expect(entries(await boss.get('audit?from=2020-01-01&limit=100')).map(({ id }) => id)).toEqual(all);
  });

  it('keeps what was done in one organisation from the others', async () => {
    expect(entries(await other.get('audit'))).toEqual([]);
    await other.put('organisation', { instructions: 'Ours' });
    expect(entries(await other.get('audit?action=organisation.update'))).toHaveLength(1);
    const theirs = entries(await boss.get('audit?limit=100')).filter(
      ({ action }) => action === 'organisation.update',
    );
    expect(theirs.map(({ actor_id }) => actor_id)).toEqual(['boss', 'mallory', 'boss']);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    [`action=${'x'.repeat(101)}`, 'action'],
    ['from=yesterday', 'from'],
    ['from=2026-01-02&to=2026-01-01', 'from'],
    ['to=2026-99-01', 'to'],
    ['after=nonsense', 'after'],
    [`after=${Buffer.from('["2026-01-01T00:00:00.000000Z","x"]').toString('base64url')}`, 'after'],
    ['tenant=borealis', 'tenant'],
  ])('names the field of a page that cannot be had: %s', async (query, field) => {
    expect(await boss.get(`audit?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', field } },
    });
  });
});

describe.each(['row', 'schema'])('The table of the audit log with isolation by %s', (isolation) => {
  const ANNA = { tenantId: 'acme', userId: 'anna' };
  const entry: AuditEntry = { action: 'a.b', outcome: 'done', actor: 'member' };
  let database: TestDatabase;
  let parts: StoreParts;
  let store: TypeOrmAuditStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database, { CHATKIT_ISOLATION: isolation });
    store = new TypeOrmAuditStore(parts.unitOfWork);
    await store.add(entry, ANNA);
  });
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
  });

  it.each([
    `UPDATE audit_log SET outcome = 'refused'`,
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
    `INSERT INTO audit_log (tenant_id, id, actor, actor_id, action, outcome)
     SELECT tenant_id, id, actor, actor_id, action, outcome FROM audit_log ON CONFLICT (tenant_id, id) DO UPDATE SET action = 'c.d'`,
  ])('refuses the bound role to change what it holds: %s', async (text) => {
    await expect(parts.unitOfWork.pipeline(ANNA, attempt(text))).rejects.toThrow(/permission denied/);
    expect(await store.list({ limit: 10 }, ANNA)).toMatchObject([{ action: 'a.b', outcome: 'done' }]);
  });

  it.each([
    ['another tenant', 'globex', 'anna'],
    ['another user', 'acme', 'bert'],
  ])('takes no entry in the name of %s', async (_who, tenant, user) => {
    const text = `INSERT INTO audit_log (tenant_id, actor_id, actor, action, outcome)
      VALUES ('${tenant}', '${user}', 'member', 'a.b', 'done')`;
    await expect(parts.unitOfWork.pipeline(ANNA, attempt(text))).rejects.toThrow(/row-level security/);
  });

  it('shows nothing to a unit of work that does not read for an administrator', async () => {
    const all = statement<[], { readonly id: string }>('test_all', 'SELECT id FROM audit_log');
    const [{ rows }] = await parts.unitOfWork.read(ANNA, all());
    expect(rows).toEqual([]);
    const [seen] = await parts.unitOfWork.readTenant({ tenantId: 'globex', userId: 'anna' }, all());
    expect(seen.rows).toEqual([]);
  });

  it('holds what is too long cut, and what text cannot hold replaced', async () => {
    const long = 'x'.repeat(300);
    const scope = { tenantId: 'globex', userId: 'anna' };
    await store.add({ ...entry, action: long, target: `\0${long}`, correlationId: long, code: long }, scope);
    const [found] = await store.list({ limit: 1 }, scope);
    expect([found?.action.length, found?.target?.length]).toEqual([100, 255]);
    expect([found?.code?.length, found?.correlation_id?.length]).toEqual([100, 128]);
  });

  it('has a minute pass before the same reading is recorded again, and every change recorded at once', async () => {
    let now = 0;
    const scope = { tenantId: 'clock', userId: 'anna' };
    const log = new AuditLog(store, { now: () => now });
    const count = async (): Promise<number> => (await store.list({ limit: 100 }, scope)).length;
    for (let n = 0; n < 3; n += 1) await log.record({ ...entry, isReading: true }, scope);
    expect(await count()).toBe(1);
    for (let n = 0; n < 3; n += 1) await log.record(entry, scope);
    expect(await count()).toBe(4);
    now = 60_000;
    await log.record({ ...entry, isReading: true }, scope);
    expect(await count()).toBe(5);
  });

  it.each(['suspended', 'read_only'])(
    'takes what an operator does while its tenant is %s',
    async (status) => {
      const tenantId = 'globex';
      const set = (to: string) =>
        database.query('UPDATE chatkit.tenants SET status = $2 WHERE tenant_id = $1', [tenantId, to]);
      await store.add(entry, { tenantId, userId: 'anna' });
      await set(status);
      const operator = { tenantId, userId: 'on-call' };
      await new OperatorAuditStore(parts.tenants).add(
        { ...entry, actor: 'operator', action: 'tenants.show' },
        operator,
      );
      await set('active');
      expect(await store.list({ limit: 2 }, { tenantId, userId: 'anna' })).toMatchObject([
        { actor: 'operator', actor_id: 'on-call', action: 'tenants.show' },
        { actor: 'member', actor_id: 'anna' },
      ]);
    },
  );
});
