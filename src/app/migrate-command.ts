import { StoreConfig } from '../config/store.config.js';
import { ConfigError, loadConfig } from '../config/validate.js';
import { createStore, externalDatabase } from '../store/index.js';
import { connected } from './connected.js';
import { schemaFeatures } from './schema-features.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Migrates the configured database as a start of the server does, and ends: what a deployment runs before it. */
async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(StoreConfig, env);
  if (config.databaseUrl === undefined) {
    throw new ConfigError([{ variable: 'CHATKIT_DATABASE_URL', problem: 'must be set' }]);
  }
  const { database } = createStore(config, {
    source: externalDatabase(config.databaseUrl),
    features: schemaFeatures(),
    logger: { log: say, warn: complain },
  });
  try {
    await connected(database);
    say(`The schema ${config.schema} is up to date`);
  } finally {
    await database.close();
  }
}

try {
  await run(process.env);
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
