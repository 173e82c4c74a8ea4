import { Client } from 'pg';
import type { StoreParts } from '../../src/store/create-store.js';
import { createTestDatabase, openStore, type TestDatabase, UNWATCHED } from '../support/database.js';
import { startProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { ANNA, note, question, thread, toolCall } from '../../src/testing/store-contract/samples.js';

/** Tenant, user, role and search path, in one statement that travels along. */
const SCOPE = 1;
/** What opens and ends a transaction of several round trips. */
const BEGIN_AND_COMMIT = 2;

// round trips of a start with one connection ready, and one that is asked what is missing
const UP_TO_DATE = 1;
/** What TypeORM asks as it opens a pool: the version, and the schema. */
const POOL = 2;
/** Its settings, whether it takes writes, the statements that it prepares, and their end. */
const SESSION_AND_STATEMENTS = 4;
/** Whether it can be written to. */
const WRITE = 1;

describe.each(['row', 'schema'])('with %s isolation', (isolation) => {
  let database: TestDatabase;
  let proxy: PostgresProxy;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startProxy(database.url);
    parts = await openStore(proxy, { ...UNWATCHED, CHATKIT_ISOLATION: isolation });
    await parts.store.saveThread(thread('t1'), ANNA);
    for (let index = 0; index < 25; index += 1) {
      await parts.store.addThreadItem('t1', note(`i${index}`), ANNA);
    }
  });
  afterAll(async () => {
    await parts.database.close();
    await proxy.close();
    await database.drop();
  });

  async function cost(work: () => Promise<unknown>): Promise<string> {
    proxy.reset();
    await work();
    const { statements, roundTrips } = proxy.traffic;
    const around = roundTrips > 1 ? SCOPE + BEGIN_AND_COMMIT : SCOPE;
    return `${statements - around} (${roundTrips})`;
  }

  it.each([
    ['a thread with its items', () => parts.store.loadThreadWithItems('t1', 20, ANNA)],
    ['a page of threads', () => parts.store.loadThreads({ limit: 20, order: 'desc' }, ANNA)],
    ['a page of items', () => parts.store.loadThreadItems('t1', { limit: 20, order: 'asc' }, ANNA)],
    [
      'a page of items after a cursor',
      () => parts.store.loadThreadItems('t1', { limit: 9, order: 'desc', after: 'i9' }, ANNA),
    ],
    ['a thread', () => parts.store.loadThread('t1', ANNA)],
    ['an item', () => parts.store.loadItem('t1', 'i1', ANNA)],
    ['adding an item', () => parts.store.addThreadItem('t1', note('new'), ANNA)],
    ['deleting an item', () => parts.store.deleteThreadItem('t1', 'new', ANNA)],
  ])('%s costs one statement and one round trip', async (_, work) => {
    expect(await cost(work)).toBe('1 (1)');
  });

  it('a start on tables that are up to date asks each connection no more than it has to', async () => {
    const beside = await startProxy(database.url);
    const started = await openStore(beside, { ...UNWATCHED, CHATKIT_ISOLATION: isolation });
    const { roundTrips } = beside.traffic;
    await started.database.close();
    beside.reset();
    const alone = new Client({ connectionString: beside.url });
    await alone.connect();
    // a server that trusts everybody asks for no password
    const login = beside.traffic.roundTrips;
    await alone.end();
    await beside.close();
    expect(roundTrips).toBe(2 * login + UP_TO_DATE + POOL + SESSION_AND_STATEMENTS + WRITE);
  });

  it('saving a thread costs two statements and one round trip', async () => {
    expect(await cost(() => parts.store.saveThread(thread('t1', { title: 'new' }), ANNA))).toBe('2 (1)');
  });

  it('changing a thread as it is stored costs three statements and two round trips', async () => {
    expect(await cost(() => parts.store.updateThread('t1', (stored) => ({ ...stored }), ANNA))).toBe('3 (2)');
  });

  it('truncating costs three statements and one round trip', async () => {
    await parts.store.addThreadItem('t1', question('q'), ANNA);
    expect(await cost(() => parts.store.truncateAfterUserMessage('t1', 'q', ANNA))).toBe('3 (1)');
  });

  it('a message with attachments costs three statements and two round trips, however many they are', async () => {
    const type = 'file' as const;
    const attachments = ['f1', 'f2', 'f3'].map((id) => {
      return { type, id, name: 'f', mime_type: 'text/plain', thread_id: 't1' };
    });
    for (const attachment of attachments) await parts.store.saveAttachment(attachment, ANNA);
    const message = { ...question('with files'), attachments };
    expect(await cost(() => parts.store.addUserMessage('t1', message, ANNA))).toBe('3 (2)');
    expect(await cost(() => parts.store.loadAttachments(['f1', 'f2', 'f3'], ANNA))).toBe('1 (1)');
  });

  it('completing a tool call costs four statements and two round trips', async () => {
    await parts.store.addThreadItem('t1', toolCall('call'), ANNA);
    expect(await cost(() => parts.store.completeClientToolCall('t1', 1, ANNA))).toBe('4 (2)');
  });
});
