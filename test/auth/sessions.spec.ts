import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthConfig } from '../../src/config/auth.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { authOptionsFrom } from '../../src/auth/index.js';
import { startAuthApp, type RunningApp } from './support/auth-app.js';
import { TestBrowser } from './support/browser.js';
import { freePort } from '../support/free-port.js';

const MINUTE = 60_000;
const OLD = 'an old secret of more than 32 bytes';
const NEW = 'a new secret of more than 32 bytes!';

async function signedIn({ url }: RunningApp): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await browser.signIn(url, 'user_ada');
  browser.setCookies.length = 0;
  return browser;
}

const visit = async (browser: TestBrowser, { url }: RunningApp): Promise<number> =>
  (await browser.send(`${url}/auth/me`)).status;

describe('A session', () => {
  let dataDir: string;
  let port: number;
  let now: number;
  let running: RunningApp | undefined;

  async function start(env: NodeJS.ProcessEnv): Promise<RunningApp> {
    await running?.app.close();
    const config = loadConfig(AuthConfig, {
      NODE_ENV: 'development',
      PORT: String(port),
      AUTH_DEV_TOKEN_SECONDS: '86400',
      ...env,
    });
    running = await startAuthApp(
      { ...authOptionsFrom(config, { dataDir }), clock: { now: () => now } },
      port,
    );
    return running;
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'chatkit-auth-'));
    port = await freePort();
  });
  beforeEach(() => {
    now = Date.now();
  });
  afterAll(async () => {
    await running?.app.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('ends when nobody uses it for a while', async () => {
    const app = await start({ AUTH_SESSION_IDLE_MINUTES: '30' });
    const browser = await signedIn(app);
    now += 29 * MINUTE;
    expect(await visit(browser, app)).toBe(200);
    now += 29 * MINUTE;
    expect(await visit(browser, app)).toBe(200);
    now += 31 * MINUTE;
    expect(await visit(browser, app)).toBe(401);
  });

  it('gets no new cookie with every request', async () => {
    const app = await start({ AUTH_SESSION_IDLE_MINUTES: '60' });
    const browser = await signedIn(app);
    now += MINUTE;
    expect(await visit(browser, app)).toBe(200);
    expect(browser.setCookies).toEqual([]);
    now += 3 * MINUTE;
    expect(await visit(browser, app)).toBe(200);
    expect(browser.setCookies).toEqual([
      expect.stringMatching(/^chatkit_session=.+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('ends after the longest time, however much it is used', async () => {
    const app = await start({ AUTH_SESSION_IDLE_MINUTES: '30', AUTH_SESSION_MAX_MINUTES: '60' });
    const browser = await signedIn(app);
    for (let used = 0; used < 3; used += 1) {
      now += 19 * MINUTE;
      expect(await visit(browser, app)).toBe(200);
    }
    now += 4 * MINUTE;
    expect(await visit(browser, app)).toBe(401);
  });

  it('never outlives its token', async () => {
    const app = await start({ AUTH_DEV_TOKEN_SECONDS: '600' });
    const browser = await signedIn(app);
    now += 11 * MINUTE;
    expect(await visit(browser, app)).toBe(401);
    expect(browser.setCookies).toEqual([]);
  });

  it('goes on under the secret before, and under the new one from then on', async () => {
    let app = await start({ AUTH_SESSION_SECRET: OLD });
    const browser = await signedIn(app);
    app = await start({ AUTH_SESSION_SECRET: NEW, AUTH_SESSION_SECRET_PREVIOUS: OLD });
    now += 60 * MINUTE;
    expect(await visit(browser, app)).toBe(200);
    app = await start({ AUTH_SESSION_SECRET: NEW });
    expect(await visit(browser, app)).toBe(200);
  });

  it('ends with a secret that is neither', async () => {
    let app = await start({ AUTH_SESSION_SECRET: OLD });
    const browser = await signedIn(app);
    app = await start({ AUTH_SESSION_SECRET: NEW });
    expect(await visit(browser, app)).toBe(401);
  });
});
