import { join } from 'node:path';
import { AppProcess, Scratch } from '../app/support/app-process.js';
import { ChatClient } from '../app/support/chat-client.js';
import { create } from '../app/support/requests.js';
import { untilReady } from '../app/support/running-app.js';
import { AUTH_ENV } from '../app/support/tokens.js';
import { NOTE, PNG, previewUrl, Uploader } from '../attachments/support/uploader.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { freePorts, HAProxy } from './support/haproxy.js';

const ada = { tenant: 'aurora', user: 'ada' };

describe.each(['row', 'schema'])('three replicas behind a balancer, with %s isolation', (isolation) => {
  let database: TestDatabase;
  let scratch: Scratch;
  let balancer: HAProxy;
  let replicas: AppProcess[];

  beforeAll(async () => {
    database = await createTestDatabase();
    scratch = await Scratch.make();
    const [front = 0, ...ports] = await freePorts(4);
    const env = {
      ...AUTH_ENV,
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ISOLATION: isolation,
      CHATKIT_ATTACHMENTS_SECRET: 'a secret that all three of the replicas have',
      CHATKIT_ATTACHMENTS_DIR: join(scratch.directory, 'shared'),
      CHATKIT_ATTACHMENTS_DIR_SHARED: 'true',
      CHATKIT_REPLICAS: '3',
      CHATKIT_OFFLINE_DELAY_MS: '5',
      PUBLIC_URL: `http://127.0.0.1:${front}`,
    };
    // all at once, on a database that has nothing yet
    replicas = await Promise.all(
      ports.map((port) => AppProcess.start(scratch.directory, { ...env, PORT: String(port) })),
    );
    await Promise.all(replicas.map(({ url }) => untilReady(url)));
    balancer = await HAProxy.start(ports, front);
    await untilReady(balancer.url);
  });
  afterAll(async () => {
    await balancer?.remove();
    for (const replica of replicas ?? []) await replica.dispose();
    await scratch?.remove();
    await database?.drop();
  });

  /** The same person at each of the replicas. */
  const everywhere = (): Promise<ChatClient[]> =>
    Promise.all(replicas.map(({ url }) => ChatClient.of(url, ada)));

  it('show at each what streams at another, and take its renaming there', async () => {
    const [first, second, third] = await everywhere();
    if (first === undefined || second === undefined || third === undefined) throw new Error('three replicas');
    const stream = first.stream(create('Count to 60'));
    const begun = await stream.next();
    if (begun.value?.type !== 'thread.created') throw new Error('no thread');
    const { id } = begun.value.thread;
    await second.json('threads.update', { thread_id: id, title: 'Named elsewhere' });
    expect((await third.threads()).data.map((thread) => thread.id)).toContain(id);
    for await (const event of stream) expect(event.type).not.toBe('error');
    expect(await third.thread(id)).toMatchObject({ title: 'Named elsewhere' });
    expect((await second.items(id)).data).toHaveLength(2);
  });

  it('go on with a thread of another, answer again, and delete it for all', async () => {
    const [first, second, third] = await everywhere();
    if (first === undefined || second === undefined || third === undefined) throw new Error('three replicas');
    const { threadId, items } = await first.create('Count to 3');
    expect((await second.say(threadId, 'Count to 4')).answer).not.toBe('');
    const [question] = items;
    const again = await third.turn({
      type: 'threads.retry_after_item',
      params: { thread_id: threadId, item_id: question?.id },
    });
    expect(again.answer).not.toBe('');
    expect((await first.items(threadId)).data).toHaveLength(2);
    await second.json('threads.delete', { thread_id: threadId });
    for (const client of [first, second, third]) {
      expect(
        await client.refusal({ type: 'threads.get_by_id', params: { thread_id: threadId } }),
      ).toMatchObject({
        status: 404,
      });
    }
  });

  it('read each other’s uploads from the folder they share', async () => {
    const { url } = balancer;
    const anna = await Uploader.of({ url, reach: (link) => link }, ada);
    for (let round = 0; round < 3; round += 1) {
      const [image, note] = [await anna.attach(PNG), await anna.attach(NOTE)];
      expect((await fetch(previewUrl(image))).status).toBe(200);
      const { answer } = await anna.send('What is the code word?', [image, note]);
      expect(answer).not.toBe('');
    }
  });

  it('have migrated each schema once, whoever came first', async () => {
    const schemas = await database.query(
      `SELECT schemaname AS name FROM pg_tables WHERE tablename = 'migrations'`,
    );
    expect(schemas.length).toBeGreaterThan(0);
    for (const { name } of schemas) {
      const twice = await database.query(
        `SELECT name FROM ${String(name)}.migrations GROUP BY name HAVING count(*) > 1`,
      );
      expect(twice).toEqual([]);
    }
    for (const { output } of replicas) expect(output).not.toMatch(/\bERROR\b|\bFATAL\b/);
  });
});
