import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Model } from '@openai/agents';
import type { FileScanner } from '../../../src/attachments/index.js';
import { createApp } from '../../../src/app/bootstrap.js';
import { Sweeper } from '../../../src/attachments/sweep/sweeper.js';
import { DiskBlobStore } from '../../../src/attachments/blobs/disk-blob-store.js';
import { readAppConfig } from '../../../src/config/app.config.js';
import type { Clock } from '../../../src/common/clock.js';
import { untilReady } from '../../app/support/running-app.js';
import { AUTH_ENV } from '../../app/support/tokens.js';
import { createTestDatabase, ONE_READY, type TestDatabase } from '../../support/database.js';

const PUBLIC_URL = 'http://chat.example';

/** Time that passes when a test says so. */
export class TestClock implements Clock {
  #ahead = 0;
  #sleepers: (() => void)[] = [];

  now(): number {
    return Date.now() + this.#ahead;
  }

  random(): number {
    return 0;
  }

  /** Lasts until the test ends it, however long it was meant to be. */
  async sleep(_milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    await new Promise<void>((resolve) => {
      this.#sleepers.push(resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  pass(milliseconds: number): void {
    this.#ahead += milliseconds;
  }

  /** Ends the waiting of whoever waits now. */
  wake(): void {
    for (const wake of this.#sleepers.splice(0)) wake();
  }
}

/** The application, without its demonstration unless `env` wants it, with attachments in a folder of its own, on a database of its own. */
export interface AttachmentsApp {
  readonly url: string;
  /** Its data directory. */
  readonly directory: string;
  readonly database: TestDatabase;
  readonly clock: TestClock;
  readonly sweeper: Sweeper;
  /** Keys of the stored files. */
  files(): Promise<string[]>;
  /** Names of the files that have come in and are neither stored nor removed yet. */
  incoming(): Promise<string[]>;
  /** A link of the application as this test reaches it. */
  reach(link: string): string;
  close(): Promise<void>;
}

/** What is particular to an application beside its environment. */
export interface AppSetup {
  /** Called before it listens. */
  readonly prepare?: (app: NestExpressApplication) => unknown;
  /** What the paths of its routes begin with then. */
  readonly path?: string;
  readonly scanner?: FileScanner;
  readonly readyWithinMs?: number;
}

export async function startAttachmentsApp(
  env: NodeJS.ProcessEnv = {},
  model?: Model,
  { prepare, path = '', scanner, readyWithinMs }: AppSetup = {},
): Promise<AttachmentsApp> {
  const database = await createTestDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-files-'));
  const clock = new TestClock();
  const config = readAppConfig({
    ...AUTH_ENV,
    ...ONE_READY,
    PORT: '0',
    PUBLIC_URL,
    CHATKIT_DEMO: 'false',
    CHATKIT_OFFLINE_DELAY_MS: '0',
    CHATKIT_DATABASE_URL: database.url,
    CHATKIT_DATA_DIR: directory,
    ...env,
  });
  const app = await createApp(config, {
    clock,
    ...(model && { model }),
    ...(scanner && { scanner: { useValue: scanner } }),
  });
  app.useLogger(false);
  prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}${path}`;
  await untilReady(url, readyWithinMs);
  const files = new DiskBlobStore(join(directory, 'attachments', 'files'));
  return {
    url,
    directory,
    database,
    clock,
    sweeper: app.get(Sweeper),
    files: async () => (await files.list(1000)).map(({ key }) => key),
    incoming: () => readdir(join(directory, 'attachments', 'incoming')),
    reach: (link) => link.replace(env['PUBLIC_URL'] ?? PUBLIC_URL, origin),
    async close() {
      server.closeIdleConnections();
      await app.close();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
