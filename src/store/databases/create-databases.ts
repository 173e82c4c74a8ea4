import type { StoreConfig } from '../../config/store.config.js';
import { embeddedDatabase, externalDatabase, type DatabaseSource } from '../availability/database-source.js';
import type { StoreLogger } from '../availability/store-logger.js';
import { isExposed } from '../connection/encryption.js';
import { HOME } from '../directory/tenant-record.js';
import {
  createTenantDatabase,
  servingLoginOf,
  type DatabaseAddress,
  type DatabaseNeeds,
} from './create-tenant-database.js';
import { TenantDatabases } from './tenant-databases.js';

const EXPOSED =
  'The connection to the chat database is not encrypted, or to whom is not checked: name sslmode=verify-full, and ' +
  'sslrootcert where its authority is your own, in CHATKIT_DATABASE_URL';
const ONE_LOGIN =
  'The login of CHATKIT_DATABASE_URL owns the tables, so that a statement which leaves its role reaches every row: ' +
  'npm run database -- logins makes one that owns nothing, and CHATKIT_MIGRATION_URL beside it';

/** Puts together what reaches the databases of the configuration. */
export function createDatabases(
  config: StoreConfig,
  needs: DatabaseNeeds,
  source: DatabaseSource | undefined = sourceOf(config),
): TenantDatabases {
  const { databaseUrl: url, migrationUrl } = config;
  const home = { name: HOME, source, url, migrationUrl };
  const further = config.furtherDatabases.map((database) => ({
    migrationUrl: undefined,
    ...database,
    source: externalDatabase(database.url),
  }));
  const create = (address: DatabaseAddress, logger: StoreLogger) => {
    if (config.production) warnOf(address, logger);
    return createTenantDatabase(config, address, { ...needs, logger });
  };
  return new TenantDatabases(
    create(home, needs.logger),
    further.map((address) => create(address, naming(address.name, needs.logger))),
  );
}

function warnOf(address: DatabaseAddress, logger: StoreLogger): void {
  if (address.url === undefined) return;
  if (isExposed(address.url)) logger.warn(EXPOSED);
  if (servingLoginOf(address) === undefined) logger.warn(ONE_LOGIN);
}

/** Says of which of several databases a line is. */
function naming(name: string, logger: StoreLogger): StoreLogger {
  return {
    log: (message) => logger.log(`Database ${name}: ${message}`),
    warn: (message) => logger.warn(`Database ${name}: ${message}`),
  };
}

function sourceOf({ source, databaseUrl, dataDirectory }: StoreConfig): DatabaseSource | undefined {
  if (source === 'url' && databaseUrl !== undefined) return externalDatabase(databaseUrl);
  return source === 'embedded' ? embeddedDatabase(dataDirectory) : undefined;
}
