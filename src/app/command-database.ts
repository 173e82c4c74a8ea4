import { CommandError } from '../common/command-error.js';
import { ChatKitError } from '../chatkit/core/index.js';
import type { StoreConfig } from '../config/store.config.js';
import { ConfigError } from '../config/validate.js';
import { databaseForTools } from '../embedded-postgres/embedded-postgres.js';
import {
  createStore,
  externalDatabase,
  type ChatKitDatabase,
  type SchemaFeature,
  type StoreParts,
} from '../store/index.js';

const LOGGER = {
  log: () => undefined,
  warn: (message: string) => process.stderr.write(`${message}\n`),
};

/**
 * Has `work` done on the configured database, else on the embedded one of a running application.
 *
 * @throws CommandError when the database cannot be had at once
 */
export async function onDatabase<T>(
  config: StoreConfig,
  features: readonly SchemaFeature[],
  work: (parts: StoreParts) => Promise<T>,
): Promise<T> {
  const url = config.databaseUrl ?? (await runningDatabase(config.dataDirectory));
  const parts = createStore(config, { source: externalDatabase(url), features, logger: LOGGER });
  const { databases } = parts.tenants;
  try {
    const further = Promise.allSettled(databases.further.map(({ connection }) => connected(connection)));
    await connected(databases.home.connection).catch(asCommandError);
    // of one that is away the log tells, and whoever needs it is refused
    await further;
    return await work(parts);
  } finally {
    await databases.close();
  }
}

/** Runs a command, and ends the process with its outcome: 0 done, 1 not all of it, 2 it could not be begun. */
export async function runCommand(run: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await run()) ? 0 : 1;
  } catch (error) {
    const readable = [CommandError, ConfigError, ChatKitError].some((Kind) => error instanceof Kind);
    process.stderr.write(`${readable && error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

/** Tells what a command has done. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Does not wait for a database that is not there. @throws Error when it cannot be had at once */
async function connected(database: ChatKitDatabase): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    database.onChange((state) => {
      if (state.status === 'up') resolve();
      if (state.status === 'down') reject(new Error(`The database is ${state.reason}`));
    });
    database.start();
  });
}

async function runningDatabase(directory: string): Promise<string> {
  return databaseForTools(directory).catch(asCommandError);
}

function asCommandError(error: unknown): never {
  throw new CommandError(error instanceof Error ? error.message : String(error));
}
