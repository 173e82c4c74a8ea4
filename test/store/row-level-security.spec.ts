import { TypeOrmFeedbackStore } from '../../src/admin/index.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { ANNA, BERT, note, OTHER_ANNA, thread } from '../../src/testing/store-contract/samples.js';

const TABLES = [
  'threads',
  'items',
  'attachments',
  'audit_log',
  'feedback',
  'deleted_threads',
  'documents',
  'document_chunks',
  'document_search',
  'tenant_settings',
  'session_ends',
  'usage',
  'held_rows',
  'tenants',
  'tenant_erasures',
  'tenant_holds',
  'request_counts',
  'signal_keys',
];
const countThreads = statement<[], { readonly count: number }>(
  'test_count',
  'SELECT count(*)::int AS count FROM threads',
);
const insertThread = statement<[tenant: string, owner: string, id: string]>(
  'test_insert',
  `INSERT INTO threads (tenant_id, owner_id, id, status, data, shown) VALUES ($1, $2, $3, 'active', '{}', '{}')`,
);
const takeOver = statement<[tenant: string]>('test_take_over', 'UPDATE threads SET tenant_id = $1');
const countOpinions = statement<[], { readonly count: number }>(
  'test_opinions',
  'SELECT count(*)::int AS count FROM feedback',
);
const countUsage = statement<[], { readonly count: number }>(
  'test_usage',
  'SELECT count(*)::int AS count FROM usage',
);
const insertUsage = statement<[tenant: string, user: string]>(
  'test_insert_usage',
  `INSERT INTO usage (tenant_id, id, user_id, thread_id, model, purpose, outcome, requests, input_tokens,
     cached_input_tokens, output_tokens, duration_ms)
   VALUES ($1, gen_random_uuid(), $2, 't', 'm', 'answer', 'completed', 1, 1, 0, 1, 1)`,
);
const changeOpinions = statement<[]>('test_change_opinions', `UPDATE feedback SET kind = 'positive'`);
const settings = statement<[], Record<string, unknown>>(
  'test_settings',
  `SELECT current_user AS role, session_user AS login, current_setting('search_path') AS path,
     (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS unbound`,
);

describe('row-level security', () => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
    for (const scope of [ANNA, BERT, OTHER_ANNA]) {
      const id = `of-${scope.tenantId}-${scope.userId}`;
      await parts.store.saveThread(thread(id), scope);
      await parts.store.addThreadItem(id, note('i1', 'x', id), scope);
      await new TypeOrmFeedbackStore(parts.unitOfWork).saveFeedback(id, ['i1'], 'negative', scope);
      await parts.unitOfWork.pipeline(scope, insertUsage(scope.tenantId, scope.userId));
    }
  });
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
  });

  it('is forced on every table', async () => {
    const rows = await database.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'chatkit'::regnamespace AND relkind = 'r'
         AND relrowsecurity AND relforcerowsecurity ORDER BY relname`,
    );
    expect(rows.map(({ relname }) => relname)).toEqual(TABLES.toSorted());
  });

  it('has the tenant first in every index, but for that of words, which begin with a mark of it', async () => {
    const rows = await database.query(
      `SELECT DISTINCT relname, attname AS first FROM pg_index
         JOIN pg_class ON pg_class.oid = indrelid AND relrowsecurity
         JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
       WHERE relnamespace = 'chatkit'::regnamespace AND attname <> 'tenant_id'`,
    );
    expect(rows).toEqual([{ relname: 'document_search', first: 'words' }]);
  });

  it('hides every row from a query on the pool that bypasses the unit of work', async () => {
    const client = await parts.database.acquire({ tenantId: 'a', userId: 'a' });
    try {
      for (const table of TABLES) {
        const { rows } = await client.query(`SELECT * FROM chatkit.${table}`);
        expect(rows).toEqual([]);
      }
      await expect(
        client.query(`INSERT INTO threads (tenant_id, owner_id, id, status, data, shown)
          VALUES ('acme', 'anna', 'raw', 'active', '{}', '{}')`),
      ).rejects.toThrow(/row-level security/);
    } finally {
      client.release();
    }
  });

  it('leaves nothing of a unit of work on its connection', async () => {
    await parts.unitOfWork.pipeline(ANNA, countThreads());
    const client = await parts.database.acquire({ tenantId: 'a', userId: 'a' });
    try {
      const { rows } = await client.query<{ tenant: string }>(
        `SELECT current_setting('chatkit.tenant', true) AS tenant`,
      );
      expect(rows[0]?.tenant ?? '').toBe('');
    } finally {
      client.release();
    }
  });

  it('shows a user the own rows alone, even to a query without conditions', async () => {
    for (const scope of [ANNA, BERT, OTHER_ANNA]) {
      const [{ rows }] = await parts.unitOfWork.pipeline(scope, countThreads());
      expect(rows).toEqual([{ count: 1 }]);
    }
  });

  it('shows the opinions and costs of a whole tenant to a unit of work for administrators, and nothing else', async () => {
    for (const [scope, count] of [
      [ANNA, 2],
      [OTHER_ANNA, 1],
      [{ tenantId: 'nobody', userId: 'anna' }, 0],
    ] as const) {
      const statements = [countOpinions(), countUsage(), countThreads()] as const;
      const [opinions, usage, threads] = await parts.unitOfWork.readTenant(scope, ...statements);
      expect([opinions.rows, usage.rows]).toEqual([[{ count }], [{ count }]]);
      expect(threads.rows).toEqual([{ count: Math.min(count, 1) }]);
    }
  });

  it('shows every other unit of work the own opinions and costs alone, before and after', async () => {
    await parts.unitOfWork.readTenant(ANNA, countOpinions());
    for (const scope of [ANNA, BERT, OTHER_ANNA]) {
      const results = await parts.unitOfWork.pipeline(scope, countOpinions(), countUsage());
      expect(results.map(({ rows }) => rows)).toEqual([[{ count: 1 }], [{ count: 1 }]]);
    }
  });

  it('lets a unit of work for administrators write nothing', async () => {
    for (const attempt of [
      changeOpinions(),
      insertUsage('acme', 'anna'),
      insertThread('acme', 'anna', 'new'),
    ]) {
      await expect(parts.unitOfWork.readTenant(ANNA, attempt)).rejects.toMatchObject({
        cause: { message: expect.stringContaining('read-only transaction') as string },
      });
    }
  });

  it('refuses to count costs for another tenant or another user', async () => {
    for (const attempt of [insertUsage('globex', 'anna'), insertUsage('acme', 'bert')]) {
      await expect(parts.unitOfWork.pipeline(ANNA, attempt)).rejects.toThrow(/row-level security/);
    }
  });

  it('refuses to write for another tenant or another user', async () => {
    const tries = [insertThread('globex', 'anna', 'new'), insertThread('acme', 'bert', 'new')];
    for (const attempt of [...tries, takeOver('globex')]) {
      await expect(parts.unitOfWork.pipeline(ANNA, attempt)).rejects.toThrow(/row-level security/);
    }
    expect(await database.query(`SELECT FROM chatkit.threads WHERE id = 'new'`)).toEqual([]);
  });

  it('runs statements under a role that it binds, whoever signed in', async () => {
    const [{ rows }] = await parts.unitOfWork.pipeline(ANNA, settings());
    expect(rows).toEqual([
      expect.objectContaining({ role: 'chatkit_app', unbound: false, path: 'chatkit, pg_temp' }),
    ]);
    expect(rows[0]?.['login']).not.toBe('chatkit_app');
  });

  it.each([
    `acme' OR true --`,
    `'; SET chatkit.tenant = 'acme`,
    'acme\\',
    '"acme"',
    'acme%',
    'ACME',
    ' acme',
  ])('takes the tenant %j for what it is: another one', async (tenantId) => {
    const [{ rows }] = await parts.unitOfWork.pipeline({ tenantId, userId: 'anna' }, countThreads());
    expect(rows).toEqual([{ count: 0 }]);
  });

  it.each([
    { tenantId: '', userId: 'anna' },
    { tenantId: 'acme', userId: '' },
    { tenantId: 'ac\0me', userId: 'anna' },
    { tenantId: 'lone \ud800', userId: 'anna' },
    { tenantId: 'x'.repeat(257), userId: 'anna' },
    { tenantId: undefined as unknown as string, userId: 'anna' },
  ])('cannot be entered as %j', async (scope) => {
    await expect(parts.unitOfWork.pipeline(scope, countThreads())).rejects.toThrow(TypeError);
    await expect(parts.store.loadThread('t', scope)).rejects.toThrow(TypeError);
  });
});
