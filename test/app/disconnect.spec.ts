import type { AssistantMessageItem, ThreadItem } from '../../src/chatkit/core/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from './support/chat-client.js';
import { eventually } from './support/eventually.js';
import { create, say } from './support/requests.js';
import { startApp, untilReady, type RunningApp } from './support/running-app.js';

const LAST = '200';
const QUESTION = `Count to ${LAST}`;
const ENOUGH = 5;

/** Asks, reads a little of the answer and leaves. */
async function leaveEarly(client: ChatClient, request: object): Promise<{ threadId: string; seen: string }> {
  let threadId = '';
  let seen = '';
  let deltas = 0;
  for await (const event of client.stream(request)) {
    if (event.type === 'thread.item.done') threadId = event.item.thread_id;
    if (event.type !== 'thread.item.updated' || !('delta' in event.update)) continue;
    seen += event.update.delta;
    deltas += 1;
    if (deltas >= ENOUGH) break;
  }
  return { threadId, seen };
}

function textOf(item: ThreadItem | undefined): string {
  return item?.type === 'assistant_message' ? item.content.map(({ text }) => text).join('') : '';
}

describe.each(['cancel', 'complete'] as const)('a client that leaves, under the policy %s', (policy) => {
  let database: TestDatabase;
  let app: RunningApp;
  let client: ChatClient;

  /** The answer in a thread, once it is stored. */
  const stored = (threadId: string): Promise<AssistantMessageItem> =>
    eventually('the answer is stored', async () =>
      (await client.items(threadId)).data.findLast((item) => item.type === 'assistant_message'),
    );

  /** What is stored in a thread and hidden from clients. */
  const hidden = async (threadId: string): Promise<unknown[]> => {
    const rows = await database.query(
      `SELECT data FROM chatkit.items WHERE thread_id = $1 AND type = 'sdk_hidden_context'`,
      [threadId],
    );
    return rows.map(({ data }) => data);
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_DISCONNECT_POLICY: policy,
      CHATKIT_OFFLINE_DELAY_MS: '5',
    });
    await untilReady(app.url);
    client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('finds what it had seen, or all of it, and can go on', async () => {
    const { threadId, seen } = await leaveEarly(client, create(QUESTION));
    const text = textOf(await stored(threadId));
    expect(text.startsWith(seen)).toBe(true);
    expect(text.endsWith(LAST)).toBe(policy === 'complete');
    const notes = await eventually('a note is stored, or none', async () => {
      const found = await hidden(threadId);
      return found.length === (policy === 'cancel' ? 1 : 0) && found;
    });
    const next = await client.say(threadId, 'What did I ask?');
    expect(next.answer).toContain(QUESTION);
    const { items } = await client.thread(threadId);
    expect(items.data.map(({ type }) => type)).toEqual([
      'user_message',
      'assistant_message',
      'user_message',
      'assistant_message',
    ]);
    expect(await hidden(threadId)).toEqual(notes);
  });

  it('again and again in one thread, leaves every message with its answer', async () => {
    const { threadId } = await client.create('Hello');
    for (let round = 0; round < 3; round += 1) {
      await leaveEarly(client, say(threadId, 'Count to 60'));
      await eventually('the answer is stored', async () => {
        const { data } = await client.items(threadId);
        return data.length === 2 * (round + 2) && data.at(-1)?.type === 'assistant_message';
      });
    }
    const { data } = await client.items(threadId);
    expect(new Set(data.map(({ id }) => id)).size).toBe(data.length);
  });

  it('in a crowd, takes nothing from those who stay', async () => {
    const crowd = Array.from({ length: 30 }, async (_, index) => {
      if (index % 2 === 0) return leaveEarly(client, create(QUESTION));
      const { threadId, answer } = await client.create('Count to 20');
      expect(answer.endsWith('20')).toBe(true);
      return { threadId, seen: answer };
    });
    for (const { threadId, seen } of await Promise.all(crowd)) {
      expect(textOf(await stored(threadId)).startsWith(seen)).toBe(true);
    }
  });
});
