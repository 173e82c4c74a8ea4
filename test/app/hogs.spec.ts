import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { RawClient } from '../http/raw-client.js';
import { ChatClient } from './support/chat-client.js';
import { startApp, untilReady, type RunningApp } from './support/running-app.js';
import { tokenOf } from './support/tokens.js';

const list = { type: 'threads.list', params: {} };
const HOG = { tenant: 'aurora', user: 'ada' };
/** Far more than the store lets wait. */
const MANY = 1500;

describe('while one user asks for more than there is', () => {
  let database: TestDatabase;
  const open: RawClient[] = [];
  const running: RunningApp[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const client of open.splice(0)) client.leave();
    for (const app of running.splice(0)) await app.close();
  });
  afterAll(() => database?.drop());

  async function start(env: NodeJS.ProcessEnv = {}): Promise<RunningApp> {
    const app = await startApp({ CHATKIT_DATABASE_URL: database.url, ...env });
    running.push(app);
    await untilReady(app.url);
    return app;
  }

  /** Sends so many requests over as many connections; the answers come to whoever waits for them. */
  async function flood({ url }: RunningApp): Promise<RawClient[]> {
    const port = Number(new URL(url).port);
    const clients = await Promise.all(Array.from({ length: MANY }, () => RawClient.connect(port)));
    open.push(...clients);
    const body = JSON.stringify(list);
    const head = [
      'POST /chatkit HTTP/1.1',
      'Host: test',
      `Authorization: Bearer ${await tokenOf(HOG)}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ].join('\r\n');
    for (const client of clients) client.send(`${head}\r\n\r\n${body}`);
    return clients;
  }

  const statusesOf = async (clients: readonly RawClient[]): Promise<Set<string>> => {
    const answers = await Promise.all(clients.map((client) => client.until((text) => text.includes('}'))));
    return new Set(answers.map((text) => text.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)));
  };

  const statusesOfOthers = async ({ url }: RunningApp): Promise<Set<number>> => {
    const people = [
      { tenant: 'borealis', user: 'bea' },
      { tenant: 'aurora', user: 'abe' },
    ];
    const others = await Promise.all(people.map((person) => ChatClient.of(url, person)));
    const asked = Array.from({ length: 40 }, (_, index) => others[index % others.length]?.send(list));
    const statuses = await Promise.all(
      asked.map(async (answer) => {
        const response = await answer;
        await response?.text();
        return response?.status ?? 0;
      }),
    );
    return new Set(statuses);
  };

  it('that user is told so, and everybody else is answered', async () => {
    const app = await start();
    const clients = await flood(app);
    expect(await statusesOfOthers(app)).toEqual(new Set([200]));
    expect(await statusesOf(clients)).toEqual(new Set(['200', '429']));
    const refused = clients.find(({ text }) => text.startsWith('HTTP/1.1 429'))?.text;
    expect(refused).toMatch(/retry-after: 2[^]*"code":"too_many_requests"/i);
    expect(refused).toContain('No more than 50 requests of one user');
  });

  it('the line for the database has places for others, however many requests may be under way', async () => {
    const app = await start({
      CHATKIT_MAX_REQUESTS_PER_USER: '10000',
      CHATKIT_MAX_REQUESTS_PER_TENANT: '10000',
      CHATKIT_POOL_MIN: '1',
      CHATKIT_POOL_MAX: '1',
    });
    const clients = await flood(app);
    expect(await statusesOfOthers(app)).toEqual(new Set([200]));
    expect(await statusesOf(clients)).toEqual(new Set(['200', '503']));
  });
});
