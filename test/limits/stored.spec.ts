import { AdminClient } from '../admin/support/admin-client.js';
import { ChatClient } from '../app/support/chat-client.js';
import { create } from '../app/support/requests.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { refusalOf, Uploader } from '../attachments/support/uploader.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { makeScratch } from '../support/scratch.js';

const LEAST = 4096;
const note = (bytes: number) => ({ name: 'note.txt', type: 'text/plain', content: 'x'.repeat(bytes) });

const uploader = ({ url }: RunningApp, tenant: string, user: string) =>
  Uploader.of({ url, reach: (link) => link.replace(/^[^/]*\/\/[^/]*/, url) }, { tenant, user });
const usedOf = async ({ url }: RunningApp, tenant: string, user: string) => {
  const boss = await AdminClient.of(url, { tenant, user });
  const { data } = (await boss.get('limits')).body as { data: { name: string; used: number | null }[] };
  return Object.fromEntries(data.map(({ name, used }) => [name, used]));
};

describe.each(['row', 'schema'])('Limits of what is stored, with isolation by %s', (isolation) => {
  let database: TestDatabase;
  const apps: RunningApp[] = [];
  /** Bound by what a user has, and by what an organisation has. */
  let ofUsers: RunningApp;
  let ofTenants: RunningApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    ofUsers = await start({
      CHATKIT_LIMIT_USER_THREADS: '2',
      CHATKIT_LIMIT_USER_FILE_BYTES: String(10 * LEAST),
    });
    ofTenants = await start({
      CHATKIT_LIMIT_TENANT_THREADS: '5',
      CHATKIT_LIMIT_TENANT_FILE_BYTES: String(10 * LEAST),
    });
  });
  afterAll(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await database.drop();
  });

  async function start(env: NodeJS.ProcessEnv): Promise<RunningApp> {
    const app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ISOLATION: isolation,
      CHATKIT_DATA_DIR: await makeScratch(),
      ...env,
    });
    apps.push(app);
    await untilReady(app.url);
    return app;
  }

  it('refuse the conversation that would be one too many of a user, until another is deleted', async () => {
    const ada = await ChatClient.of(ofUsers.url, { tenant: 'one', user: 'ada' });
    const first = await ada.create('One?');
    await ada.create('Two?');
    const refused = await refusalOf(await ada.send(create('Three?')));
    expect(refused).toEqual({
      status: 403,
      code: 'limit_reached',
      message: 'No more than 2 conversations of one user; delete some first',
    });
    expect((await ada.threads()).data).toHaveLength(2);
    await ada.say(first.threadId, 'Still there?');
    await (await ChatClient.of(ofUsers.url, { tenant: 'one', user: 'ben' })).create('Mine?');
    expect(await usedOf(ofUsers, 'one', 'ada')).toMatchObject({ userThreads: 2, tenantThreads: null });
    await ada.json('threads.delete', { thread_id: first.threadId });
    await ada.create('Three?');
    expect((await ada.send(create('Four?'))).status).toBe(403);
  });

  it('hold for an organisation, whose members do not see each other’s, however many begin at once', async () => {
    const clients = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        ChatClient.of(ofTenants.url, { tenant: 'two', user: `user ${index % 4}` }),
      ),
    );
    const answers = await Promise.all(clients.map((client) => client.send(create('Me first!'))));
    await Promise.all(answers.map((answer) => answer.text()));
    const withStatus = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    expect([withStatus(200), withStatus(403)]).toEqual([5, 7]);
    expect(await usedOf(ofTenants, 'two', 'boss')).toMatchObject({ userThreads: null, tenantThreads: 5 });
    await (await ChatClient.of(ofTenants.url, { tenant: 'three', user: 'ada' })).create('And we?');
  });

  it('refuse a file for which a user has no room, before and after it was announced', async () => {
    const cleo = await uploader(ofUsers, 'one', 'cleo');
    const refusal = {
      status: 413,
      code: 'payload_too_large',
      message: `file: No more than ${10 * LEAST} bytes of files of one user; delete some first`,
    };
    expect((await cleo.direct(note(6 * LEAST))).status).toBe(200);
    const small = await cleo.announce(note(1));
    expect(await refusalOf(await cleo.direct(note(5 * LEAST)))).toEqual(refusal);
    const announced = { type: 'attachments.create', params: { name: 'a.txt', mime_type: 'text/plain' } };
    const params = { ...announced.params, size: 5 * LEAST };
    expect(await refusalOf(await cleo.chat.send({ ...announced, params }))).toEqual(refusal);
    // who announced a byte and sends more
    expect(await refusalOf(await cleo.upload(small, note(5 * LEAST)))).toEqual(refusal);
    expect((await cleo.upload(small, note(2 * LEAST))).status).toBe(200);
    expect(await usedOf(ofUsers, 'one', 'cleo')).toMatchObject({ userFileBytes: 8 * LEAST });
    expect((await (await uploader(ofUsers, 'one', 'dora')).direct(note(9 * LEAST))).status).toBe(200);
  });

  it('give room back with a conversation that is deleted', async () => {
    const emil = await uploader(ofUsers, 'one', 'emil');
    const turn = await emil.send('Look', [await emil.attach(note(9 * LEAST))]);
    expect((await emil.direct(note(2 * LEAST))).status).toBe(413);
    await emil.chat.json('threads.delete', { thread_id: turn.threadId });
    expect((await emil.direct(note(2 * LEAST))).status).toBe(200);
  });

  it('count the attachments and documents of an organisation together', async () => {
    const boss = await AdminClient.of(ofTenants.url, { tenant: 'two', user: 'boss' });
    const ada = await uploader(ofTenants, 'two', 'ada');
    expect((await ada.direct(note(4 * LEAST))).status).toBe(200);
    expect((await boss.upload('documents', 'a.txt', 'Be kind. '.repeat(2000))).status).toBe(201);
    expect(await usedOf(ofTenants, 'two', 'boss')).toMatchObject({
      userFileBytes: null,
      tenantFileBytes: 4 * LEAST + 18_000,
    });
    expect((await boss.upload('documents', 'a.txt', 'Be kind. '.repeat(2500))).status).toBe(201);
    const refused = await boss.upload('documents', 'b.txt', 'Be kind. '.repeat(2000));
    expect(refused).toMatchObject({ status: 413, body: { error: { code: 'payload_too_large' } } });
    expect((await ada.direct(note(2 * LEAST))).status).toBe(413);
    expect((await (await uploader(ofTenants, 'three', 'ada')).direct(note(9 * LEAST))).status).toBe(200);
  });

  it('bound the answers of an organisation at once as operators say', async () => {
    const app = await start({
      CHATKIT_LIMIT_TENANT_STREAMS: '1',
      CHATKIT_OFFLINE_DELAY_MS: '1000',
    });
    const ada = await ChatClient.of(app.url, { tenant: 'one', user: 'ada' });
    const ben = await ChatClient.of(app.url, { tenant: 'one', user: 'ben' });
    const leaving = new AbortController();
    const open = await ada.send(create('Tell me all'), {}, leaving.signal);
    expect(await refusalOf(await ben.send(create('And me')))).toEqual({
      status: 429,
      code: 'too_many_streams',
      message: 'No more than 1 answers of one organisation are written at the same time',
    });
    const other = await ChatClient.of(app.url, { tenant: 'three', user: 'ben' });
    expect((await other.send(create('And me'), {}, leaving.signal)).status).toBe(200);
    leaving.abort();
    await open.body?.cancel().catch(() => undefined);
  });
});
