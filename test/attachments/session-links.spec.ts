import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app/bootstrap.js';
import type { Attachment } from '../../src/chatkit/core/index.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { freePort } from '../support/free-port.js';
import { untilReady } from '../app/support/running-app.js';
import { TestBrowser } from '../auth/support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { PNG, previewUrl } from './support/uploader.js';

const OLD = 'an old secret of more than 32 bytes';
const NEW = 'a new secret of more than 32 bytes!';

const look = async (browser: TestBrowser, attachment: Attachment): Promise<number> =>
  (await browser.send(previewUrl(attachment))).status;

describe('A link to an image', () => {
  let database: TestDatabase;
  let directory: string;
  let port: number;
  let app: NestExpressApplication | undefined;
  const url = (): string => `http://localhost:${port}`;

  async function start(env: NodeJS.ProcessEnv = {}): Promise<void> {
    await app?.close();
    const config = readAppConfig({
      NODE_ENV: 'development',
      PORT: String(port),
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_DATA_DIR: directory,
      ...env,
    });
    app = await createApp(config, { logger: false });
    await app.listen(port);
    await untilReady(url());
  }

  async function signedIn(account: string): Promise<TestBrowser> {
    const browser = new TestBrowser();
    await browser.signIn(url(), account, '/');
    return browser;
  }

  /** Uploads an image in two phases. @returns what the second one says */
  async function upload(browser: TestBrowser): Promise<Attachment> {
    const origin = url();
    const params = { name: PNG.name, size: PNG.content.length, mime_type: PNG.type };
    const announced = await browser.send(`${origin}/chatkit`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'attachments.create', params }),
    });
    const { upload_descriptor: waiting } = (await announced.json()) as Attachment;
    const uploaded = await browser.send(waiting?.url ?? '', {
      method: 'PUT',
      headers: { 'content-type': PNG.type },
      body: PNG.content,
    });
    return (await uploaded.json()) as Attachment;
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-files-'));
    port = await freePort();
  });
  afterAll(async () => {
    await app?.close();
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  });

  it('works in the session that it was made in, and in no other', async () => {
    await start();
    const ada = await signedIn('user_ada');
    const image = await upload(ada);
    expect(await look(ada, image)).toBe(200);
    expect(await look(new TestBrowser(), image)).toBe(404);
    expect(await look(await signedIn('user_ben'), image)).toBe(404);
    expect(await look(await signedIn('user_ada'), image)).toBe(404);
    ada.cookies.clear();
    expect(await look(ada, image)).toBe(404);
  });

  it('works for whoever has it where the configuration says so', async () => {
    await start({ CHATKIT_ATTACHMENTS_SESSION_LINKS: 'false' });
    const image = await upload(await signedIn('user_ada'));
    expect(await look(new TestBrowser(), image)).toBe(200);
  });

  it('goes on when the secret is changed, while the one before is named', async () => {
    await start({ CHATKIT_ATTACHMENTS_SECRET: OLD });
    const ada = await signedIn('user_ada');
    const image = await upload(ada);
    await start({ CHATKIT_ATTACHMENTS_SECRET: NEW, CHATKIT_ATTACHMENTS_SECRET_PREVIOUS: OLD });
    expect(await look(ada, image)).toBe(200);
    await start({ CHATKIT_ATTACHMENTS_SECRET: NEW });
    expect(await look(ada, image)).toBe(404);
  });
});
