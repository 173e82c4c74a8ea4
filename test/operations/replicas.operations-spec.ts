import { ChatClient } from '../app/support/chat-client.js';
import { create } from '../app/support/requests.js';
import { AUTH_ENV } from '../app/support/tokens.js';
import { NOTE, PNG, previewUrl, Uploader } from '../attachments/support/uploader.js';
import { Replicas } from './support/replicas.js';

const ada = { tenant: 'aurora', user: 'ada' };

describe.each(['row', 'schema'])('three replicas behind a balancer, with %s isolation', (isolation) => {
  let replicas: Replicas;

  beforeAll(async () => {
    replicas = await Replicas.start({ ...AUTH_ENV, CHATKIT_ISOLATION: isolation });
  });
  afterAll(async () => {
    await replicas?.remove();
  });

  /** The same person at each of the replicas. */
  const everywhere = (): Promise<ChatClient[]> =>
    Promise.all(replicas.urls.map((url) => ChatClient.of(url, ada)));

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
    const { url } = replicas;
    const anna = await Uploader.of({ url, reach: (link) => link }, ada);
    for (let round = 0; round < 3; round += 1) {
      const [image, note] = [await anna.attach(PNG), await anna.attach(NOTE)];
      expect((await fetch(previewUrl(image))).status).toBe(200);
      const { answer } = await anna.send('What is the code word?', [image, note]);
      expect(answer).not.toBe('');
    }
  });

  it('have migrated each schema once, whoever came first', async () => {
    const schemas = await replicas.database.query(
      `SELECT schemaname AS name FROM pg_tables WHERE tablename = 'migrations'`,
    );
    expect(schemas.length).toBeGreaterThan(0);
    for (const { name } of schemas) {
      const twice = await replicas.database.query(
        `SELECT name FROM ${String(name)}.migrations GROUP BY name HAVING count(*) > 1`,
      );
      expect(twice).toEqual([]);
    }
    for (const { output } of await replicas.restartEach()) expect(output).not.toMatch(/\bERROR\b|\bFATAL\b/);
  });
});
