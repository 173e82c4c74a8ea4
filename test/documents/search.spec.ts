import { Client } from 'pg';
import { RequestContext } from '../../src/auth/index.js';
import { DocumentsConfig } from '../../src/config/documents.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { DocumentStore } from '../../src/documents/index.js';
import { beginSearch, searchChunks, type FoundRow } from '../../src/documents/search/search-statements.js';
import { statement, type StoreParts } from '../../src/store/index.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

const person = (tenantId: string, userId: string, signal?: AbortSignal): RequestContext =>
  new RequestContext({ tenantId, userId, ...(signal && { signal }) });
const ADA = person('aurora', 'ada');
const CLARA = person('borealis', 'clara');
const ENOUGH = 60_000;
/** Pieces of each organisation that hold the common words: more than are ranked. */
const COMMON = 2000;
const NUMBERS = 200;

const foundByWords = statement<[], { readonly count: number }>(
  'test_search_seen',
  'SELECT count(*)::int AS count FROM document_search',
);
const nameWords = statement<[words: string]>(
  'test_search_words',
  `SELECT set_config('chatkit.words', $1, true)`,
);
const insertFor = statement<[tenant: string]>(
  'test_search_intrude',
  `INSERT INTO document_search (tenant_id, document_id, seq, language, words, search)
   VALUES ($1, 'd', 1, 'simple', '{}', '')`,
);

function asDocument(texts: readonly string[], source = 'a.txt') {
  const chunks = texts.map((text) => ({ heading: '', text }));
  const about = { title: 'A', url: null, filename: source, format: 'text', language: 'english' };
  return { ...about, source, chunks };
}

function search(store: DocumentStore, question: string, scope: RequestContext, timeoutMs = ENOUGH) {
  return store.search({ question, hints: '', limit: 5, timeoutMs }, scope);
}

/** The texts that were found, or what was thrown. */
function outcomeOf(found: Promise<readonly FoundRow[]>) {
  return found.then(
    (rows) => rows.map(({ text }) => text),
    (error: unknown) => error,
  );
}

describe.each(['row', 'schema'])('the search of documents with isolation by %s', (isolation) => {
  let database: TestDatabase;
  let parts: StoreParts;
  let store: DocumentStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database, { CHATKIT_ISOLATION: isolation });
    store = new DocumentStore(parts.unitOfWork, new DocumentsConfig());
    const filler = Array.from(
      { length: COMMON },
      (_, index) => `Common words, and number${index % NUMBERS} alone.`,
    );
    for (const scope of [ADA, CLARA]) await store.save(asDocument(filler, 'filler.txt'), scope);
    await store.save(asDocument(['The zebra is secret.']), CLARA);
    await store.save(asDocument(['The giraffe is known.']), ADA);
  });
  afterAll(async () => {
    await parts?.database.close();
    await database?.drop();
  });

  /** Everything that is in the index, of all tenants. */
  async function allWords(): Promise<string> {
    const tables = await database.query(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE tablename = 'document_search'`,
    );
    const selects = tables.map(({ name }) => `SELECT unnest(words) AS word FROM ${String(name)}`);
    const [row] = await database.query(
      `SELECT array_agg(DISTINCT word)::text AS words FROM (${selects.join(' UNION ')}) AS words`,
    );
    return String(row?.['words']);
  }

  it('finds by the index of words, beside another organisation with as much', async () => {
    const explain = statement<[tenant: string], Record<string, string>>(
      'test_search_plan',
      `EXPLAIN (COSTS OFF) SELECT document_id FROM document_search WHERE tenant_id || '' = $1 LIMIT 300`,
    );
    const all = statement<[words: string]>(
      'test_all_words',
      `SELECT set_config('chatkit.all_words', $1, true)`,
    );
    for (const analysed of [false, true]) {
      if (analysed) await database.query('ANALYZE');
      const [, , , { rows }] = await parts.unitOfWork.read(
        ADA,
        beginSearch('60000'),
        nameWords('{a,b}'),
        all('{a}'),
        explain('aurora'),
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(
        /Bitmap Index Scan on document_search_words\s+Index Cond: \(\(words && .* AND \(words @> /,
      );
      expect(plan.match(/on document_search\b.*/g)).toHaveLength(1);
    }
  });

  it('ranks few pieces where a question is of words that are in all of them, and all that hold a rare one', async () => {
    const pieces = statement<[question: string], { readonly count: number }>(
      'test_pieces',
      `SELECT count(DISTINCT (document_id, seq))::int AS count
       FROM document_pieces('aurora', ARRAY(
         SELECT left(encode(sha256(convert_to('aurora:english', 'UTF8')), 'base64'), 11) || word
         FROM unnest(tsvector_to_array(to_tsvector('english', $1))) AS word), '{}')`,
    );
    const looked = async (question: string): Promise<number | undefined> =>
      (await parts.unitOfWork.read(ADA, beginSearch('60000'), pieces(question)))[1].rows[0]?.count;
    expect(await looked('common words')).toBeLessThanOrEqual(300 + 1200);
    expect(await looked('number7')).toBe(COMMON / NUMBERS);
    expect(await looked('common words, number7 and the giraffe')).toBeGreaterThan(300);
  });

  it.each([
    'zebra',
    'zebra:*',
    "'zebra' | 'secret'",
    'zebra & !giraffe2',
    '{zebra}',
    '{"zebra"}',
    '%zebra%',
    "zebra' OR tenant_id = 'borealis' --",
    'borealis zebra secret',
    'aurora:english zebra',
  ])('finds nothing of another organisation by “%s”', async (question) => {
    expect((await search(store, 'zebra', CLARA))[0]?.text).toBe('The zebra is secret.');
    const found = await search(store, question, ADA);
    expect(found.filter(({ text }) => text.includes('zebra'))).toEqual([]);
  });

  it('finds nothing of another organisation by words as the index has them', async () => {
    const words = await allWords();
    const [foreign] = /[^,{"]{11}zebra/.exec(words) ?? [];
    expect(foreign).toBeDefined();
    expect(await search(store, `${foreign} "${foreign}"`, ADA)).toEqual([]);
  });

  it('shows nobody rows of others, whatever words a transaction names', async () => {
    const words = await allWords();
    const pieces = COMMON + 1;
    for (const scope of [ADA, CLARA]) {
      const [, { rows }] = await parts.unitOfWork.read(scope, nameWords(words), foundByWords());
      expect(rows).toEqual([{ count: pieces }]);
    }
    const nobody = person('cirrus', 'cleo');
    const [, { rows }] = await parts.unitOfWork.read(nobody, nameWords(words), foundByWords());
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('takes the organisation from the transaction, whatever a statement names', async () => {
    const asked = ['borealis', 'zebra', ''] as const;
    const [, { rows }] = await parts.unitOfWork.read(ADA, beginSearch('60000'), searchChunks(...asked, 5));
    expect(rows).toEqual([]);
  });

  it('leaves no words on its connection, and shows nothing without words', async () => {
    await search(store, 'giraffe', ADA);
    const [{ rows }] = await parts.unitOfWork.read(ADA, foundByWords());
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('cannot be given words for another organisation', async () => {
    await expect(parts.unitOfWork.pipeline(ADA, insertFor('borealis'))).rejects.toThrow(/row-level security/);
  });
});

describe('searches that take long', () => {
  let database: TestDatabase;
  let parts: StoreParts;
  let store: DocumentStore;
  let blocker: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    const long = { CHATKIT_STATEMENT_TIMEOUT: '60000', CHATKIT_LOCK_TIMEOUT: '60000' };
    parts = await openStore(database, { CHATKIT_POOL_MAX: '4', CHATKIT_POOL_MIN: '0', ...long });
    // more than there are: one is left to others all the same
    store = new DocumentStore(
      parts.unitOfWork,
      loadConfig(DocumentsConfig, { CHATKIT_RETRIEVAL_CONNECTIONS: '100' }),
    );
    for (const scope of [ADA, CLARA]) await store.save(asDocument(['A word.']), scope);
    blocker = new Client({ connectionString: database.url });
    await blocker.connect();
  });
  beforeEach(async () => {
    await blocker.query('BEGIN; LOCK TABLE chatkit.document_search IN ACCESS EXCLUSIVE MODE');
  });
  afterEach(async () => {
    await blocker.query('ROLLBACK');
  });
  afterAll(async () => {
    await blocker?.end();
    await parts?.database.close();
    await database?.drop();
  });

  async function blocked(): Promise<number> {
    const rows = await database.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows.length;
  }
  it('leave a connection to the conversations of others, and of one organisation a part to the others', async () => {
    const own = Array.from({ length: 10 }, () => outcomeOf(search(store, 'word', ADA)));
    await eventually('its part is taken', async () => (await blocked()) === 2);
    const others = Array.from({ length: 10 }, () => outcomeOf(search(store, 'word', CLARA)));
    await eventually('all places are taken', async () => (await blocked()) === 3);
    const page = { limit: 10, order: 'desc' } as const;
    expect(await parts.store.loadThreads(page, person('cirrus', 'cleo'))).toMatchObject({ data: [] });
    expect(await blocked()).toBe(3);
    await blocker.query('ROLLBACK');
    expect(new Set((await Promise.all([...own, ...others])).flat())).toEqual(new Set(['A word.']));
  });

  it('are refused where too many of one user wait', async () => {
    const asked = Array.from({ length: 40 }, () => outcomeOf(search(store, 'word', ADA)));
    await eventually('its part is taken', async () => (await blocked()) === 2);
    await blocker.query('ROLLBACK');
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter((outcome) => Array.isArray(outcome))).toHaveLength(22);
    expect(outcomes.find((outcome) => !Array.isArray(outcome))).toMatchObject({ code: 'chat_unavailable' });
  });

  it('are ended in the database when the client has left, those that wait too', async () => {
    const leaving = new AbortController();
    const reason = new Error('the client left');
    const left = person('aurora', 'ada', leaving.signal);
    const asked = Array.from({ length: 5 }, () => outcomeOf(search(store, 'word', left)));
    await eventually('some are under way', async () => (await blocked()) === 2);
    leaving.abort(reason);
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 5 }, () => reason));
    await eventually('nothing waits any more', async () => (await blocked()) === 0);
  });

  it('are ended by the database when their time is over', async () => {
    expect(await outcomeOf(search(store, 'word', ADA, 50))).toMatchObject({ code: 'chat_unavailable' });
    await eventually('nothing waits any more', async () => (await blocked()) === 0);
  });
});
