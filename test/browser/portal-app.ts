import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type CreateAppOptions } from '../../src/app/bootstrap.js';
import { EXAMPLE_DIRECTORY } from '../../src/auth/dev-provider/index.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { ChatKitDatabase } from '../../src/store/index.js';
import { freePort } from '../support/free-port.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { portalEnvironment } from './stage/environment.js';
import { withFreshMembers } from './stage/members.js';

/** The portal that all specs share, or one of a spec's own. */
export interface PortalApp {
  readonly url: string;
  close(): Promise<void>;
}

/** The application with its portal, on a database of its own. */
export interface OwnPortal extends PortalApp {
  readonly database: TestDatabase;
}

export interface PortalOptions extends CreateAppOptions {
  /** What browsers talk to instead of the port; gives its address. */
  readonly front?: ((port: number) => Promise<string>) | undefined;
  /** Variables of the environment, before those that all portals of tests have. */
  readonly env?: NodeJS.ProcessEnv;
  /** What it shares with another, which drops it. Default: one of its own. */
  readonly database?: TestDatabase;
}

const BUILT_WEB = join(import.meta.dirname, '../../dist/web');

/** @param pages folder of the pages in the portal's place. Default: the portal's */
export async function sharedPortal(pages = BUILT_WEB): Promise<PortalApp> {
  const response = await fetch(
    `${process.env['TEST_PORTALS']}/?${new URLSearchParams({ pages }).toString()}`,
  );
  const url = await response.text();
  if (!response.ok) throw new Error(`No portal: ${url}`);
  // the set-up of the run stops what it started
  return { url, close: () => Promise.resolve() };
}

/** For specs that stop its database, look into it, or give it a model or a front of their own. */
export async function startPortal({
  front,
  env,
  database: shared,
  ...overrides
}: PortalOptions = {}): Promise<OwnPortal> {
  const database = shared ?? (await createTestDatabase());
  const port = await freePort();
  const files = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-files-'));
  const url = (await front?.(port)) ?? `http://localhost:${port}`;
  const config = readAppConfig({
    ...portalEnvironment({ url, port, databaseUrl: database.url, files }),
    ...env,
  });
  const directory = withFreshMembers(EXAMPLE_DIRECTORY);
  const app = await createApp(config, { webDirectory: BUILT_WEB, logger: false, directory, ...overrides });
  await app.listen(port);
  await app.get(ChatKitDatabase).whenUp();
  return {
    url,
    database,
    async close() {
      await app.close();
      if (shared === undefined) await database.drop();
      await rm(files, { recursive: true, force: true });
    },
  };
}
