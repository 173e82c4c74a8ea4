import type { ThreadItem } from '../../src/chatkit/core/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from './support/chat-client.js';
import { create, say } from './support/requests.js';
import { startApp, untilReady, type RunningApp } from './support/running-app.js';

const CAP = 100;
/** Far more than there are connections to the database. */
const REQUESTS = 260;

describe('the limits of the server', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let client: ChatClient;
  let stranger: ChatClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      // as many as one user sends here; by default they would be told to send fewer
      CHATKIT_MAX_REQUESTS_PER_USER: String(REQUESTS),
      CHATKIT_MAX_REQUESTS_PER_TENANT: String(REQUESTS),
      CHATKIT_POOL_QUEUE_MAX: '2000',
      // however long a busy machine takes for all of them
      CHATKIT_CONNECT_TIMEOUT: '60000',
      CHATKIT_STATEMENT_TIMEOUT: '60000',
      CHATKIT_LOCK_TIMEOUT: '60000',
    });
    await untilReady(app.url);
    client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
    stranger = await ChatClient.of(app.url, { tenant: 'borealis', user: 'ada' });
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('answer hundreds of requests of one user at once, and none wrongly', async () => {
    const before = (await client.threads({ limit: CAP })).data.length;
    const { threadId } = await client.create('Here');
    const list = { type: 'threads.list', params: {} };
    const kinds = [
      create('Another'),
      // so many threads that a page does not hold them
      create('And another'),
      say(threadId, 'More'),
      list,
      { type: 'threads.get_by_id', params: { thread_id: threadId } },
    ];
    const ofEachKind = REQUESTS / kinds.length;
    const answers = await Promise.all(
      Array.from({ length: REQUESTS }, async (_, index) => {
        const response = await client.send(kinds[index % kinds.length] ?? list);
        return { status: response.status, text: await response.text() };
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.filter(({ text }) => text.includes('"type":"error"'))).toEqual([]);
    const done = answers.flatMap(
      ({ text }) => text.match(/(?<="type":"thread.item.done","item":)\{.*\}(?=\}$)/gm) ?? [],
    );
    const items = done.map((text) => JSON.parse(text) as ThreadItem);
    // of the thread that all write to, each message ends the answer to the one before
    const own = items.filter(({ thread_id: id }) => id === threadId);
    expect(items.length - own.length).toBe(2 * ofEachKind * 2);
    expect(own.filter(({ type }) => type === 'user_message')).toHaveLength(ofEachKind);
    const stored = new Set((await client.allItems(threadId)).map(({ id }) => id));
    expect(own.filter(({ id }) => !stored.has(id))).toEqual([]);
    expect(before).toBe(0);
  });

  it('cap a page at its greatest size and say that there is more', async () => {
    for (const limit of [9999, 101, '9999', 1e15]) {
      const page = await client.threads({ limit });
      expect(page.data).toHaveLength(CAP);
      expect(page).toMatchObject({ has_more: true, after: page.data.at(-1)?.id });
    }
    const rest = await client.threads({ limit: 9999, after: (await client.threads({ limit: 9999 })).after });
    expect(rest.data.length).toBeGreaterThan(0);
  });

  it.each([-1, -9999, 1.5, 'ten', 1e300, [], {}, '-1'])('refuse a limit of %j by name', async (limit) => {
    const { threadId } = await client.create('Hello');
    for (const request of [
      { type: 'threads.list', params: { limit } },
      { type: 'items.list', params: { thread_id: threadId, limit } },
    ]) {
      expect(await client.refusal(request)).toMatchObject({
        status: 400,
        code: 'invalid_request',
        field: 'params.limit',
      });
    }
  });

  it('take a cursor only where it came from', async () => {
    const one = await client.create('One');
    const other = await client.create('Other');
    const theirs = await stranger.create('Theirs');
    const item = (of: typeof one): string => of.items[0]?.id ?? '';
    const unknown = await client.refusal({ type: 'threads.list', params: { after: 'thr_unknown' } });
    expect(unknown).toMatchObject({ status: 404, code: 'not_found' });
    for (const after of [theirs.threadId, item(one), "' OR 1=1 --", '']) {
      expect(await client.refusal({ type: 'threads.list', params: { after } })).toEqual(unknown);
    }
    const inThread = (after: string): object => ({
      type: 'items.list',
      params: { thread_id: one.threadId, after },
    });
    for (const after of [item(other), item(theirs), other.threadId, 'msg_unknown', '']) {
      expect(await client.refusal(inThread(after))).toEqual(unknown);
    }
    expect((await client.send(inThread(item(one)))).status).toBe(200);
  });

  it('refuse JSON that is too deep, too long, not JSON or of another type, and stay up', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const deepMetadata = JSON.stringify(create('Hi')).replace(
      '{',
      `{"metadata":{"a":${'{"a":'.repeat(99)}1${'}'.repeat(99)}},`,
    );
    const bodies: [string, number][] = [
      [deep, 400],
      [deepMetadata, 400],
      ['{"a":'.repeat(50_000), 400],
      ['', 400],
      ['{', 400],
      ['null', 400],
      ['[]', 400],
      ['"threads.list"', 400],
      ['{"type":"threads.list"}', 400],
      ['{"type":"__proto__","params":{}}', 400],
      ['{"type":["threads.list"],"params":{}}', 400],
      ['{"type":"threads.list","params":[]}', 400],
      [JSON.stringify(create('x'.repeat(1024 * 1024))), 413],
    ];
    for (const [body, status] of bodies) {
      expect([body.slice(0, 80), (await client.refusal(body)).status]).toEqual([body.slice(0, 80), status]);
    }
    expect(await client.refusal('{}', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect((await client.send({ type: 'threads.list', params: {} })).status).toBe(200);
  });

  it('take the longest message that fits', async () => {
    const text = 'long '.repeat(200_000);
    const { threadId, answer } = await client.create(text);
    expect(answer).toContain('offline');
    const [message] = (await client.items(threadId)).data;
    expect(message).toMatchObject({ content: [{ text }] });
  });
});
