import type { Thread, ThreadItem } from '../../src/chatkit/core/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from './support/chat-client.js';
import { everyRequestAbout, inputOf } from './support/requests.js';
import { startApp, untilReady, type RunningApp } from './support/running-app.js';

const page = { pageContext: { title: 'Opening hours', url: 'https://portal.example/hours' } };
const never = (id: string): string => id.replace(/[^_]*$/, (end) => '0'.repeat(end.length));

describe.each(['row', 'schema'])('a conversation with isolation by %s', (isolation) => {
  let database: TestDatabase;
  let app: RunningApp;
  let ada: ChatClient;
  let ben: ChatClient;
  let clara: ChatClient;
  let dan: ChatClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({ CHATKIT_DATABASE_URL: database.url, CHATKIT_ISOLATION: isolation });
    await untilReady(app.url);
    const client = (tenant: string, user: string, name: string): Promise<ChatClient> =>
      ChatClient.of(app.url, { tenant, user }, { name });
    ada = await client('aurora', 'ada', 'Ada Lindqvist');
    ben = await client('aurora', 'ben', 'Ben Okafor');
    // the same user id as in the other organisation
    clara = await client('borealis', 'ada', 'Clara Novak');
    dan = await client('borealis', 'dan', 'Dan Sato');
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('is answered from the token and the page, and remembered', async () => {
    const first = await ada.create('Who am I?', page);
    expect(first.answer).toContain('Ada Lindqvist');
    const second = await ada.say(first.threadId, 'Summarise this page', page);
    expect(second.answer).toContain('Opening hours');
    const third = await ada.say(first.threadId, 'What did I ask?');
    expect(third.answer).toContain('Summarise this page');
    const { items, title } = await ada.thread(first.threadId);
    expect(items.data).toEqual([...first.items, ...second.items, ...third.items]);
    expect(items.has_more).toBe(false);
    expect(title).toBe('Who am I?');
  });

  it('is listed, renamed and deleted', async () => {
    const one = await dan.create('One');
    const two = await dan.create('Two');
    const ids = async (): Promise<string[]> => (await dan.threads()).data.map(({ id }) => id);
    expect(await ids()).toEqual([two.threadId, one.threadId]);
    const renamed = await dan.json<Thread>('threads.update', { thread_id: one.threadId, title: 'Eins' });
    expect(renamed.title).toBe('Eins');
    expect((await dan.thread(one.threadId)).title).toBe('Eins');
    expect(await dan.json('threads.delete', { thread_id: one.threadId })).toEqual({});
    expect(await ids()).toEqual([two.threadId]);
    const gone = everyRequestAbout(one.threadId, one.items[0]?.id ?? '');
    for (const request of gone) expect((await dan.refusal(request)).status).toBe(404);
  });

  it('is answered anew after a retry, with what came later gone', async () => {
    const { threadId, items } = await ben.create('Hello');
    await ben.say(threadId, 'Who am I?');
    const item_id = items[0]?.id;
    const again = await ben.turn({
      type: 'threads.retry_after_item',
      params: { thread_id: threadId, item_id },
    });
    const kept = (await ben.items(threadId)).data;
    expect(kept).toEqual([items[0], ...again.items]);
    expect(again.answer).toContain('Ben Okafor');
  });

  it('takes an opinion on its answers, and a later one for an earlier', async () => {
    const { threadId, items } = await ada.create('Hello');
    const params = { thread_id: threadId, item_ids: items.map(({ id }) => id) };
    expect(await ada.json('items.feedback', { ...params, kind: 'positive' })).toEqual({});
    expect(await ada.json('items.feedback', { ...params, kind: 'negative' })).toEqual({});
    const unknown = {
      type: 'items.feedback',
      params: { ...params, item_ids: ['msg_none'], kind: 'positive' },
    };
    expect(await ada.refusal(unknown)).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('keeps tags of a message as they were sent', async () => {
    const tag = { type: 'input_tag', id: 't1', text: 'Invoice 7', data: { n: [1, { a: null }] } };
    const input = inputOf([{ type: 'input_text', text: 'See ' }, tag]);
    const { threadId } = await ada.turn({ type: 'threads.create', params: { input } });
    const [message] = (await ada.items(threadId)).data;
    expect(message).toMatchObject({ content: [{ text: 'See ' }, { ...tag, interactive: false }] });
  });

  it.each(['a colleague', 'another organisation', 'another user there'])(
    'is, for %s, as if it had never existed',
    async (stranger) => {
      const secret = await ada.create('Nobody else may read this', page);
      const answerId = secret.items[1]?.id ?? '';
      const before = await ada.thread(secret.threadId);
      const other = { 'a colleague': ben, 'another organisation': clara }[stranger] ?? dan;
      const own = await other.create('Mine');

      const foreign = everyRequestAbout(secret.threadId, answerId);
      const unknown = everyRequestAbout(never(secret.threadId), never(answerId));
      for (const [index, request] of foreign.entries()) {
        const refusal = await other.refusal(request);
        expect([request, refusal.status]).toEqual([request, 404]);
        expect(refusal).toEqual(await other.refusal(unknown[index] ?? {}));
      }
      // an own thread with a foreign item
      const mixed = everyRequestAbout(own.threadId, answerId);
      const missing = everyRequestAbout(own.threadId, never(answerId));
      for (const index of [2, 4, 5, 9, 10]) {
        const refusal = await other.refusal(mixed[index] ?? {});
        expect(refusal.status).toBe(404);
        expect(refusal).toEqual(await other.refusal(missing[index] ?? {}));
      }
      const retry = await other.send(mixed[3] ?? {});
      expect(await retry.text()).not.toContain('Nobody else');
      const seen = (await other.threads({ limit: 100 })).data.map(({ id }) => id);
      expect(seen).not.toContain(secret.threadId);
      expect(await ada.thread(secret.threadId)).toEqual(before);
    },
  );

  it('asks for the answers of everybody at once without mixing them up', async () => {
    const everybody: [ChatClient, string][] = [
      [ada, 'Ada Lindqvist'],
      [ben, 'Ben Okafor'],
      [clara, 'Clara Novak'],
      [dan, 'Dan Sato'],
    ];
    const turns = Array.from({ length: 5 }, () => everybody);
    await Promise.all(
      turns.flat().map(async ([client, name]) => {
        const { answer, threadId, items } = await client.create('Who am I?');
        expect(answer).toContain(name);
        const stored: readonly ThreadItem[] = (await client.items(threadId)).data;
        expect(stored).toEqual(items);
      }),
    );
  });
});
