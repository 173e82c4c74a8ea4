import { TypeOrmFeedbackStore, TypeOrmUsageStore } from '../../src/admin/index.js';
import type { ThreadItem } from '../../src/chatkit/core/index.js';
import { DocumentStore } from '../../src/documents/index.js';
import type { StoreParts } from '../../src/store/create-store.js';
import type { FetchProgress } from '../../src/tenants/fetch/tenant-fetch.js';
import { note, thread } from '../../src/testing/store-contract/samples.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { operatorOf, type Operator } from './support/operator.js';

const OTHER = { tenantId: 'globex', userId: 'anna' };
const LIMITS = { maxDocuments: 10, maxCharacters: 10_000, searchConnections: 1 };
const namesOf = (count: number) => Array.from({ length: count }, (_, at) => `item ${at}`);
/** More than one page, and less. */
const [MANY, FEW] = [300, 3];
const ALL = { limit: 100, order: 'asc' } as const;

describe('A tenant that is fetched from another database', () => {
  let databases: readonly [TestDatabase, TestDatabase];
  let there: StoreParts;
  let here: StoreParts;
  let operators: { readonly there: Operator; readonly here: Operator };

  /** Another one for each test. */
  let acme: string;
  let tests = 0;

  beforeAll(async () => {
    databases = [await createTestDatabase(), await createTestDatabase()];
    there = await openStore(databases[0]);
    here = await openStore(databases[1]);
    operators = { there: operatorOf(there), here: operatorOf(here) };
    await here.store.saveThread(thread('first'), OTHER);
    await there.store.saveThread(thread('of others'), OTHER);
  });
  beforeEach(() => {
    acme = `acme ${(tests += 1)}`;
  });
  afterAll(async () => {
    await Promise.all([there.database.close(), here.database.close()]);
    for (const database of databases) await database.drop();
  });

  const anna = () => ({ tenantId: acme, userId: 'anna' });

  /** The items of the thread, page by page. */
  async function items({ store }: StoreParts): Promise<ThreadItem[]> {
    const found: ThreadItem[] = [];
    for (let after: string | undefined; ;) {
      const page = await store.loadThreadItems('t1', { ...ALL, after }, anna());
      found.push(...page.data);
      if (!page.has_more) return found;
      after = page.after;
    }
  }

  async function fill(isolation: 'row' | 'schema', count = FEW): Promise<void> {
    await operators.there.tenants.add(acme, { isolation });
    await there.store.saveThread(thread('t1'), anna());
    for (const id of namesOf(count))
      await there.store.addThreadItem('t1', note(id, `„${id}“ \\ 組 "x"`, 't1'), anna());
    await new TypeOrmFeedbackStore(there.unitOfWork).saveFeedback('t1', ['item 0'], 'positive', anna());
    const chunks = [{ heading: 'Hours', text: 'The library opens at nine.' }];
    const document = {
      source: 's',
      title: 't',
      url: null,
      filename: 'f',
      format: 'text',
      language: 'english',
    };
    await new DocumentStore(there.unitOfWork, LIMITS).save({ ...document, chunks }, anna());
  }

  const fetched = async (
    isolation: 'row' | 'schema',
    { replace = false, signal }: { replace?: boolean; signal?: AbortSignal } = {},
  ): Promise<FetchProgress[]> => {
    const told: FetchProgress[] = [];
    const { fetches } = operators.here;
    await fetches.fetch(
      { tenantId: acme, from: databases[0].url, isolation, replace },
      (progress) => told.push(progress),
      signal,
    );
    return told;
  };

  it.each([
    ['row', 'row', MANY],
    ['row', 'schema', FEW],
    ['schema', 'row', FEW],
    ['schema', 'schema', MANY],
  ] as const)('by %s is all there by %s, and goes on there', async (from, to, count) => {
    await fill(from, count);
    await operators.there.tenants.suspend(acme);
    const told = await fetched(to);
    expect(told).toEqual(
      expect.arrayContaining([
        { table: 'threads', rows: 1 },
        { table: 'items', rows: count },
        { table: 'feedback', rows: 1 },
        { table: 'document_search', rows: 1 },
      ]),
    );
    expect(await operators.here.tenants.show(acme)).toMatchObject({ isolation: to, status: 'suspended' });
    await operators.here.tenants.resume(acme);
    await operators.there.tenants.resume(acme);
    expect(await items(here)).toEqual(await items(there));
    await here.store.addThreadItem('t1', note('new', 'text', 't1'), anna());
    expect(await items(here)).toHaveLength(count + 1);
    const search = { question: 'library', hints: '', limit: 5, timeoutMs: 10_000 };
    const { signal } = new AbortController();
    const found = await new DocumentStore(here.unitOfWork, LIMITS).search(search, { ...anna(), signal });
    expect(found).toMatchObject([{ text: 'The library opens at nine.' }]);
    const others = await here.store.loadThreads(ALL, OTHER);
    expect(others.data.map(({ id }) => id)).toEqual(['first']);
  });

  it('is refused while it may change there, or is open here, or has rows here', async () => {
    await fill('row', 1);
    await expect(fetched('row')).rejects.toThrow('active in the other database');
    await operators.there.tenants.suspend(acme);
    await here.store.saveThread(thread('t2'), anna());
    await expect(fetched('row')).rejects.toThrow('active here');
    await operators.here.tenants.suspend(acme);
    await expect(fetched('row')).rejects.toThrow('has rows here already');
    await expect(
      operators.here.fetches.fetch({ tenantId: 'nobody', from: databases[0].url }, () => undefined),
    ).rejects.toThrow('Tenant not found');
  });

  it('takes the place of what is here where it is told so, and leaves usage and others alone', async () => {
    await fill('row');
    await operators.there.tenants.suspend(acme);
    await here.store.saveThread(thread('t1'), anna());
    await here.store.addThreadItem('t1', note('broken', 'text', 't1'), anna());
    const usage = { model: 'm', purpose: 'answer', outcome: 'completed', requests: 1, durationMs: 1 };
    const tokens = { inputTokens: 5, cachedInputTokens: 0, outputTokens: 5 };
    const id = '00000000-0000-4000-8000-000000000001';
    await new TypeOrmUsageStore(here.unitOfWork).record({
      id,
      threadId: 't1',
      ...usage,
      ...tokens,
      ...anna(),
    });
    await operators.here.tenants.suspend(acme);
    await fetched('row', { replace: true });
    await operators.here.tenants.resume(acme);
    expect((await items(here)).map((item) => item.id)).toEqual(namesOf(FEW));
    expect(await databases[1].query(`SELECT id FROM chatkit.usage WHERE tenant_id = '${acme}'`)).toEqual([
      { id },
    ]);
    const others = await here.store.loadThreads(ALL, OTHER);
    expect(others.data.map((found) => found.id)).toEqual(['first']);
  });

  it.each(['row', 'schema'] as const)(
    'brings nothing to others by %s where the other database says that their rows are its own',
    async (isolation) => {
      await fill('row', 1);
      await operators.there.tenants.suspend(acme);
      // a tenant that equals whichever it is compared with, and calls itself another
      await databases[0].query(`
        SET allow_system_table_mods = on;
        CREATE TYPE chatkit.liar AS ENUM ('globex', 'acme');
        CREATE FUNCTION chatkit.says_so(chatkit.liar, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
        CREATE OPERATOR pg_catalog.= (LEFTARG = chatkit.liar, RIGHTARG = text, FUNCTION = chatkit.says_so);
        ALTER TABLE chatkit.deleted_threads RENAME TO hidden;
        CREATE VIEW chatkit.deleted_threads AS
          SELECT 'globex'::chatkit.liar AS tenant_id, 'anna'::text AS owner_id, 'first'::text AS id, now() AS deleted_at`);
      await expect(fetched(isolation)).rejects.toThrow('rows of another tenant');
      const brought = await databases[1].query('SELECT tenant_id FROM chatkit.deleted_threads');
      expect(brought).toEqual([]);
      await databases[0].query(`
        DROP VIEW chatkit.deleted_threads;
        ALTER TABLE chatkit.hidden RENAME TO deleted_threads;
        DROP OPERATOR pg_catalog.= (chatkit.liar, text);
        DROP FUNCTION chatkit.says_so;
        DROP TYPE chatkit.liar`);
    },
  );

  it('is not here at all when it was stopped, or when the tables differ, and can be fetched again', async () => {
    await fill('row');
    await operators.there.tenants.suspend(acme);
    const stop = new AbortController();
    const telling = operators.here.fetches.fetch(
      { tenantId: acme, from: databases[0].url },
      () => stop.abort(),
      stop.signal,
    );
    await expect(telling).rejects.toThrow(/abort/);
    await databases[0].query('ALTER TABLE chatkit.items ADD COLUMN "more" text');
    await expect(fetched('row')).rejects.toThrow('bring both databases up to date');
    const rows = await databases[1].query(
      `SELECT count(*)::int AS n FROM chatkit.threads WHERE tenant_id = '${acme}'`,
    );
    expect(rows).toEqual([{ n: 0 }]);
    await databases[0].query('ALTER TABLE chatkit.items DROP COLUMN "more"');
    expect(await fetched('row')).toContainEqual({ table: 'items', rows: FEW });
  });
});
