import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AppOverrides } from '../../src/app.module.js';
import { createApp } from '../../src/bootstrap.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { ChatKitDatabase } from '../../src/store/index.js';
import { freePort } from '../auth/support/auth-app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** The application with its portal, as a newcomer starts it, on a database of its own. */
export interface PortalApp {
  readonly url: string;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

const BUILT_WEB = join(import.meta.dirname, '../../dist/web');

export interface PortalOptions extends AppOverrides {
  /** What browsers talk to instead of the port; gives its address. */
  readonly front?: ((port: number) => Promise<string>) | undefined;
}

/** @param options `webDirectory` where another page takes the portal's place */
export async function startPortal({ front, ...overrides }: PortalOptions = {}): Promise<PortalApp> {
  const database = await createTestDatabase();
  const port = await freePort();
  const files = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-files-'));
  const url = (await front?.(port)) ?? `http://localhost:${port}`;
  const env = {
    PUBLIC_URL: url,
    NODE_ENV: 'development',
    PORT: String(port),
    CHATKIT_DATABASE_URL: database.url,
    CHATKIT_ATTACHMENTS_DIR: files,
  };
  const app: NestExpressApplication = await createApp(readAppConfig(env), {
    webDirectory: BUILT_WEB,
    ...overrides,
  });
  app.useLogger(false);
  await app.listen(port);
  await app.get(ChatKitDatabase).whenUp();
  return {
    url,
    database,
    async close() {
      await app.close();
      await database.drop();
      await rm(files, { recursive: true, force: true });
    },
  };
}
