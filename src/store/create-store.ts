import type { StoreConfig } from '../config/store.config.js';
import { ChatKitDatabase, type StoreLogger } from './availability/chatkit-database.js';
import { embeddedDatabase, externalDatabase, type DatabaseSource } from './availability/database-source.js';
import { systemClock, type Clock } from '../common/clock.js';
import { isExposed } from './connection/encryption.js';
import { bringUpToDate } from './connection/migrator.js';
import type { SchemaExtension } from './connection/schema-extension.js';
import { TypeOrmAttachmentRecords } from './attachment-records.js';
import { TypeOrmFeedbackStore } from './feedback-store.js';
import { RowIsolation } from './isolation/row-isolation.js';
import { SchemaIsolation } from './isolation/schema-isolation.js';
import { TypeOrmOrganisationStore } from './organisation-store.js';
import { TypeOrmStore } from './typeorm-store.js';
import { TypeOrmUsageStore } from './usage-store.js';
import { UnitOfWork } from './unit-of-work/unit-of-work.js';
import { warmUpStatements } from './rows/warm-up.js';

/** Everything that stands between the application and its database. */
export interface StoreParts {
  readonly database: ChatKitDatabase;
  readonly unitOfWork: UnitOfWork;
  readonly store: TypeOrmStore;
  readonly feedback: TypeOrmFeedbackStore;
  readonly organisations: TypeOrmOrganisationStore;
  readonly usage: TypeOrmUsageStore;
  readonly attachments: TypeOrmAttachmentRecords;
}

export interface CreateStoreOptions {
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Default: says nothing. */
  readonly logger?: StoreLogger;
  /** Default: what the configuration says. */
  readonly source?: DatabaseSource;
  /** Makes optional tables in every schema, after its migrations. */
  readonly extend?: SchemaExtension | undefined;
}

const EXPOSED =
  'The connection to the chat database is not encrypted, or to whom is not checked: name sslmode=verify-full, and ' +
  'sslrootcert where its authority is your own, in CHATKIT_DATABASE_URL';
const silent: StoreLogger = { log: () => undefined, warn: () => undefined };

/** Puts the store together. Nothing connects before `database.start()`; end with `database.close()`. */
export function createStore(config: StoreConfig, options: CreateStoreOptions = {}): StoreParts {
  const { clock = systemClock, logger = silent, source = sourceOf(config), extend } = options;
  const { isolation: kind, schema, connectTimeout, poolQueueMax } = config;
  const { databaseUrl, production } = config;
  if (production && databaseUrl !== undefined && isExposed(databaseUrl)) logger.warn(EXPOSED);
  const database = new ChatKitDatabase({
    ...limitsOf(config),
    isolation: kind,
    source,
    clock,
    logger,
    extend,
  });
  const isolation =
    kind === 'row'
      ? new RowIsolation(schema, database)
      : new SchemaIsolation(
          schema,
          async (name) => {
            await bringUpToDate(database.url, name, { connectTimeout, extend });
          },
          poolQueueMax,
        );
  const unitOfWork = new UnitOfWork(database, isolation, config);
  if (isolation instanceof RowIsolation) {
    database.warmUp = (client) => unitOfWork.warmUp(client, isolation.placeOf(), warmUpStatements);
  } else {
    database.onChange(({ status }) => {
      if (status === 'down') isolation.forget();
    });
  }
  return {
    database,
    unitOfWork,
    store: new TypeOrmStore(unitOfWork, config),
    feedback: new TypeOrmFeedbackStore(unitOfWork),
    organisations: new TypeOrmOrganisationStore(unitOfWork),
    usage: new TypeOrmUsageStore(unitOfWork),
    attachments: new TypeOrmAttachmentRecords(unitOfWork),
  };
}

function sourceOf({ source, databaseUrl, dataDirectory }: StoreConfig): DatabaseSource | undefined {
  if (source === 'url' && databaseUrl !== undefined) return externalDatabase(databaseUrl);
  return source === 'embedded' ? embeddedDatabase(dataDirectory) : undefined;
}

function limitsOf(config: StoreConfig) {
  const {
    schema,
    poolMin,
    poolMax,
    poolQueueMax,
    connectTimeout,
    statementTimeout,
    lockTimeout,
    idleTimeout,
  } = config;
  return {
    schema,
    poolMin,
    poolMax,
    poolQueueMax,
    connectTimeout,
    statementTimeout,
    lockTimeout,
    idleTimeout,
  };
}
