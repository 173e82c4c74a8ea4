import pg, { type Client } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { SchemaFeatures, SchemaKind } from '../schema/schema-features.js';
import type { StoreLogger } from '../availability/store-logger.js';
import { MigrationLog } from './migration-log.js';
import { patiently, whileLocked } from './migration-lock.js';
import { poolOf } from './pool-of-one.js';
import { prepareSchema, type PrepareOptions, type RunSql } from './prepare-schema.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** The table, in the same schema, that remembers which migrations ran. */
export const MIGRATIONS_TABLE = 'migrations';

/** What every connection of ours has in common. The tables are made by migrations and by nothing else. */
export function dataSourceOptions(url: string, schema: string): PostgresOptions {
  return {
    type: 'postgres',
    // TypeORM would look for it by name, which finds nothing in a bundle
    driver: pg,
    url,
    schema,
    // of transactions that name none; a database may have another standard
    isolationLevel: 'READ COMMITTED',
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
  };
}

/** How a schema is migrated. */
export interface MigrationOptions extends Partial<PrepareOptions> {
  /** Default `base`. */
  readonly kind?: SchemaKind;
  /** Milliseconds to wait for others that hold a lock, as another instance that migrates does. Default a minute. */
  readonly lockTimeout?: number | undefined;
  /** Is told what TypeORM says of migrations. Default: the console is. */
  readonly logger?: StoreLogger;
  /** A connection that is open, which whoever opened it ends. Default: one is opened. */
  readonly client?: Client;
}

/**
 * Migrates one schema under the login role. The schema and the role that is bound by row-level security are
 * made on connecting: both must be there before the first migration. Nothing is set beyond the end of a transaction.
 */
export class MigrationDataSource extends DataSource {
  readonly #schema: string;
  readonly #prepare: PrepareOptions;
  readonly #lockTimeout: number | undefined;

  constructor(
    url: string,
    schema: string,
    features: SchemaFeatures,
    { kind = 'base', loginMayServe = true, lockTimeout, logger, client }: MigrationOptions = {},
  ) {
    super({
      ...dataSourceOptions(url, schema),
      migrations: features.migrationsOf(kind),
      migrationsTableName: MIGRATIONS_TABLE,
      applicationName: 'chatkit-migrations',
      poolSize: 1,
      ...(client !== undefined && { driver: { Pool: poolOf(client) } }),
      ...(logger !== undefined && { logger: new MigrationLog(logger) }),
    });
    this.#schema = schema;
    this.#prepare = { loginMayServe };
    this.#lockTimeout = lockTimeout;
  }

  override async initialize(): Promise<this> {
    await super.initialize();
    try {
      const prepare = (step: RunSql): Promise<string> => prepareSchema(step, this.#schema, this.#prepare);
      const transaction = (): Promise<string> =>
        this.transaction((manager) => {
          const run: RunSql = (sql, values) => manager.query(sql, values);
          return whileLocked(run, this.#schema, prepare, this.#lockTimeout);
        });
      await patiently(transaction, this.#lockTimeout);
    } catch (error) {
      await this.destroy();
      throw error;
    }
    return this;
  }
}
