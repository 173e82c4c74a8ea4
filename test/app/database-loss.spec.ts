import { createTestDatabase } from '../support/database.js';
import { startProxy } from '../support/postgres-proxy.js';
import { ChatClient } from './support/chat-client.js';
import { Crowd } from './support/crowd.js';
import { eventually } from './support/eventually.js';
import { OwnCluster } from './support/own-cluster.js';
import { create, say } from './support/requests.js';
import { startApp, statusOf, untilReady, type RunningApp } from './support/running-app.js';

const list = { type: 'threads.list', params: {} };

interface Health {
  readonly details: { readonly chatkit: Readonly<Record<string, unknown>> };
}

describe('the loss of the database', () => {
  let cluster: OwnCluster;
  let app: RunningApp;
  let client: ChatClient;

  beforeAll(async () => {
    cluster = await OwnCluster.start();
    await cluster.stop();
    app = await startApp({
      CHATKIT_DATABASE_URL: cluster.url,
      CHATKIT_CONNECT_TIMEOUT: '2000',
      // the losses end when enough was refused, which an answer that waits for the database is not
      CHATKIT_SAVE_WITHIN_MS: '500',
    });
    client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
  });

  afterAll(async () => {
    await app?.close();
    await cluster?.remove();
  });

  const chatkitHealth = async (): Promise<Readonly<Record<string, unknown>>> => {
    const response = await fetch(`${app.url}/health`);
    return ((await response.json()) as Health).details.chatkit;
  };

  it('from before the start leaves everything else served, and says why chat is not', async () => {
    await eventually('the database was missed', async () => (await chatkitHealth())['state'] === 'down');
    expect(await chatkitHealth()).toMatchObject({ status: 'down', reason: 'unreachable' });
    expect(await statusOf(`${app.url}/health`)).toBe(503);
    expect(await statusOf(`${app.url}/health/ready`)).toBe(503);
    expect(await statusOf(`${app.url}/health/live`)).toBe(200);
    expect(await statusOf(`${app.url}/auth/session`)).not.toBe(503);
    for (const request of [list, create('Hello')]) {
      const response = await client.send(request);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.json()).toMatchObject({ error: { code: 'chat_unavailable' } });
    }
    const stranger = await client.refusal(list, { authorization: 'Bearer x' });
    expect(stranger.status).toBe(401);
  });

  it('ends by itself when the database comes', async () => {
    await cluster.startAgain();
    await untilReady(app.url);
    expect(await chatkitHealth()).toMatchObject({ status: 'up', state: 'up' });
    expect((await client.create('Hello')).items).toHaveLength(2);
  });

  it('while idle is noticed, and over when it is back', async () => {
    const { threadId, items } = await client.create('Before');
    await cluster.kill();
    expect(await client.refusal(list)).toMatchObject({ status: 503, code: 'chat_unavailable' });
    await eventually('it is noticed', async () => (await statusOf(`${app.url}/health/ready`)) === 503);
    await cluster.startAgain();
    await untilReady(app.url);
    expect((await client.items(threadId)).data).toEqual(items);
  });

  it('takes nothing that was acknowledged, and keeps nobody waiting, under load', async () => {
    const clients = await Promise.all(
      Array.from({ length: 8 }, async (_, index) =>
        ChatClient.of(app.url, { tenant: `org ${index % 3}`, user: `user ${index}` }),
      ),
    );
    const crowd = new Crowd(clients);
    for (const end of [() => cluster.kill(), () => cluster.stop()]) {
      await crowd.toldMore(40);
      await end();
      await crowd.refusedMore(8);
      await cluster.startAgain();
      await untilReady(app.url);
    }
    await crowd.toldMore(40);
    await crowd.stop();
    expect(crowd.surprises).toEqual([]);
    for (const { told, stored } of await crowd.compare()) expect(stored).toEqual(told);
  });
});

describe('a database that falls silent', () => {
  it('keeps nobody waiting, and is used again when it speaks', async () => {
    const database = await createTestDatabase();
    const proxy = await startProxy(database.url);
    const app = await startApp({
      CHATKIT_DATABASE_URL: proxy.url,
      // so long that a busy machine is not taken for a silent database
      CHATKIT_STATEMENT_TIMEOUT: '2000',
      CHATKIT_LOCK_TIMEOUT: '2000',
      CHATKIT_CONNECT_TIMEOUT: '2000',
    });
    try {
      await untilReady(app.url);
      const client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
      const { threadId, items } = await client.create('Hello');
      proxy.swallow();
      const requests = Array.from(
        { length: 40 },
        (_, index) => [list, create('Hi'), say(threadId, 'Hi')][index % 3],
      );
      const refusals = await Promise.all(requests.map((request) => client.refusal(request ?? list)));
      expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['chat_unavailable']));
      await eventually('it is noticed', async () => (await statusOf(`${app.url}/health/ready`)) === 503);
      proxy.passOn();
      await untilReady(app.url);
      expect((await client.allItems(threadId)).slice(0, 2)).toEqual(items);
    } finally {
      await app.close();
      await proxy.close();
      await database.drop();
    }
  });
});
