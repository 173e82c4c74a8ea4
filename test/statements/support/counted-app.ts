import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { rm } from 'node:fs/promises';
import { UsageQueue } from '../../../src/agents/usage/usage-queue.js';
import { createApp } from '../../../src/app/bootstrap.js';
import { CHATKIT_SESSION_ENDS, type SessionEnds } from '../../../src/auth/session/session-ends.port.js';
import type { TenantScope } from '../../../src/chatkit/core/index.js';
import { readAppConfig } from '../../../src/config/app.config.js';
import { TypeOrmAttachmentRecords, TypeOrmStore } from '../../../src/store/index.js';
import { ChatClient } from '../../app/support/chat-client.js';
import { untilReady } from '../../app/support/running-app.js';
import { AUTH_ENV, tokenOf } from '../../app/support/tokens.js';
import { makeScratch } from '../../support/scratch.js';
import { UNWATCHED } from '../../support/database.js';

/** The whole application, with its store at hand. */
export interface CountedApp {
  readonly store: TypeOrmStore;
  readonly attachments: TypeOrmAttachmentRecords;
  readonly sessionEnds: SessionEnds;
  /** The status that an administrator gets from a route, whose `path` begins with a slash. */
  ask(path: string, scope: TenantScope, init?: RequestInit): Promise<number>;
  /** Resolves when the answer is there and all that is kept after it is kept. */
  send(request: object, scope: TenantScope): Promise<void>;
  close(): Promise<void>;
}

export async function startCountedApp(env: NodeJS.ProcessEnv): Promise<CountedApp> {
  const directory = await makeScratch();
  const config = readAppConfig({
    ...AUTH_ENV,
    CHATKIT_OFFLINE_DELAY_MS: '0',
    CHATKIT_DATA_DIR: directory,
    ...UNWATCHED,
    ...env,
  });
  const app = await createApp(config, { logger: false });
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await untilReady(url);
  return {
    store: app.get(TypeOrmStore),
    attachments: app.get(TypeOrmAttachmentRecords),
    sessionEnds: app.get<SessionEnds>(CHATKIT_SESSION_ENDS, { strict: false }),
    async ask(path, { tenantId, userId }, init) {
      const roles = { roles: ['admin'] };
      const token = await tokenOf({ tenant: tenantId, user: userId }, roles);
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${token}`);
      const response = await fetch(`${url}${path}`, { ...init, headers });
      await response.body?.cancel();
      return response.status;
    },
    async send(request, { tenantId, userId }) {
      const client = await ChatClient.of(url, { tenant: tenantId, user: userId });
      await (await client.send(request)).text();
      await app.get(UsageQueue, { strict: false }).flush();
    },
    async close() {
      server.closeIdleConnections();
      await app.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
