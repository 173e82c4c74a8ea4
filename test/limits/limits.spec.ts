import { Client } from 'pg';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { AdminClient } from '../admin/support/admin-client.js';
import { answered } from '../agents/support/answered.js';
import { ModelServer } from '../agents/support/model-server.js';
import { ChatClient } from '../app/support/chat-client.js';
import { eventually } from '../app/support/eventually.js';
import { create } from '../app/support/requests.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { tokenOf } from '../app/support/tokens.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const LIST = { type: 'threads.list', params: {} };
const ADMIN = { roles: ['admin'] };
const USED_UP = 'used up what';

/** Each test has applications of its own, which count from nothing: organisations, whose tables take long to make, are shared. */
describe.each(['row', 'schema'])('limits, with isolation by %s', (isolation) => {
  let database: TestDatabase;
  const apps: RunningApp[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });
  afterAll(() => database.drop());

  async function start(env: NodeJS.ProcessEnv): Promise<RunningApp> {
    const app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ISOLATION: isolation,
      ...env,
    });
    apps.push(app);
    await untilReady(app.url);
    return app;
  }

  it('say with each answer how much of them is left, and refuse what goes beyond for one user alone', async () => {
    const app = await start({ CHATKIT_LIMIT_USER_REQUESTS: '3', CHATKIT_LIMIT_TENANT_REQUESTS: '100' });
    const ada = await ChatClient.of(app.url, { tenant: 'one', user: 'ada' });
    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push(await ada.send(LIST));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const [first, , third, refused] = answers;
    expect(first?.headers.get('ratelimit-policy')).toBe('"user";q=3;w=60, "tenant";q=100;w=60');
    expect(first?.headers.get('ratelimit')).toMatch(/^"user";r=2;t=\d+, "tenant";r=99;t=\d+$/);
    expect(third?.headers.get('ratelimit')).toMatch(/^"user";r=0;/);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.headers.get('ratelimit')).toMatch(/^"user";r=0;/);
    expect(await refused?.json()).toMatchObject({
      error: { code: 'rate_limited', message: 'No more than 3 requests of one user a minute' },
    });
    const ben = await ChatClient.of(app.url, { tenant: 'one', user: 'ben' });
    expect((await ben.send(LIST)).status).toBe(200);
  });

  it('bound an organisation as a whole, and leave others alone', async () => {
    const app = await start({ CHATKIT_LIMIT_TENANT_REQUESTS: '2' });
    const statuses = [];
    for (const user of ['a', 'b', 'c']) {
      const client = await ChatClient.of(app.url, { tenant: 'two', user });
      statuses.push((await client.send(LIST)).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    const other = await ChatClient.of(app.url, { tenant: 'one', user: 'a' });
    expect((await other.send(LIST)).status).toBe(200);
  });

  it('tell administrators what of them is used at this moment', async () => {
    const limited = { CHATKIT_LIMIT_USER_REQUESTS: '50', CHATKIT_LIMIT_TENANT_STREAMS: '9' };
    const app = await start({ ...limited, CHATKIT_OFFLINE_BENCH: 'true', CHATKIT_OFFLINE_DELAY_MS: '0' });
    const boss = await AdminClient.of(app.url, { tenant: 'three', user: 'boss' });
    const used = async () => {
      const { data } = (await boss.get('limits')).body as { data: { name: string; used: number | null }[] };
      return Object.fromEntries(data.map(({ name, used: count }) => [name, count]));
    };
    const ada = await ChatClient.of(app.url, { tenant: 'three', user: 'ada' });
    const answering = await ada.send(create('bench deltas=1000 delay=100'));
    expect(await used()).toMatchObject({
      userRequests: 1,
      tenantRequests: null,
      userStreams: 0,
      tenantStreams: 1,
    });
    await answering.body?.cancel();
    await eventually('the stream is over', async () => (await used()).tenantStreams === 0);
    expect((await used()).userRequests).toBeGreaterThan(2);
  });

  it('are counted by all instances together where the database counts', async () => {
    const env = { CHATKIT_LIMIT_USER_REQUESTS: '5', CHATKIT_LIMITS_STORAGE: 'postgres' };
    const clients = await Promise.all(
      (await Promise.all([start(env), start(env)])).map(({ url }) =>
        ChatClient.of(url, { tenant: 'one', user: 'ada' }),
      ),
    );
    const sent = await Promise.all(
      clients.flatMap((client) => Array.from({ length: 5 }, () => client.send(LIST))),
    );
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(sent.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  it('are no longer counted in the database for whoever has left', async () => {
    const app = await start({ CHATKIT_STATEMENT_TIMEOUT: '60000', CHATKIT_LOCK_TIMEOUT: '60000' });
    const headers = { authorization: `Bearer ${await tokenOf({ tenant: 'one', user: 'boss' }, ADMIN)}` };
    const ask = (signal: AbortSignal | null) =>
      fetch(`${app.url}/chatkit/admin/limits`, { headers, signal }).then(({ status }) => status);
    expect(await ask(null)).toBe(200);
    const schema = isolation === 'row' ? 'chatkit' : tenantSchema('chatkit', 'one');
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    try {
      await blocker.query(`BEGIN; LOCK TABLE ${schema}.usage IN ACCESS EXCLUSIVE MODE`);
      const leaving = new AbortController();
      const asked = ask(leaving.signal).catch(() => 'left');
      await eventually('it waits', async () => (await database.query(waiting)).length === 1);
      leaving.abort();
      expect(await asked).toBe('left');
      await eventually('nothing waits', async () => (await database.query(waiting)).length === 0);
    } finally {
      await blocker.end();
    }
  });

  it('set by operators for one organisation come before those of the configuration', async () => {
    const app = await start({ CHATKIT_LIMIT_USER_REQUESTS: '100', CHATKIT_LIMITS_PER_TENANT: 'true' });
    const unbound = await ChatClient.of(app.url, { tenant: 'one', user: 'ada' });
    expect((await unbound.send(LIST)).headers.get('ratelimit-policy')).toBe('"user";q=100;w=60');
    await database.query(
      `INSERT INTO chatkit.tenants (tenant_id, isolation, settings)
       VALUES ('six', '${isolation}', '{"limits":{"userRequests":1}}')`,
    );
    const bound = await ChatClient.of(app.url, { tenant: 'six', user: 'ada' });
    expect((await bound.send(LIST)).headers.get('ratelimit-policy')).toBe('"user";q=1;w=60');
    expect((await bound.send(LIST)).status).toBe(429);
  });

  it('of tokens end the answers of a day, by a notice, and keep the question', async () => {
    await using model = await ModelServer.start([answered, answered]);
    const app = await start({
      CHATKIT_LIMIT_TENANT_TOKENS_DAY: '1',
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: model.url,
      CHATKIT_TITLES: 'words',
    });
    const ada = await ChatClient.of(app.url, { tenant: 'two', user: 'ada' });
    const first = await (await ada.send(create('One?'))).text();
    expect(first).not.toContain(USED_UP);
    const boss = await AdminClient.of(app.url, { tenant: 'two', user: 'boss' });
    await eventually('the use is known', async () => {
      const { body } = await boss.get('limits');
      return (body as { data: { name: string; used: number | null }[] }).data.some(
        ({ name, used }) => name === 'tenantTokensDay' && (used ?? 0) > 0,
      );
    });
    const second = await (await ada.send(create('Two?'))).text();
    expect(second).toContain('"type":"notice","level":"warning"');
    expect(second).toContain(USED_UP);
    const threads = await (await ada.send(LIST)).json();
    expect((threads as { data: unknown[] }).data).toHaveLength(2);
    const other = await ChatClient.of(app.url, { tenant: 'one', user: 'ada' });
    expect(await (await other.send(create('Three?'))).text()).not.toContain(USED_UP);
  });
});
