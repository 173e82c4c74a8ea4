import { MemoryStore, type Store, type TenantScope, type ThreadItem } from '../../src/chatkit/core/index.js';
import { TextPage } from '../../src/chatkit/core/store/page.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { ANNA, AWKWARD, note, question, thread } from '../../src/testing/store-contract/samples.js';
import { CountedServer } from '../statements/support/counted-server.js';
import { createTestDatabase, emptyTables, openStore, type TestDatabase } from '../support/database.js';

const SECRET = 'for the integration alone';
const file = { type: 'file', id: 'f1', name: 'f', mime_type: 'text/plain', metadata: { SECRET } } as const;
const answer: ThreadItem = {
  type: 'assistant_message',
  id: 'a1',
  thread_id: 't1',
  created_at: '2020-01-02T03:04:05Z',
  content: [{ type: 'output_text', text: AWKWARD, annotations: [] }],
};
const newer = { ...answer, id: 'a2', type: 'of_tomorrow', secret: SECRET } as unknown as ThreadItem;
const hidden = note('n1', SECRET);

const long = (id: string, length: number): ThreadItem => note(id, 'x'.repeat(length));

describe('A page that leaves as text', () => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
  });
  beforeEach(() => emptyTables(database));
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
  });

  async function fill(store: Store<TenantScope>, items: readonly ThreadItem[]): Promise<void> {
    const saved = thread('t1', {
      status: { type: 'locked', reason: AWKWARD },
      metadata: { SECRET },
      allowed_image_domains: ['a.test'],
    });
    await store.saveThread(Object.assign(saved, { secret: SECRET }), ANNA);
    await store.saveThread(thread('t2'), ANNA);
    await store.nameThread('t1', AWKWARD, ANNA);
    for (const item of items) await store.addThreadItem('t1', item, ANNA);
  }

  it.each([
    ['nothing', []],
    ['plain items', [question('q1'), answer]],
    ['hidden items', [hidden, answer, note('n2', SECRET)]],
    ['hidden items alone', [hidden]],
    ['metadata of attachments', [{ ...question('q1'), attachments: [file] }, hidden, answer]],
    ['items of an unknown type', [answer, newer]],
  ])('says what a page of objects says, with %s in it', async (_name, items) => {
    const memory = new MemoryStore();
    await fill(memory, items);
    await fill(parts.store, items);
    const [shown, expected] = [await answers(parts.store), await answers(memory)];
    expect(shown.map((text): unknown => JSON.parse(text))).toEqual(
      expected.map((text): unknown => JSON.parse(text)),
    );
    expect(shown.join()).not.toContain(SECRET);
  });

  it('is text as long as nobody has looked at its entries, who may have changed them', async () => {
    await fill(parts.store, [answer]);
    const page = await parts.store.loadThreadItems('t1', { limit: 9, order: 'asc' }, ANNA);
    expect(TextPage.shownText(page)).toContain('output_text');
    expect(TextPage.shownText({ ...page })).toBeUndefined();
    expect(TextPage.shownText(page)).toBeUndefined();
    page.data.length = 0;
    expect(page).toEqual({ data: [], has_more: false });
  });

  it('holds no more bytes than it may, but for one entry, and says that there is more', async () => {
    const { store, database: capped } = await openStore(database, { CHATKIT_PAGE_BYTES_MAX: '3000' });
    await fill(store, [long('i1', 5000), long('i2', 1000), long('i3', 1000), long('i4', 1000)]);
    const seen: string[][] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await store.loadThreadItems('t1', { limit: 50, order: 'asc', after }, ANNA);
      seen.push(page.data.map(({ id }) => id));
      ({ after, has_more: more } = page);
    }
    expect(seen).toEqual([['i1'], ['i2', 'i3'], ['i4']]);
    await store.saveThread(thread('t3', { metadata: { long: 'x'.repeat(4000) } }), ANNA);
    const threads = await store.loadThreads({ limit: 50, order: 'desc' }, ANNA);
    expect(threads).toMatchObject({ data: [{ id: 't3' }], has_more: true, after: 't3' });
    await capped.close();
  });
});

async function answers(store: Store<TenantScope>): Promise<string[]> {
  const server = new CountedServer(store);
  const requests = [
    { type: 'threads.get_by_id', params: { thread_id: 't1' } },
    { type: 'threads.list', params: { limit: 1, order: 'asc' } },
    { type: 'threads.list', params: {} },
    { type: 'items.list', params: { thread_id: 't1', order: 'asc' } },
    { type: 'items.list', params: { thread_id: 't1', limit: 1, order: 'asc' } },
  ];
  const texts: string[] = [];
  for (const request of requests) {
    const result = await server.process(JSON.stringify(request), ANNA);
    if (!result.streaming) texts.push(result.json);
  }
  return texts;
}
