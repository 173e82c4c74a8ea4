import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium as playwright } from 'playwright-core';
import { BROWSER_FLAGS, chromiumPath } from '../../../scripts/chromium.js';
import { freePort } from '../../support/free-port.js';
import { createEmptyDatabase } from '../../support/database.js';
import { portalEnvironment } from './environment.js';
import { withFreshMembers } from './members.js';

/** What the browser specs of a run share: one browser, one database, and a portal for each set of pages. */
export interface Stage {
  /** Where the browser is spoken to. */
  readonly browser: string;
  /** Answers `GET /?pages=DIRECTORY` with the address of the portal that serves them. */
  readonly portals: string;
  stop(): Promise<void>;
}

const BUILT = join(import.meta.dirname, '../../../dist/src');

/** The server as it was built: what is decorated cannot be read from its source here. */
async function built<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(BUILT, path)).href)) as Module;
}

export async function startStage(): Promise<Stage> {
  const browser = await playwright.launchServer({
    executablePath: await chromiumPath(),
    args: BROWSER_FLAGS,
  });
  const database = await createEmptyDatabase();
  const files = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-files-'));
  const portals = new Map<string, Promise<Portal>>();
  const server = createServer((request, response) => {
    const pages = new URL(request.url ?? '/', 'http://localhost').searchParams.get('pages') ?? '';
    const portal = portals.get(pages) ?? startPortal(pages, database.url, files);
    portals.set(pages, portal);
    portal.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    browser: browser.wsEndpoint(),
    portals: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      await browser.close();
      const started = await Promise.allSettled(portals.values());
      for (const portal of started) if (portal.status === 'fulfilled') await portal.value.close();
      await database.drop();
      await rm(files, { recursive: true, force: true });
    },
  };
}

interface Portal {
  readonly url: string;
  readonly close: () => Promise<void>;
}

async function startPortal(webDirectory: string, databaseUrl: string, files: string): Promise<Portal> {
  const { createApp } = await built<typeof import('../../../src/app/bootstrap.js')>('app/bootstrap.js');
  const { readAppConfig } =
    await built<typeof import('../../../src/config/app.config.js')>('config/app.config.js');
  const { EXAMPLE_DIRECTORY } = await built<typeof import('../../../src/auth/dev-provider/index.js')>(
    'auth/dev-provider/index.js',
  );
  const { ChatKitDatabase } = await built<typeof import('../../../src/store/index.js')>('store/index.js');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const config = readAppConfig(portalEnvironment({ url, port, databaseUrl, files }));
  const app = await createApp(config, {
    webDirectory,
    directory: withFreshMembers(EXAMPLE_DIRECTORY),
    logger: false,
  });
  await app.listen(port);
  await app.get(ChatKitDatabase).whenUp();
  return { url, close: () => app.close() };
}
