import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../support/free-port.js';
import { Admin } from '../documents/support/admin.js';
import { AppProcess, Scratch } from './support/app-process.js';
import { ChatClient } from './support/chat-client.js';
import { Crowd } from './support/crowd.js';
import { eventually } from './support/eventually.js';
import { create } from './support/requests.js';
import { untilReady } from './support/running-app.js';
import { AUTH_ENV } from './support/tokens.js';

const ada = { tenant: 'aurora', user: 'ada' };

describe('a process with an embedded database', () => {
  let scratch: Scratch;
  let app: AppProcess;
  let env: Readonly<Record<string, string>>;

  const start = async (extra: Record<string, string> = {}): Promise<ChatClient> => {
    await app?.dispose();
    app = await AppProcess.start(scratch.directory, { ...env, ...extra });
    await untilReady(app.url);
    return ChatClient.of(app.url, ada);
  };

  /** As the test before has left it, else a new one. */
  const running = async (): Promise<ChatClient> => (app?.isRunning ? ChatClient.of(app.url, ada) : start());

  beforeAll(async () => {
    scratch = await Scratch.withData();
    env = { ...AUTH_ENV, PORT: String(await freePort()) };
  });

  afterAll(async () => {
    await app?.dispose();
    await scratch?.remove();
  });

  it('ends in order when asked to: streams finish or are stored, the database stops, code 0', async () => {
    const slow = { CHATKIT_OFFLINE_DELAY_MS: '5', CHATKIT_DRAIN_TIMEOUT_MS: '3000' };
    const client = await start(slow);
    const postgres = await scratch.postgres();
    expect(postgres).toBeDefined();
    const short = client.stream(create('Count to 10'));
    const long = client.stream(create('Count to 1000'));
    const crowd = await crowdAt(app.url);
    await crowd.toldMore(20);
    const [first, other] = [await short.next(), await long.next()];
    expect([first.value?.type, other.value?.type]).toEqual(['thread.created', 'thread.created']);
    const ending = app.end('SIGTERM');
    const rest = await Promise.all([collect(short), collect(long)]);
    const end = await ending;
    await crowd.stop();
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(await scratch.postgres()).toBeUndefined();
    expect(end.output).not.toMatch(/\bERROR\b|\bFATAL\b|Unhandled/);
    expect(end.output).not.toMatch(/Count to|Round|eyJ/);

    const again = await start();
    const texts = await Promise.all(
      rest.map(async (events) => {
        const done = events.find((event) => event.type === 'thread.item.done');
        const items = await again.allItems(done?.item.thread_id ?? '');
        expect(items.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
        return JSON.stringify(items[1]);
      }),
    );
    for (const { told, stored } of await crowd.compare()) expect(stored).toEqual(told);
    expect(texts[0]).toContain('8, 9, 10');
    expect(texts[1]).toContain('1, 2, 3');
  });

  it('killed under load comes back with everything it acknowledged', async () => {
    let client = await running();
    const { threadId } = await client.create('Before the end');
    const before = await client.thread(threadId);
    const crowd = await crowdAt(app.url);
    await crowd.toldMore(40);
    expect((await app.end('SIGKILL')).signal).toBe('SIGKILL');
    await crowd.stop();
    client = await start();
    expect(await client.thread(threadId)).toEqual(before);
    for (const { told, stored } of await crowd.compare()) expect(stored).toEqual(told);
  });

  it('killed together with its database starts over a stale lock', async () => {
    let client = await running();
    const { threadId, items } = await client.create('Before the end');
    const postgres = await scratch.postgres();
    await app.end('SIGKILL');
    process.kill(postgres ?? 0, 'SIGKILL');
    await eventually('both are gone', async () => (await scratch.postgres()) === undefined);
    // a lock that names a process which is there and has nothing to do with it
    const lock = join(scratch.directory, '.data/postgres/postmaster.pid');
    await writeFile(lock, `${process.pid}\n${scratch.directory}/.data/postgres\n1\n5432\n\n\n\nready\n`);
    client = await start();
    expect(await client.allItems(threadId)).toEqual(items);
    expect((await client.say(threadId, 'What did I ask?')).answer).toContain('Before the end');
  });

  it('finds the files that lie beside its modules: what reads documents, and templates of widgets', async () => {
    await running();
    const client = await ChatClient.of(app.url, { tenant: 'org_aurora', user: 'ada' });
    const { items } = await client.create('Show my bookings');
    expect(items.find(({ type }) => type === 'widget')).toMatchObject({ widget: { type: 'ListView' } });
    const admin = await Admin.of(app.url, { tenant: 'org_aurora', user: 'ada' });
    const answer = await admin.upload('kites.html', '<h1>Kites</h1><p>Kites fly on Sundays.');
    expect(answer).toMatchObject({ status: 201 });
    expect((await client.create('When do kites fly?')).answer).toContain('Kites fly on Sundays');
  });

  it('brings its database up again when that is killed', async () => {
    const client = await running();
    const { threadId, items } = await client.create('Before the end');
    const postgres = await scratch.postgres();
    process.kill(postgres ?? 0, 'SIGKILL');
    await eventually(
      'another one runs',
      async () => ![undefined, postgres].includes(await scratch.postgres()),
    );
    await untilReady(app.url);
    expect(await client.allItems(threadId)).toEqual(items);
    await app.says('The chat database is gone');
    const { code, output } = await app.end('SIGTERM');
    expect(code).toBe(0);
    expect(await scratch.postgres()).toBeUndefined();
    expect(output).not.toMatch(/\bERROR\b|Before the end|password|eyJ/);
  });
});

/** Several members of two organisations who talk without pause. */
async function crowdAt(url: string): Promise<Crowd> {
  const people = [1, 2, 3, 4, 5, 6].map((n) => ({ tenant: `org ${n % 2}`, user: `user ${n}` }));
  return new Crowd(await Promise.all(people.map((person) => ChatClient.of(url, person))));
}

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}
