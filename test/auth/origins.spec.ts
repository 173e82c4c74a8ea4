import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app/bootstrap.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { freePort } from '../support/free-port.js';
import { startApp, untilReady } from '../app/support/running-app.js';
import { tokenOf } from '../app/support/tokens.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { TestBrowser } from './support/browser.js';

const PAGE = 'https://app.example';
const ADMIN = ['/chatkit/admin/usage?from=2026-01-01&to=2026-01-02', '/chatkit/admin/organisation'];

describe('A page of another origin that may call the endpoint', () => {
  let database: TestDatabase;
  let directory: string;
  let app: NestExpressApplication;
  let url: string;
  const browser = new TestBrowser();

  beforeAll(async () => {
    database = await createTestDatabase();
    directory = await mkdtemp(join(tmpdir(), 'chatkit-origins-'));
    const port = await freePort();
    url = `http://localhost:${port}`;
    const env = {
      NODE_ENV: 'development',
      PORT: String(port),
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_DATA_DIR: directory,
      CHATKIT_CORS_ORIGINS: PAGE,
      AUTH_ALLOWED_ORIGINS: PAGE,
    };
    app = await createApp(readAppConfig(env), { logger: false });
    await app.listen(port);
    await untilReady(url);
    await browser.signIn(url, 'user_ada', '/');
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
    await rm(directory, { recursive: true, force: true });
  });

  it('chats by the session’s cookie', async () => {
    const answer = await browser.send(`${url}/chatkit`, {
      method: 'POST',
      headers: { origin: PAGE, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'threads.list', params: {} }),
    });
    expect([answer.status, answer.headers.get('access-control-allow-credentials')]).toEqual([200, 'true']);
  });

  it.each(ADMIN)('neither reaches %s by that cookie nor could read it', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await browser.send(url + path, { method, headers: { origin: PAGE } });
      expect([answer.status, answer.headers.get('access-control-allow-credentials')]).toEqual([403, null]);
    }
    const silent = { 'sec-fetch-site': 'same-site' };
    expect((await browser.send(url + path, { headers: silent })).status).toBe(403);
  });

  it('reads what is for administrators by a token', async () => {
    const env = { CHATKIT_DATABASE_URL: database.url, CHATKIT_CORS_ORIGINS: PAGE };
    const byTokens = await startApp(env);
    await untilReady(byTokens.url);
    const token = await tokenOf({ tenant: 'aurora', user: 'ada' }, { roles: ['admin'] });
    const headers = { origin: PAGE, authorization: `Bearer ${token}` };
    for (const path of ADMIN) {
      const answer = await fetch(byTokens.url + path, { headers });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, PAGE]);
    }
    await byTokens.close();
  });

  it.each(ADMIN)('is no reason for pages of this server not to read %s', async (path) => {
    for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, {}])
      expect((await browser.send(url + path, { headers })).status).toBe(200);
  });

  it('learns nothing of who is signed in', async () => {
    for (const path of ['/auth/me', '/auth/session']) {
      const answer = await browser.send(url + path, { headers: { origin: 'https://other.example' } });
      expect(answer.status).toBe(403);
    }
  });
});
