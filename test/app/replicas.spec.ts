import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from './support/chat-client.js';
import { eventually } from './support/eventually.js';
import { create, say } from './support/requests.js';
import { startApp, untilReady, type RunningApp } from './support/running-app.js';

const ada = { tenant: 'aurora', user: 'ada' };

describe.each(['row', 'schema'])('two instances of the application on one database, by %s', (isolation) => {
  let database: TestDatabase;
  let apps: RunningApp[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    const env = {
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ISOLATION: isolation,
      CHATKIT_REPLICAS: '2',
      CHATKIT_OFFLINE_DELAY_MS: '10',
    };
    apps = await Promise.all([startApp(env), startApp(env)]);
    await Promise.all(apps.map(({ url }) => untilReady(url)));
    await eventually('both listen', async () => {
      const [row] = await database.query(
        `SELECT count(*)::int AS number FROM pg_stat_activity
         WHERE application_name = 'chatkit-signals' AND datname = current_database()`,
      );
      return row?.['number'] === 2;
    });
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await database.drop();
  });

  const everywhere = (): Promise<ChatClient[]> => Promise.all(apps.map(({ url }) => ChatClient.of(url, ada)));

  it('show at one the answer that the other gives, and end it for a newer one', async () => {
    const [first, second] = await everywhere();
    if (first === undefined || second === undefined) throw new Error('two instances');
    const stream = first.stream(create('Count to 1000'));
    const begun = await stream.next();
    if (begun.value?.type !== 'thread.created') throw new Error('no thread');
    const { id } = begun.value.thread;
    const rest = (async () => {
      const types: string[] = [];
      for await (const { type } of stream) types.push(type);
      return types;
    })();
    await eventually('the other hears of it', async () => {
      const response = await second.send({ type: 'threads.get_by_id', params: { thread_id: id } });
      await response.text();
      return response.headers.get('chatkit-answering') === 'true';
    });
    let deltas = 0;
    for await (const event of second.stream({ type: 'threads.join', params: { thread_id: id } })) {
      if (event.type === 'thread.item.updated') deltas += 1;
      if (deltas === 5) break;
    }
    expect(deltas).toBe(5);

    const { answer } = await second.turn(say(id, 'Count to 3'));
    expect(answer).toContain('1, 2, 3');
    expect(await rest).not.toContain('error');
    const items = await second.allItems(id);
    expect(items.map(({ type }) => type)).toEqual([
      'user_message',
      'assistant_message',
      'user_message',
      'assistant_message',
    ]);
    expect(JSON.stringify(items[1])).not.toContain('999, 1000');
  });
});
