import type { Clock } from '../../common/clock.js';
import { observed } from '../../common/observer/observed.js';
import type { StoreConfig } from '../../config/store.config.js';
import { ChatKitDatabase } from '../availability/chatkit-database.js';
import type { DatabaseObserver } from '../availability/database-options.js';
import { externalDatabase, type DatabaseSource } from '../availability/database-source.js';
import type { StoreLogger } from '../availability/store-logger.js';
import { bringUpToDate } from '../connection/migrator.js';
import { loginOf } from '../connection/serving-login.js';
import { DirectoryUnit } from '../directory/directory-unit.js';
import { DatabasePlaces } from '../isolation/database-places.js';
import { TenantSchemas } from '../isolation/tenant-schemas.js';
import type { SchemaFeatures } from '../schema/schema-features.js';
import { statement } from '../unit-of-work/statement.js';
import { MaintenanceUnit } from '../unit-of-work/maintenance-unit.js';
import type { StatementObserver } from '../unit-of-work/transaction.js';
import { Transactions } from '../unit-of-work/transactions.js';
import type { Provision, TenantDatabase } from './tenant-database.js';

/** Which database, and by what logins. */
export interface DatabaseAddress {
  readonly name: string;
  /** Undefined: chat is disabled. */
  readonly source: DatabaseSource | undefined;
  readonly url: string | undefined;
  readonly migrationUrl: string | undefined;
}

/** What all databases have in common. */
export interface DatabaseNeeds {
  readonly features: SchemaFeatures;
  readonly clock: Clock;
  readonly logger: StoreLogger;
  readonly observer: (StatementObserver & DatabaseObserver) | undefined;
}

/** Milliseconds for which a tenant that comes waits for whoever holds its tables or migrates them. */
const VISIT_LOCK_TIMEOUT = 1000;

const setMigrated = statement<[tenantId: string, version: string]>(
  'tenant_migrated',
  `UPDATE tenants SET migrated_to = $2, updated_at = clock_timestamp()
   WHERE tenant_id = $1 AND migrated_to IS DISTINCT FROM $2`,
);

/** Puts together what reaches a database. Nothing connects before it is started. */
export function createTenantDatabase(
  config: StoreConfig,
  address: DatabaseAddress,
  { features, clock, logger, observer }: DatabaseNeeds,
): TenantDatabase {
  const { schema, connectTimeout, poolQueueMax, lockTimeout, migrateOnStart } = config;
  const servingLogin = servingLoginOf(address);
  const { migrationUrl } = address;
  const connection = new ChatKitDatabase({
    ...limitsOf(config),
    isolation: config.isolation,
    mayMigrate: migrateOnStart,
    source: address.source,
    migrationSource: migrationUrl === undefined ? undefined : externalDatabase(migrationUrl),
    servingLogin,
    clock,
    logger,
    features,
    observer,
  });
  const transactions = new Transactions(connection, config, observer);
  const base = {
    schema,
    get role() {
      return connection.role;
    },
  };
  const directoryUnit = new DirectoryUnit(transactions, base);
  const migrating = { connectTimeout, features, servingLogin, kind: 'tenant', logger } as const;
  const provision: Provision = async (tenantId, patience, mayMigrate = true) => {
    const own = schemas.own(tenantId).schema;
    const options = { ...migrating, mayMigrate, lockTimeout: patience };
    let count = 0;
    await observed(
      () => bringUpToDate(connection.url, own, options, (pending) => void (count = pending)),
      (end) => {
        const isWhole = end.outcome === 'completed';
        if (isWhole && count === 0) return;
        observer?.maintained({ task: 'tenant_migration', ...end, ...(isWhole && { count }) });
      },
    );
    await directoryUnit.pipeline(setMigrated(tenantId, features.version));
  };
  const schemas = new TenantSchemas((tenantId) => provision(tenantId, VISIT_LOCK_TIMEOUT, migrateOnStart), {
    base: schema,
    version: () => features.version,
    queueMax: poolQueueMax,
    clock,
  });
  connection.onChange(({ status }) => {
    if (status === 'down') schemas.forget();
  });
  return {
    name: address.name,
    connection,
    transactions,
    directoryUnit,
    maintenance: new MaintenanceUnit({ url: () => connection.url, connectTimeout, lockTimeout }),
    places: new DatabasePlaces(base, schemas),
    provision,
  };
}

/** The login that serves, where another one migrates. */
export function servingLoginOf({
  url,
  migrationUrl,
}: Pick<DatabaseAddress, 'url' | 'migrationUrl'>): string | undefined {
  if (url === undefined || migrationUrl === undefined) return undefined;
  const login = loginOf(url);
  return login === loginOf(migrationUrl) ? undefined : login;
}

function limitsOf(config: StoreConfig) {
  const {
    schema,
    poolMin,
    poolMax,
    poolQueueMax,
    connectTimeout,
    idleTimeout,
    preparedStatements,
    probeInterval,
    probeTimeout,
  } = config;
  return {
    schema,
    poolMin,
    poolMax,
    poolQueueMax,
    connectTimeout,
    idleTimeout,
    preparedStatements,
    probeInterval,
    probeTimeout,
  };
}
