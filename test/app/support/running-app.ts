import type { Type } from '@nestjs/common';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createApp } from '../../../src/app/bootstrap.js';
import { readAppConfig } from '../../../src/config/app.config.js';
import { ONE_READY } from '../../support/database.js';
import { eventually } from './eventually.js';
import { AUTH_ENV } from './tokens.js';

/** The application in this process. */
export interface RunningApp {
  readonly url: string;
  /** A part of it, whichever module has it. */
  find<T>(type: Type<T>): T;
  close(): Promise<void>;
}

/** Starts the application, without its demonstration unless `env` wants it, on a free port, without waiting for its database. */
export async function startApp(env: NodeJS.ProcessEnv): Promise<RunningApp> {
  const config = readAppConfig({
    ...AUTH_ENV,
    ...ONE_READY,
    CHATKIT_DEMO: 'false',
    CHATKIT_OFFLINE_DELAY_MS: '0',
    PORT: '0',
    ...env,
  });
  const app = await createApp(config);
  app.useLogger(false);
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    find: (type) => app.get(type, { strict: false }),
    async close() {
      server.closeIdleConnections();
      await app.close();
    },
  };
}

/** What a database takes to be connected to at least: to look sooner costs more than it gains. */
const CONNECTING_MS = 30;

/** Resolves once the server at that address can chat. */
export async function untilReady(url: string, withinMs?: number): Promise<void> {
  const isReady = async (): Promise<boolean> => (await statusOf(`${url}/health/ready`)) === 200;
  await eventually('the server is ready', isReady, withinMs, CONNECTING_MS);
}

/** Status of a GET; 0 when nobody answers. */
export async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
