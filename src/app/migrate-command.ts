import { StoreConfig } from '../config/store.config.js';
import { ConfigError, loadConfig } from '../config/validate.js';
import { systemClock } from '../common/clock.js';
import { migrateAll, TenantMigrations, TenantsService } from '../tenants/index.js';
import { onDatabase, runCommand, say } from './command-database.js';
import { schemaFeatures } from './schema-features.js';

/**
 * Migrates the configured database as a start of the server does, and the schemas of all tenants that have one of their
 * own, and ends: what a deployment runs before it.
 */
async function run(env: NodeJS.ProcessEnv): Promise<boolean> {
  const config = loadConfig(StoreConfig, { ...env, CHATKIT_MIGRATE_ON_START: 'true' });
  if (config.databaseUrl === undefined) {
    throw new ConfigError([{ variable: 'CHATKIT_DATABASE_URL', problem: 'must be set' }]);
  }
  return onDatabase(config, schemaFeatures(), ({ tenants: parts, features }) => {
    say(`The schema ${config.schema} is up to date`);
    const migrations = new TenantMigrations(new TenantsService(parts), parts, features, systemClock);
    return migrateAll(migrations, say);
  });
}

await runCommand(() => run(process.env));
