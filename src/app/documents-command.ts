import { AuditLog, TypeOrmAuditStore } from '../audit/index.js';
import { ChatKitError } from '../chatkit/core/index.js';
import { AgentsConfig } from '../config/agents.config.js';
import { DocumentsConfig } from '../config/documents.config.js';
import { StoreConfig } from '../config/store.config.js';
import { ConfigError, loadConfig } from '../config/validate.js';
import {
  CommandError,
  DocumentsCommand,
  DocumentsService,
  DocumentStore,
  parseOrder,
} from '../documents/index.js';
import { createStore, externalDatabase } from '../store/index.js';
import { databaseForTools } from '../embedded-postgres/embedded-postgres.js';
import { configuredVectors } from './configured-vectors.js';
import { connected } from './connected.js';
import { schemaFeatures } from './schema-features.js';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** `npm run documents`: on the configured database, else on the embedded one of a running application. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const order = parseOrder(args);
  const config = loadConfig(DocumentsConfig, env);
  const storeConfig = loadConfig(StoreConfig, env);
  const vectors = configuredVectors({ documents: config, agents: loadConfig(AgentsConfig, env) });
  const url = storeConfig.databaseUrl ?? (await runningDatabase(storeConfig.dataDirectory));
  const { database, unitOfWork } = createStore(storeConfig, {
    source: externalDatabase(url),
    features: schemaFeatures(vectors),
  });
  const documents = new DocumentsService(new DocumentStore(unitOfWork, config, vectors), config, vectors);
  try {
    await connected(database).catch(asCommandError);
    // npm changes the folder; paths are meant from where it was called
    const folder = env['INIT_CWD'] ?? process.cwd();
    const trail = new AuditLog(new TypeOrmAuditStore(unitOfWork));
    return await new DocumentsCommand(documents, folder, say, trail).run(order);
  } finally {
    await database.close();
  }
}

async function runningDatabase(directory: string): Promise<string> {
  return databaseForTools(directory).catch(asCommandError);
}

function asCommandError(error: unknown): never {
  throw new CommandError(error instanceof Error ? error.message : String(error));
}

try {
  process.exitCode = (await run(process.argv.slice(2), process.env)) ? 0 : 1;
} catch (error) {
  const readable = [CommandError, ConfigError, ChatKitError].some((Kind) => error instanceof Kind);
  process.stderr.write(`${readable && error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
