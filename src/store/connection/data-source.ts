import type { PoolClient } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { SchemaFeatures, SchemaKind } from '../schema/schema-features.js';
import { prepareSchema, type RunSql } from './prepare-schema.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** The level of every transaction that names none; a database may have another standard. */
export const SET_ISOLATION = `SET default_transaction_isolation TO 'read committed'`;

/** The table, in the same schema, that remembers which migrations ran. */
export const MIGRATIONS_TABLE = 'migrations';

/** What every connection of ours has in common. The tables are made by migrations and by nothing else. */
export function dataSourceOptions(url: string, schema: string): PostgresOptions {
  return {
    type: 'postgres',
    url,
    schema,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
  };
}

/**
 * Migrates one schema under the login role. The schema and the role that is bound by row-level security are
 * made on connecting: both must be there before the first migration.
 */
export class MigrationDataSource extends DataSource {
  readonly #schema: string;

  /** @param lockTimeout milliseconds to wait for others that hold a lock. Default: as long as they do */
  constructor(
    url: string,
    schema: string,
    features: SchemaFeatures,
    { kind = 'base', lockTimeout = 0 }: { readonly kind?: SchemaKind; readonly lockTimeout?: number } = {},
  ) {
    super({
      ...dataSourceOptions(url, schema),
      migrations: features.migrationsOf(kind),
      migrationsTableName: MIGRATIONS_TABLE,
      applicationName: 'chatkit-migrations',
      poolSize: 1,
      extra: {
        onConnect: (client: PoolClient) =>
          client.query(`${SET_ISOLATION}; SET lock_timeout TO ${lockTimeout}`),
      },
    });
    this.#schema = schema;
  }

  override async initialize(): Promise<this> {
    await super.initialize();
    try {
      const run: RunSql = (sql, values) => this.query(sql, values);
      await prepareSchema(run, this.#schema, { loginMayServe: true });
    } catch (error) {
      await this.destroy();
      throw error;
    }
    return this;
  }
}
