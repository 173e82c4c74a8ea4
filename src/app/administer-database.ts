import { parseArgs } from 'node:util';
import { AgentsConfig } from '../config/agents.config.js';
import { DocumentsConfig } from '../config/documents.config.js';
import { StoreConfig } from '../config/store.config.js';
import { CommandError } from '../common/command-error.js';
import { loadConfig } from '../config/validate.js';
import { SchemaFeatures } from '../store/schema/schema-features.js';
import { writableHost } from '../store/connection/writable-host.js';
import { say } from './command-database.js';
import { configuredVectors } from './configured-vectors.js';
import { distributionOf } from './distribution.js';
import { makeLoginsAt } from './make-logins.js';
import { schemaFeatures } from './schema-features.js';

const USAGE = `usage: npm run database -- logins [--migrating NAME] [--serving NAME]
       npm run database -- citus [--shards COUNT]

logins   makes the two logins of the application by CHATKIT_DATABASE_URL, which has to be an administrator's,
         and prints the addresses to serve and to migrate by. Logins that are there get new passwords.
citus    prints the statements that distribute the tables by tenant over the nodes of Citus, and runs none.`;

const MOST_SHARDS = 64_000;

interface DatabaseOptions {
  readonly migrating?: string | undefined;
  readonly serving?: string | undefined;
  readonly shards?: string | undefined;
}

/**
 * `npm run database`: what an administrator does with the database once.
 *
 * @throws CommandError when it cannot be done as it is asked for
 */
export async function administerDatabase(args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { migrating: { type: 'string' }, serving: { type: 'string' }, shards: { type: 'string' } },
  });
  const [verb, ...rest] = positionals;
  if (rest.length > 0) throw new CommandError(USAGE);
  if (verb === 'logins') await logins(values, env);
  else if (verb === 'citus') distribution(values, env);
  else throw new CommandError(USAGE);
  return true;
}

async function logins({ migrating, serving }: DatabaseOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const { databaseUrl, schema, isolation } = loadConfig(StoreConfig, env);
  if (databaseUrl === undefined) throw new CommandError('CHATKIT_DATABASE_URL is not set');
  const urls = await makeLoginsAt(await writableHost(databaseUrl), {
    schema,
    makesRoles: isolation === 'schema',
    migrating: migrating ?? `${schema}_owner`,
    serving: serving ?? `${schema}_login`,
  });
  say(`CHATKIT_DATABASE_URL=${urls.serving}\nCHATKIT_MIGRATION_URL=${urls.migrating}`);
}

function distribution({ shards }: DatabaseOptions, env: NodeJS.ProcessEnv): void {
  const { schema, isolation } = loadConfig(StoreConfig, env);
  if (isolation !== 'row')
    throw new CommandError('Tables are distributed by tenant with CHATKIT_ISOLATION=row');
  const vectors = configuredVectors({
    documents: loadConfig(DocumentsConfig, env),
    agents: loadConfig(AgentsConfig, env),
  });
  const { tables } = new SchemaFeatures(schemaFeatures(vectors));
  say(distributionOf(schema, tables, countOf(shards)).join('\n'));
}

function countOf(shards: string | undefined): number | undefined {
  if (shards === undefined) return undefined;
  const count = Number(shards);
  if (Number.isInteger(count) && count > 0 && count <= MOST_SHARDS) return count;
  throw new CommandError(`--shards must be a whole number from 1 to ${MOST_SHARDS}`);
}
