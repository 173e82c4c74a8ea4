import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '../../src/chatkit/core/index.js';
import { asStartError } from '../../src/app/start-error.js';
import { TestBrowser } from '../auth/support/browser.js';
import { list } from '../http/requests.js';
import { freePort } from '../support/free-port.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { AppProcess, Scratch, type End } from './support/app-process.js';
import { ChatClient } from './support/chat-client.js';
import { eventually } from './support/eventually.js';
import { create } from './support/requests.js';
import { startApp, statusOf, untilReady } from './support/running-app.js';
import { AUTH_ENV } from './support/tokens.js';

const ada = { tenant: 'aurora', user: 'ada' };
const production = { NODE_ENV: 'production' };

describe('the start of a process', () => {
  let scratch: Scratch;
  const running: AppProcess[] = [];

  beforeAll(async () => {
    scratch = await Scratch.make();
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.dispose()));
  });

  afterAll(async () => {
    await scratch?.remove();
  });

  const failing = async (env: Record<string, string>): Promise<End> => {
    const app = AppProcess.spawn(scratch.directory, env);
    running.push(app);
    const end = await app.ended();
    expect(end.code).toBe(1);
    // for people to read: no trace of where in the program it was found
    expect(end.output).not.toMatch(/^\s+at /m);
    return end;
  };

  const begin = async (env: Record<string, string>): Promise<AppProcess> =>
    AppProcess.start(scratch.directory, { PORT: String(await freePort()), ...env });

  const start = async (env: Record<string, string>): Promise<AppProcess> => {
    const app = await begin(env);
    running.push(app);
    return app;
  };

  it('is refused in production while nobody says where identities come from', async () => {
    const { output } = await failing({ ...production, PORT: String(await freePort()) });
    for (const name of ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URI', 'AUTH_JWT_SECRET']) {
      expect(output).toContain(name);
    }
  });

  it.each([undefined, 'prod'])('is refused without an issuer where NODE_ENV is %s', async (NODE_ENV) => {
    const { output } = await failing({ ...(NODE_ENV && { NODE_ENV }), PORT: String(await freePort()) });
    expect(output).toContain(NODE_ENV === undefined ? 'AUTH_DEV_PROVIDER' : 'NODE_ENV must be one of');
  });

  it('is refused by the names of all variables that are malformed, and by none of their values', async () => {
    const wrong = {
      PORT: 'http',
      AUTH_ISSUER: 'nowhere',
      AUTH_JWT_SECRET: 'short and secret',
      CHATKIT_DATABASE_URL: 'mysql://root:hunter2@localhost/db',
      CHATKIT_DATABASE_SCHEMA: 'Robert"); DROP TABLE',
      CHATKIT_ISOLATION: 'none',
      CHATKIT_POOL_MIN: '-1',
      CHATKIT_POOL_MAX: '1e9',
      CHATKIT_HISTORY_LIMIT: 'all',
      CHATKIT_HISTORY_MODE: 'both',
      CHATKIT_DISCONNECT_POLICY: 'shrug',
      CHATKIT_MODEL: 'a model',
      OPENAI_BASE_URL: 'example',
    };
    const { output } = await failing(wrong);
    for (const name of Object.keys(wrong).filter((name) => name !== 'AUTH_JWT_SECRET')) {
      expect(output).toContain(name);
    }
    expect(output).not.toMatch(/hunter2|short and secret|Robert/);
  });

  it('in production without a database serves everything but chat, and says so', async () => {
    const app = await start({ ...production, ...AUTH_ENV });
    const health = await fetch(`${app.url}/health`);
    expect(await health.json()).toMatchObject({
      details: { chatkit: { state: 'disabled', reason: 'not_configured' } },
    });
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    const client = await ChatClient.of(app.url, ada);
    expect(await client.refusal(list)).toMatchObject({ status: 503, code: 'chat_unavailable' });
    expect((await client.send(list)).headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await scratch.postgres()).toBeUndefined();
    expect((await app.end('SIGTERM')).code).toBe(0);
  });

  it('on a port that is taken says so and ends', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    try {
      const { output } = await failing({ ...AUTH_ENV, PORT: String(port) });
      expect(output).toContain(`Port ${port} is in use`);
      expect(await scratch.postgres()).toBeUndefined();
    } finally {
      taken.close();
    }
  });

  it('on an address that is not its own says so, as of a port that is taken', async () => {
    const server = createServer();
    const failed = new Promise<Error>((resolve) => server.once('error', resolve));
    server.listen(0, '192.0.2.1');
    // Node's own errors are of another class than those within Jest
    const error = Object.assign(new Error('listen'), await failed);
    expect(asStartError(error, 3000)).toMatchObject({
      name: 'StartError',
      message: 'Port 3000 cannot be had at this address: set HOST to an address of this computer',
    });
  });

  describe('of two on one empty database', () => {
    let database: TestDatabase;
    let apps: readonly AppProcess[] = [];

    beforeAll(async () => {
      database = await createEmptyDatabase();
      const env = { ...AUTH_ENV, CHATKIT_DATABASE_URL: database.url };
      apps = await Promise.all([begin(env), begin({ ...env, HOST: '0.0.0.0' })]);
      await Promise.all(apps.map((app) => untilReady(app.url)));
    });

    afterAll(async () => {
      await Promise.all(apps.map((app) => app.dispose()));
      await database?.drop();
    });

    it('in development is heard on this computer alone, unless HOST says otherwise', async () => {
      // the whole of 127.0.0.0/8 is this computer, but only one address of it is the usual one
      const elsewhere = apps.map(({ url }) => `${url.replace('localhost', '127.0.0.2')}/health/live`);
      expect(await Promise.all(elsewhere.map((url) => statusOf(url)))).toEqual([0, 200]);
    });

    it('migrates it once', async () => {
      expect(await migratedOnce(database, apps)).toHaveLength(1);
      for (const app of apps) expect((await app.end('SIGTERM')).code).toBe(0);
    });
  });

  it('of two on one empty database migrates it once where tenants have schemas, and theirs as well', async () => {
    const database = await createEmptyDatabase();
    const env = { CHATKIT_DATABASE_URL: database.url, CHATKIT_ISOLATION: 'schema' };
    const apps = await Promise.all([startApp(env), startApp(env)]);
    try {
      await Promise.all(apps.map((app) => untilReady(app.url)));
      expect(await migratedOnce(database, apps)).toHaveLength(2);
    } finally {
      await Promise.all(apps.map((app) => app.close()));
      await database.drop();
    }
  });

  it('of two in one folder shares the embedded database and who is signed in, whichever ends first', async () => {
    const [PORT, other] = [String(await freePort()), String(await freePort())];
    const development = { NODE_ENV: 'development', PUBLIC_URL: `http://localhost:${PORT}` };
    const apps = await Promise.all([start({ ...development, PORT }), start({ ...development, PORT: other })]);
    await Promise.all(apps.map((app) => untilReady(app.url)));
    const browser = new TestBrowser();
    // at one of the two: the other has only the folder to know it from, as one that is started again
    await browser.signIn(development.PUBLIC_URL, 'user_ada', '/health/live');
    const ask = (app: AppProcess | undefined, request: object): Promise<Response> =>
      browser.send(`${app?.url}/chatkit`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: development.PUBLIC_URL },
        body: JSON.stringify(request),
      });
    expect(await (await ask(apps[0], create('Who am I?'))).text()).toContain('Ada Lindqvist');
    const page = async (
      app: AppProcess | undefined,
      request: object,
    ): Promise<Page<{ readonly id: string }>> =>
      (await (await ask(app, request)).json()) as Page<{ readonly id: string }>;
    const [thread] = (await page(apps[1], list)).data;
    const items = { type: 'items.list', params: { thread_id: thread?.id } };
    const told = await page(apps[0], items);
    expect(told.data).toHaveLength(2);
    expect(await page(apps[1], items)).toEqual(told);
    // one of the two started the database, and takes it along
    const owner = await readFile(join(scratch.directory, '.data/postgres.owner'), 'utf8');
    const [first, last] = apps.toSorted((a) => (String(a.pid) === owner ? -1 : 1));
    expect(String(first?.pid)).toBe(owner);
    expect((await first?.end('SIGTERM'))?.code).toBe(0);
    await eventually('the other has a database again', async () => {
      return (await ask(last, list)).status === 200;
    });
    expect(await page(last, items)).toEqual(told);
    expect((await last?.end('SIGTERM'))?.code).toBe(0);
    expect(await scratch.postgres()).toBeUndefined();
  });
});

/** Two at once talk, and read what both were told. @returns where migrations were run, each of them once */
async function migratedOnce(
  database: TestDatabase,
  apps: readonly { readonly url: string }[],
): Promise<unknown[]> {
  const clients = await Promise.all(apps.map((app) => ChatClient.of(app.url, ada)));
  const turns = await Promise.all(clients.map((client) => client.create('Hello')));
  for (const client of clients) {
    for (const turn of turns) expect(await client.allItems(turn.threadId)).toEqual(turn.items);
  }
  const tables = await database.query(
    `SELECT schemaname AS schema FROM pg_tables WHERE tablename = 'migrations' OR tablename LIKE '%migrations'`,
  );
  for (const { schema } of tables) {
    const done = await database.query(
      `SELECT name, count(*)::int AS times FROM "${String(schema)}".migrations GROUP BY name`,
    );
    for (const { times } of done) expect(times).toBe(1);
  }
  return tables;
}
