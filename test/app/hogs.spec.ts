import { Client } from 'pg';
import { createTestDatabase, type TestDatabase, UNWATCHED } from '../support/database.js';
import { RawClient } from '../http/raw-client.js';
import { ChatClient } from './support/chat-client.js';
import { eventually } from './support/eventually.js';
import { startApp, statusOf, untilReady, type RunningApp } from './support/running-app.js';
import { tokenOf } from './support/tokens.js';

const list = { type: 'threads.list', params: {} };
const BODY = JSON.stringify(list);
const HOG = { tenant: 'aurora', user: 'ada' };
const QUEUE = 200;
/** Far more than the store lets wait. */
const MANY = 2 * QUEUE;

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
    // however long a busy machine takes for all who come at once
    const patience = { CHATKIT_BODY_TIMEOUT_MS: '60000', CHATKIT_CONNECT_TIMEOUT: '60000' };
    const app = await startApp({ CHATKIT_DATABASE_URL: database.url, ...patience, ...env });
    running.push(app);
    await untilReady(app.url);
    return app;
  }

  /** Begins so many requests over as many connections: each lacks the last byte. */
  async function flood({ url }: RunningApp): Promise<RawClient[]> {
    const port = Number(new URL(url).port);
    const clients = await Promise.all(Array.from({ length: MANY }, () => RawClient.connect(port)));
    open.push(...clients);
    const head = [
      'POST /chatkit HTTP/1.1',
      'Host: test',
      `Authorization: Bearer ${await tokenOf(HOG)}`,
      'Content-Type: application/json',
      `Content-Length: ${BODY.length}`,
    ].join('\r\n');
    for (const client of clients) client.send(`${head}\r\n\r\n${BODY.slice(0, -1)}`);
    return clients;
  }

  it('that user is told so, and everybody else is answered', async () => {
    const app = await start();
    const clients = await flood(app);
    const refused = (): RawClient[] => clients.filter(({ text }) => text.includes('}'));
    await eventually('all but fifty are refused', () => refused().length === MANY - 50);
    expect(await statusesOfOthers(app)).toEqual(new Set([200]));
    expect(await statusesOf(refused())).toEqual(new Set(['429']));
    expect(refused()[0]?.text).toMatch(/retry-after: 2[^]*"code":"too_many_requests"/i);
    expect(refused()[0]?.text).toContain('No more than 50 requests of one user');
    const admitted = clients.filter(({ text }) => text === '');
    for (const client of admitted) client.send(BODY.slice(-1));
    expect(await statusesOf(admitted)).toEqual(new Set(['200']));
  });

  it('what goes on without its client counts until it is done', async () => {
    const app = await start({
      CHATKIT_MAX_REQUESTS_PER_USER: '1',
      CHATKIT_STATEMENT_TIMEOUT: '60000',
      CHATKIT_LOCK_TIMEOUT: '60000',
    });
    const headers = {
      authorization: `Bearer ${await tokenOf(HOG, { roles: ['admin'] })}`,
      'content-type': 'application/json',
    };
    const url = `${app.url}/chatkit/admin/organisation`;
    const ask = async (): Promise<number> => (await fetch(url, { headers })).status;
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    try {
      await blocker.query('BEGIN; LOCK TABLE chatkit.tenant_settings IN SHARE MODE');
      const leaving = new AbortController();
      const change = { method: 'PUT', headers, body: '{"instructions":"Be brief."}', signal: leaving.signal };
      const left = fetch(url, change).catch(() => 'left');
      await eventually('it waits for the table', async () => (await locksAwaited(database)) === 1);
      leaving.abort();
      expect(await left).toBe('left');
      // the server hears of its leaving in between
      for (let count = 0; count < 20; count += 1) expect(await ask()).toBe(429);
      await blocker.query('COMMIT');
      await eventually('it is done', async () => (await ask()) === 200);
    } finally {
      await blocker.end();
    }
  });

  it('the line for the database has places for others, however many requests may be under way', async () => {
    const app = await start({
      ...UNWATCHED,
      CHATKIT_POOL_QUEUE_MAX: String(QUEUE),
      CHATKIT_MAX_REQUESTS_PER_USER: '10000',
      CHATKIT_MAX_REQUESTS_PER_TENANT: '10000',
      CHATKIT_STATEMENT_TIMEOUT: '60000',
      CHATKIT_LOCK_TIMEOUT: '60000',
    });
    const clients = await flood(app);
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    try {
      await blocker.query('BEGIN; LOCK TABLE chatkit.threads IN ACCESS EXCLUSIVE MODE');
      for (const client of clients) client.send(BODY.slice(-1));
      const refused = (): number => clients.filter(({ text }) => text.includes('}')).length;
      // ten have a connection, and half of the line is theirs
      await eventually('all who find no place are refused', () => refused() === MANY - 10 - QUEUE / 2);
      const others = statusesOfOthers(app);
      await eventually('the others wait', async () => (await waitingIn(app)) === QUEUE / 2 + 40);
      expect(await statusOf(`${app.url}/health/ready`)).toBe(200);
      await blocker.query('COMMIT');
      expect(await others).toEqual(new Set([200]));
      expect(await statusesOf(clients)).toEqual(new Set(['200', '503']));
    } finally {
      await blocker.end();
    }
  });
});

async function locksAwaited({ query }: TestDatabase): Promise<number> {
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return (await query(waiting)).length;
}

async function statusesOf(clients: readonly RawClient[]): Promise<Set<string>> {
  const answers = await Promise.all(clients.map((client) => client.until((text) => text.includes('}'))));
  return new Set(answers.map((text) => text.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)));
}

async function statusesOfOthers({ url }: RunningApp): Promise<Set<number>> {
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
}

/** How many operations wait for a connection. */
async function waitingIn({ url }: RunningApp): Promise<number> {
  const { details } = (await (await fetch(`${url}/health`)).json()) as {
    details: { chatkit: { pool: { waiting: number } } };
  };
  return details.chatkit.pool.waiting;
}
