import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app/bootstrap.js';
import { systemClock } from '../../src/common/clock.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { freePort } from '../support/free-port.js';
import { eventually } from '../app/support/eventually.js';
import { untilReady } from '../app/support/running-app.js';
import { createTestDatabase, ONE_READY, type TestDatabase } from '../support/database.js';
import { TestBrowser } from './support/browser.js';

const visit = async (browser: TestBrowser, url: string): Promise<number> =>
  (await browser.send(`${url}/auth/me`)).status;

describe.each(['row', 'schema'])('Signing out of several instances, isolation by %s', (isolation) => {
  let database: TestDatabase;
  let directory: string;
  const running: NestExpressApplication[] = [];
  let ahead = 0;
  const clock = { ...systemClock, now: () => Date.now() + ahead };
  let urls: [first: string, second: string];

  async function start(port: number, publicUrl: string): Promise<string> {
    const config = readAppConfig({
      ...ONE_READY,
      NODE_ENV: 'development',
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ISOLATION: isolation,
      CHATKIT_DATA_DIR: directory,
    });
    const app = await createApp(config, { logger: false, clock });
    running.push(app);
    await app.listen(port);
    await untilReady(`http://localhost:${port}`);
    return `http://localhost:${port}`;
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    directory = await mkdtemp(join(tmpdir(), 'chatkit-sign-out-'));
    const port = await freePort();
    const first = await start(port, `http://localhost:${port}`);
    urls = [first, await start(await freePort(), first)];
  });

  afterAll(async () => {
    await Promise.all(running.map((app) => app.close()));
    await database?.drop();
    await rm(directory, { recursive: true, force: true });
  });

  async function signedIn(): Promise<{ browser: TestBrowser; thief: TestBrowser }> {
    const [browser, thief] = [new TestBrowser(), new TestBrowser()];
    await browser.signIn(urls[0], 'user_ada', '/');
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value);
    for (const url of urls) expect(await visit(thief, url)).toBe(200);
    return { browser, thief };
  }

  const signOut = (browser: TestBrowser, url: string): Promise<Response> =>
    browser.send(`${url}/auth/logout`, { method: 'POST', headers: { origin: urls[0] } });

  it('ends the session for a copy of its cookie, too: here at once, elsewhere after seconds', async () => {
    const { browser, thief } = await signedIn();
    const other = new TestBrowser();
    await other.signIn(urls[0], 'user_ada', '/');
    await signOut(browser, urls[0]);
    expect(await visit(thief, urls[0])).toBe(401);
    ahead += 5_000;
    await eventually('the other instance knows', async () => (await visit(thief, urls[1])) === 401);
    for (const url of urls) expect(await visit(other, url)).toBe(200);
  });

  it('is known to an instance that never saw the session before', async () => {
    const { browser, thief } = await signedIn();
    await signOut(browser, urls[1]);
    const third = await start(await freePort(), urls[0]);
    expect(await visit(thief, third)).toBe(401);
  });

  it('leaves no marks for longer than they are of use', async () => {
    const schemas = await database.query(`SELECT schemaname FROM pg_tables WHERE tablename = 'session_ends'`);
    const tables = schemas.map(({ schemaname }) => `"${String(schemaname)}".session_ends`);
    for (const table of tables)
      await database.query(`UPDATE ${table} SET until = now() - interval '2 hours'`);
    const { browser } = await signedIn();
    await signOut(browser, urls[0]);
    const rows = await Promise.all(tables.map((table) => database.query(`SELECT FROM ${table}`)));
    expect(rows.flat()).toHaveLength(1);
  });
});
