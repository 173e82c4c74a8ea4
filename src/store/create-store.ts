import type { StoreConfig } from '../config/store.config.js';
import type { ChatKitDatabase } from './availability/chatkit-database.js';
import type { DatabaseObserver } from './availability/database-options.js';
import type { StoreLogger } from './availability/store-logger.js';
import { externalDatabase, type DatabaseSource } from './availability/database-source.js';
import { systemClock, type Clock } from '../common/clock.js';
import type { ScopeLimits } from '../common/limits/scope-limits.js';
import { TypeOrmAttachmentRecords } from './attachment-records.js';
import { createDatabases } from './databases/create-databases.js';
import type { TenantDatabases } from './databases/tenant-databases.js';
import { TenantDirectory } from './directory/tenant-directory.js';
import { TenantPlaces } from './isolation/tenant-places.js';
import type { SchemaFeature } from './schema/schema-feature.js';
import { SchemaFeatures } from './schema/schema-features.js';
import { StoredLimits } from './stored-limits.js';
import { TypeOrmStore } from './typeorm-store.js';
import type { StatementObserver } from './unit-of-work/transaction.js';
import { Opening } from './unit-of-work/opening.js';
import { UnitOfWork } from './unit-of-work/unit-of-work.js';
import { PostgresSignals } from './signals/postgres-signals.js';
import { signalKeyOf } from './signals/signal-key.js';
import { warmUpStatements } from './rows/warm-up.js';

/** Everything that stands between the application and its databases. */
export interface StoreParts {
  /** The home of all tenants. */
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

/** What knows and keeps tenants, for those who operate the service. */
export interface TenantParts {
  readonly directory: TenantDirectory;
  readonly databases: TenantDatabases;
}

export interface CreateStoreOptions {
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Default: says nothing. */
  readonly logger?: StoreLogger;
  /** Where the home of all tenants is. Default: what the configuration says. */
  readonly source?: DatabaseSource;
  /** Is told of statements, waits for connections and migrations. Default: nobody. */
  readonly observer?: StatementObserver & DatabaseObserver;
  /** What tenants may store. Default: as much as they want. */
  readonly limits?: ScopeLimits;
  /** What has tables besides the store. Default: nothing. */
  readonly features?: Iterable<SchemaFeature>;
}

const silent: StoreLogger = { log: () => undefined, warn: () => undefined };

/** Puts the store together. Nothing connects before `tenants.databases.start()`; end with its `close()`. */
export function createStore(config: StoreConfig, options: CreateStoreOptions = {}): StoreParts {
  const { clock = systemClock, logger = silent, observer } = options;
  const features = new SchemaFeatures(options.features);
  const databases = createDatabases(config, { features, clock, logger, observer }, options.source);
  const directory = new TenantDirectory(databases, config.isolation, clock);
  const places = new TenantPlaces(databases, directory, clock);
  const unitOfWork = new UnitOfWork(places, new Opening(config.schema, config), config);
  const stored = new StoredLimits(options.limits);
  for (const database of databases.all) {
    database.connection.warmUp = (client) => unitOfWork.warmUp(client, database, warmUpStatements);
    database.connection.onChange(({ status }) => {
      if (status === 'down') directory.forget();
    });
  }
  return {
    database: databases.home.connection,
    features,
    unitOfWork,
    tenants: { directory, databases },
    stored,
    store: new TypeOrmStore(unitOfWork, config, stored),
    attachments: new TypeOrmAttachmentRecords(unitOfWork, stored),
    signals: signalsOf(config, databases, { clock, logger }),
  };
}

/** Of replicas of a database that others run; an embedded one serves its own process. */
function signalsOf(
  { replicas, notifyUrl, databaseUrl, schema, connectTimeout }: StoreConfig,
  { home }: Pick<TenantDatabases, 'home'>,
  around: { readonly clock: Clock; readonly logger: StoreLogger },
): PostgresSignals | undefined {
  const url = notifyUrl ?? databaseUrl;
  if (replicas === 1 || url === undefined) return undefined;
  return new PostgresSignals({
    source: externalDatabase(url),
    prefix: schema,
    connectTimeout,
    key: () => signalKeyOf(home),
    ...around,
  });
}
