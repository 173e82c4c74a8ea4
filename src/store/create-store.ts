import type { StoreConfig } from '../config/store.config.js';
import { ChatKitDatabase, type DatabaseObserver } from './availability/chatkit-database.js';
import type { StoreLogger } from './availability/store-logger.js';
import { embeddedDatabase, externalDatabase, type DatabaseSource } from './availability/database-source.js';
import { systemClock, type Clock } from '../common/clock.js';
import type { ScopeLimits } from '../common/limits/scope-limits.js';
import { isExposed } from './connection/encryption.js';
import { bringUpToDate } from './connection/migrator.js';
import { loginOf } from './connection/serving-login.js';
import { TypeOrmAttachmentRecords } from './attachment-records.js';
import { DirectoryUnit } from './directory/directory-unit.js';
import { TenantDirectory } from './directory/tenant-directory.js';
import { TenantPlaces } from './isolation/tenant-places.js';
import { TenantSchemas } from './isolation/tenant-schemas.js';
import type { SchemaFeature } from './schema/schema-feature.js';
import { SchemaFeatures } from './schema/schema-features.js';
import { StoredLimits } from './stored-limits.js';
import { TypeOrmStore } from './typeorm-store.js';
import type { StatementObserver } from './unit-of-work/transaction.js';
import { MaintenanceUnit } from './unit-of-work/maintenance-unit.js';
import { Opening } from './unit-of-work/opening.js';
import { Transactions } from './unit-of-work/transactions.js';
import { UnitOfWork } from './unit-of-work/unit-of-work.js';
import { PostgresSignals } from './signals/postgres-signals.js';
import { warmUpStatements } from './rows/warm-up.js';

/** Everything that stands between the application and its database. */
export interface StoreParts {
  readonly database: ChatKitDatabase;
  /** Takes others until the database starts. */
  readonly features: SchemaFeatures;
  readonly unitOfWork: UnitOfWork;
  readonly tenants: TenantParts;
  readonly stored: StoredLimits;
  readonly store: TypeOrmStore;
  readonly attachments: TypeOrmAttachmentRecords;
  /** What replicas tell each other; undefined where there is one. Starts and ends by itself with nothing else. */
  readonly signals: PostgresSignals | undefined;
}

/**
 * Makes or migrates a tenant's own schema, and keeps that it is up to date.
 *
 * @param lockTimeout milliseconds to wait for whoever holds its tables
 * @param mayMigrate whether it may be changed if it is there. Default true
 */
export type Provision = (tenantId: string, lockTimeout: number, mayMigrate?: boolean) => Promise<void>;

/** What knows and keeps tenants, for those who operate the service. */
export interface TenantParts {
  readonly directory: TenantDirectory;
  readonly directoryUnit: DirectoryUnit;
  readonly maintenance: MaintenanceUnit;
  readonly places: TenantPlaces;
  readonly schemas: TenantSchemas;
  readonly provision: Provision;
}

export interface CreateStoreOptions {
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Default: says nothing. */
  readonly logger?: StoreLogger;
  /** Default: what the configuration says. */
  readonly source?: DatabaseSource;
  /** Is told of statements, waits for connections and migrations. Default: nobody. */
  readonly observer?: StatementObserver & DatabaseObserver;
  /** What tenants may store. Default: as much as they want. */
  readonly limits?: ScopeLimits;
  /** What has tables besides the store. Default: nothing. */
  readonly features?: Iterable<SchemaFeature>;
}

const EXPOSED =
  'The connection to the chat database is not encrypted, or to whom is not checked: name sslmode=verify-full, and ' +
  'sslrootcert where its authority is your own, in CHATKIT_DATABASE_URL';
const ONE_LOGIN =
  'The login of CHATKIT_DATABASE_URL owns the tables, so that a statement which leaves its role reaches every row: ' +
  'npm run database -- logins makes one that owns nothing, and CHATKIT_MIGRATION_URL beside it';
const silent: StoreLogger = { log: () => undefined, warn: () => undefined };

/** Puts the store together. Nothing connects before `database.start()`; end with `database.close()`. */
export function createStore(config: StoreConfig, options: CreateStoreOptions = {}): StoreParts {
  const { clock = systemClock, logger = silent, source = sourceOf(config) } = options;
  const { schema, isolation, production, databaseUrl } = config;
  if (production && databaseUrl !== undefined && isExposed(databaseUrl)) logger.warn(EXPOSED);
  const servingLogin = servingLoginOf(config);
  if (production && databaseUrl !== undefined && servingLogin === undefined) logger.warn(ONE_LOGIN);
  const features = new SchemaFeatures(options.features);
  const database = new ChatKitDatabase({
    ...limitsOf(config),
    isolation,
    mayMigrate: config.migrateOnStart,
    source,
    migrationSource: config.migrationUrl === undefined ? undefined : externalDatabase(config.migrationUrl),
    servingLogin,
    clock,
    logger,
    features,
    observer: options.observer,
  });
  const transactions = new Transactions(database, config, options.observer);
  const tenants = tenantParts(config, { database, transactions, features, servingLogin, clock, logger });
  const unitOfWork = new UnitOfWork(transactions, tenants.places, new Opening(schema, config));
  const stored = new StoredLimits(options.limits);
  database.warmUp = (client) => unitOfWork.warmUp(client, warmUpStatements);
  return {
    database,
    features,
    unitOfWork,
    tenants,
    stored,
    store: new TypeOrmStore(unitOfWork, config, stored),
    attachments: new TypeOrmAttachmentRecords(unitOfWork, stored),
    signals: signalsOf(config, clock, logger),
  };
}

interface TenantNeeds {
  readonly database: ChatKitDatabase;
  readonly transactions: Transactions;
  readonly features: SchemaFeatures;
  readonly servingLogin: string | undefined;
  readonly clock: Clock;
  readonly logger: StoreLogger;
}

/** Milliseconds for which a tenant that comes waits for whoever holds its tables. */
const VISIT_LOCK_TIMEOUT = 1000;

function tenantParts(
  { schema, isolation, connectTimeout, poolQueueMax, lockTimeout, migrateOnStart }: StoreConfig,
  { database, transactions, features, servingLogin, clock, logger }: TenantNeeds,
): TenantParts {
  const base = {
    schema,
    get role() {
      return database.role;
    },
  };
  const directoryUnit = new DirectoryUnit(transactions, base);
  const directory = new TenantDirectory(directoryUnit, isolation, clock);
  const provision: TenantParts['provision'] = async (tenantId, patience, mayMigrate = true) => {
    const { url } = database;
    const kind = 'tenant';
    const options = {
      connectTimeout,
      features,
      servingLogin,
      kind,
      mayMigrate,
      lockTimeout: patience,
      logger,
    } as const;
    await bringUpToDate(url, schemas.own(tenantId).schema, options);
    await directory.migrated(tenantId, features.version);
  };
  const schemas = new TenantSchemas((tenantId) => provision(tenantId, VISIT_LOCK_TIMEOUT, migrateOnStart), {
    base: schema,
    version: () => features.version,
    queueMax: poolQueueMax,
    clock,
  });
  database.onChange(({ status }) => {
    if (status !== 'down') return;
    directory.forget();
    schemas.forget();
  });
  return {
    directory,
    directoryUnit,
    maintenance: new MaintenanceUnit({ url: () => database.url, connectTimeout, lockTimeout }),
    places: new TenantPlaces(base, directory, schemas, clock),
    schemas,
    provision,
  };
}

/** Of replicas of a database that others run; an embedded one serves its own process. */
function signalsOf(
  { replicas, notifyUrl, databaseUrl, schema, connectTimeout }: StoreConfig,
  clock: Clock,
  logger: StoreLogger,
): PostgresSignals | undefined {
  const url = notifyUrl ?? databaseUrl;
  if (replicas === 1 || url === undefined) return undefined;
  return new PostgresSignals({
    source: externalDatabase(url),
    prefix: schema,
    connectTimeout,
    clock,
    logger,
  });
}

function sourceOf({ source, databaseUrl, dataDirectory }: StoreConfig): DatabaseSource | undefined {
  if (source === 'url' && databaseUrl !== undefined) return externalDatabase(databaseUrl);
  return source === 'embedded' ? embeddedDatabase(dataDirectory) : undefined;
}

/** The login that serves, where another one migrates. */
function servingLoginOf({ databaseUrl, migrationUrl }: StoreConfig): string | undefined {
  if (databaseUrl === undefined || migrationUrl === undefined) return undefined;
  const login = loginOf(databaseUrl);
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
