import type { StoreConfig } from '../config/store.config.js';
import { ChatKitDatabase, type DatabaseObserver, type StoreLogger } from './availability/chatkit-database.js';
import { embeddedDatabase, externalDatabase, type DatabaseSource } from './availability/database-source.js';
import { systemClock, type Clock } from '../common/clock.js';
import { isExposed } from './connection/encryption.js';
import { bringUpToDate } from './connection/migrator.js';
import { loginOf } from './connection/serving-login.js';
import { TypeOrmAttachmentRecords } from './attachment-records.js';
import { RowIsolation } from './isolation/row-isolation.js';
import { SchemaIsolation } from './isolation/schema-isolation.js';
import type { SchemaFeature } from './schema/schema-feature.js';
import { SchemaFeatures } from './schema/schema-features.js';
import { TypeOrmStore } from './typeorm-store.js';
import type { StatementObserver } from './unit-of-work/transaction.js';
import { UnitOfWork } from './unit-of-work/unit-of-work.js';
import { warmUpStatements } from './rows/warm-up.js';

/** Everything that stands between the application and its database. */
export interface StoreParts {
  readonly database: ChatKitDatabase;
  /** Takes others until the database starts. */
  readonly features: SchemaFeatures;
  readonly unitOfWork: UnitOfWork;
  readonly store: TypeOrmStore;
  readonly attachments: TypeOrmAttachmentRecords;
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
  const { isolation: kind, schema, connectTimeout, poolQueueMax } = config;
  const { databaseUrl, production } = config;
  if (production && databaseUrl !== undefined && isExposed(databaseUrl)) logger.warn(EXPOSED);
  const servingLogin = servingLoginOf(config);
  if (production && databaseUrl !== undefined && servingLogin === undefined) logger.warn(ONE_LOGIN);
  const features = new SchemaFeatures(options.features);
  const database = new ChatKitDatabase({
    ...limitsOf(config),
    isolation: kind,
    source,
    migrationSource: config.migrationUrl === undefined ? undefined : externalDatabase(config.migrationUrl),
    servingLogin,
    clock,
    logger,
    features,
    observer: options.observer,
  });
  const isolation =
    kind === 'row'
      ? new RowIsolation(schema, database)
      : new SchemaIsolation(
          schema,
          async (name) => {
            await bringUpToDate(database.url, name, { connectTimeout, features, servingLogin });
          },
          poolQueueMax,
        );
  const unitOfWork = new UnitOfWork(database, isolation, config, options.observer);
  if (isolation instanceof RowIsolation) {
    database.warmUp = (client) => unitOfWork.warmUp(client, isolation.placeOf(), warmUpStatements);
  } else {
    database.onChange(({ status }) => {
      if (status === 'down') isolation.forget();
    });
  }
  return {
    database,
    features,
    unitOfWork,
    store: new TypeOrmStore(unitOfWork, config),
    attachments: new TypeOrmAttachmentRecords(unitOfWork),
  };
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
