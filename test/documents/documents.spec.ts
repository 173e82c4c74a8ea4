import { RequestContext } from '../../src/auth/index.js';
import { DocumentsConfig } from '../../src/config/documents.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { DocumentsService, DocumentStore, PostgresRetriever } from '../../src/documents/index.js';
import { statement, type StoreParts } from '../../src/store/index.js';
import { createTestDatabase, openStore, type TestDatabase, UNWATCHED } from '../support/database.js';
import { startProxy, type PostgresProxy } from '../support/postgres-proxy.js';

const count = statement<[], { readonly documents: number; readonly chunks: number }>(
  'test_documents',
  `SELECT (SELECT count(*)::int FROM documents) AS documents, (SELECT count(*)::int FROM document_chunks) AS chunks`,
);
const intrude = statement<[tenant: string]>(
  'test_documents_intrude',
  `INSERT INTO documents (tenant_id, source, id, title, filename, format, language, characters, chunks)
   VALUES ($1, 's', 'd', 't', 'f', 'text', 'simple', 0, 0)`,
);
const takeOver = statement<[tenant: string]>(
  'test_documents_take',
  'UPDATE document_chunks SET tenant_id = $1',
);

const person = (tenantId: string, userId: string, page: object = {}): RequestContext =>
  new RequestContext({ tenantId, userId, metadata: { pageContext: page } });
const ADA = person('aurora', 'ada');
const BEN = person('aurora', 'ben');
const CLARA = person('borealis', 'clara');

describe.each(['row', 'schema'])('documents with isolation by %s', (isolation) => {
  let database: TestDatabase;
  let proxy: PostgresProxy;
  let parts: StoreParts;
  let documents: DocumentsService;
  let retriever: PostgresRetriever;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startProxy(database.url);
    parts = await openStore(proxy, { ...UNWATCHED, CHATKIT_ISOLATION: isolation });
    const config = loadConfig(DocumentsConfig, {
      CHATKIT_DOCUMENTS_MAX: '4',
      CHATKIT_DOCUMENTS_CHARACTERS: '10000',
      CHATKIT_DOCUMENT_BYTES: '20000',
    });
    const store = new DocumentStore(parts.unitOfWork, config);
    documents = new DocumentsService(store, config);
    retriever = new PostgresRetriever(store);
    await add(
      ADA,
      'hours.md',
      '# Opening hours\nThe library opens at nine.\n## Sundays\nOn Sundays we are closed.',
    );
    await add(
      ADA,
      'loans.md',
      '# Borrowing\nBooks are lent for four weeks. Renew them in the opening hours.',
    );
    await add(CLARA, 'hours.md', '# Opening hours\nThe clinic is open day and night.');
  });
  afterAll(async () => {
    await parts?.database.close();
    await proxy?.close();
    await database?.drop();
  });

  const add = (scope: RequestContext, filename: string, text: string, more: object = {}) =>
    documents.ingest({ bytes: Buffer.from(text), filename, ...more }, scope);
  const find = (query: string, context: RequestContext = BEN) =>
    retriever.retrieve(query, context, { limit: 5, signal: context.signal, timeoutMs: 10_000 });
  const texts = async (query: string, context?: RequestContext): Promise<string[]> =>
    (await find(query, context)).map(({ text }) => text);

  async function seen(scope: RequestContext) {
    const [{ rows }] = await parts.unitOfWork.pipeline(scope, count());
    return rows[0];
  }

  it('are found by all members of their organisation, and by nobody else', async () => {
    const [best] = await find('What are the opening hours?');
    expect(best).toMatchObject({
      title: 'Opening hours',
      text: 'The library opens at nine.',
      filename: 'hours.md',
      url: undefined,
    });
    expect(await texts('What are the opening hours?', CLARA)).toEqual(['The clinic is open day and night.']);
    expect(await texts('What are the opening hours?', person('cirrus', 'ada'))).toEqual([]);
  });

  it('are found by any of the words of a question, those first that hold most of them', async () => {
    const found = await texts('Please tell me: may I renew borrowed books at the weekend, or on Sundays?');
    expect(found[0]).toContain('Renew them');
    expect(found).toContain('Opening hours › Sundays\n\nOn Sundays we are closed.');
  });

  it.each([
    '',
    '   ',
    'the',
    '!!!',
    "' OR 1=1 -- \\",
    'a & b | !c',
    'x\0y',
    '\u{D800}',
    '"unfinished -opening',
  ])('take “%s” as words, whatever it means elsewhere', async (query) => {
    expect(Array.isArray(await find(query))).toBe(true);
  });

  it('let the page on the screen decide between what fits alike, but not against the question', async () => {
    const loans = person('aurora', 'ben', { title: 'Borrowing' });
    expect((await texts('What about weeks?', loans))[0]).toContain('four weeks');
    expect((await texts('When are you closed?', loans))[0]).toContain('closed');
    expect((await texts('And then?', loans))[0]).toContain('four weeks');
  });

  it('are searched in one round trip', async () => {
    await find('opening hours');
    proxy.reset();
    await find('opening hours');
    expect(proxy.traffic.roundTrips).toBe(1);
  });

  it('take the place of what came from the same source, and keep their id', async () => {
    const first = await add(ADA, 'new.txt', 'The cafe serves tea.', { source: 'cafe' });
    const second = await add(ADA, 'newer.txt', 'The cafe serves coffee.', { source: 'cafe', title: 'Cafe' });
    expect(second).toMatchObject({ id: first.id, title: 'Cafe', filename: 'newer.txt', chunks: 1 });
    expect(await texts('tea')).toEqual([]);
    expect(await texts('coffee')).toEqual(['The cafe serves coffee.']);
    expect(await documents.remove(first.id, CLARA)).toBe(false);
    expect(await documents.remove(first.id, BEN)).toBe(true);
    expect(await documents.remove(first.id, BEN)).toBe(false);
    expect(await texts('coffee')).toEqual([]);
  });

  it('are searched in their own language', async () => {
    const { id } = await add(ADA, 'zeiten.md', 'Die Bibliothek öffnet um neun.', { language: 'german' });
    expect(await texts('Wann öffnen die Bibliotheken?')).toEqual(['Die Bibliothek öffnet um neun.']);
    await documents.remove(id, ADA);
    await expect(add(ADA, 'a.md', 'nuqneH', { language: 'klingon' })).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'language',
    });
  });

  it('are listed page by page, the newest first', async () => {
    const first = await documents.list({ limit: 1 }, ADA);
    expect(first).toMatchObject({ data: [{ title: 'Borrowing', format: 'markdown' }], has_more: true });
    const second = await documents.list({ limit: 1, after: first.after }, ADA);
    expect(second).toMatchObject({ data: [{ title: 'Opening hours', chunks: 2 }], has_more: false });
    expect(await documents.list({ limit: 1, after: first.after }, CLARA)).toEqual({
      data: [],
      has_more: false,
    });
  });

  it('are bounded in number and in size, for each organisation on its own', async () => {
    const refusal = { code: 'invalid_request' };
    await expect(add(ADA, 'big.txt', 'word '.repeat(5000))).rejects.toMatchObject(refusal);
    await expect(add(ADA, 'long.txt', 'word '.repeat(2500))).rejects.toMatchObject(refusal);
    const repeated = `# ${'x'.repeat(200)}\n${'## y\nz\n'.repeat(60)}`;
    await expect(add(ADA, 'headings.md', repeated)).rejects.toMatchObject(refusal);
    const own = [await add(ADA, '3.txt', 'three'), await add(ADA, '4.txt', 'four')];
    await expect(add(ADA, '5.txt', 'five')).rejects.toMatchObject(refusal);
    await add(ADA, '4.txt', 'four again');
    await documents.remove((await add(CLARA, '5.txt', 'five')).id, CLARA);
    for (const { id } of own) await documents.remove(id, ADA);
  });

  it('are kept apart by row-level security, even from statements without conditions', async () => {
    expect(await seen(BEN)).toEqual({ documents: 2, chunks: 3 });
    expect(await seen(CLARA)).toEqual({ documents: 1, chunks: 1 });
    expect(await seen(person('cirrus', 'ada'))).toEqual({ documents: 0, chunks: 0 });
    for (const attempt of [intrude('borealis'), takeOver('borealis')]) {
      await expect(parts.unitOfWork.pipeline(ADA, attempt)).rejects.toThrow(/row-level security/);
    }
  });
});
