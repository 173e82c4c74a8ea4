import { parseArgs } from 'node:util';
import { StoreConfig } from '../config/store.config.js';
import { CommandError } from '../common/command-error.js';
import { loadConfig } from '../config/validate.js';
import { writableHost } from '../store/connection/writable-host.js';
import { runCommand, say } from './command-database.js';
import { makeLoginsAt } from './make-logins.js';

const USAGE = `usage: npm run database -- logins [--migrating NAME] [--serving NAME]

logins   makes the two logins of the application by CHATKIT_DATABASE_URL, which has to be an administrator's,
         and prints the addresses to serve and to migrate by. Logins that are there get new passwords.`;

/** `npm run database`: what an administrator does with the database once. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { migrating: { type: 'string' }, serving: { type: 'string' } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'logins') {
    throw new CommandError(USAGE);
  }
  const { databaseUrl, schema, isolation } = loadConfig(StoreConfig, env);
  if (databaseUrl === undefined) throw new CommandError('CHATKIT_DATABASE_URL is not set');
  const urls = await makeLoginsAt(await writableHost(databaseUrl), {
    schema,
    makesRoles: isolation === 'schema',
    migrating: values.migrating ?? `${schema}_owner`,
    serving: values.serving ?? `${schema}_login`,
  });
  say(`CHATKIT_DATABASE_URL=${urls.serving}\nCHATKIT_MIGRATION_URL=${urls.migrating}`);
  return true;
}

await runCommand(() => run(process.argv.slice(2), process.env));
