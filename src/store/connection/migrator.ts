import { Client } from 'pg';
import { LOGIN_ROLE, quoted } from '../schema/names.js';
import type { MigrationClass } from '../schema/schema-feature.js';
import type { SchemaFeatures, SchemaKind } from '../schema/schema-features.js';
import { MigrationDataSource, MIGRATIONS_TABLE, SET_ISOLATION } from './data-source.js';
import { prepareSchema, type RunSql } from './prepare-schema.js';

export interface MigratorOptions {
  readonly features: SchemaFeatures;
  /** Milliseconds to wait for the connection. */
  readonly connectTimeout: number;
  /** Default `base`. */
  readonly kind?: SchemaKind;
  /** See PrepareOptions. Default false. */
  readonly loginMayServe?: boolean;
  /** Whether tables that are there may be changed; those of a new tenant are made in any case. Default true. */
  readonly mayMigrate?: boolean;
  /** Milliseconds to wait for others that hold a lock, as another instance that migrates does. Default a minute. */
  readonly lockTimeout?: number;
}

const LOCK_TIMEOUT = 60_000;

/** The tables are those of another version, and may not be changed now. */
export class OutdatedSchemaError extends Error {
  override readonly name = 'OutdatedSchemaError';

  constructor(schema: string, missing: number) {
    super(`The schema ${schema} lacks ${missing} migrations, which npm run migration:run brings`);
  }
}

/**
 * Brings a schema up to date under the login role: makes it and its role if they are missing, and runs the
 * migrations that have not run. Any number of instances may do so at once; one does the work.
 *
 * @param onPending told when there is work to do
 * @returns the role that statements on the schema run under
 * @throws DatabaseSetupError when the login role lacks the rights
 * @throws OutdatedSchemaError when there is work to do that may not be done
 */
export async function bringUpToDate(
  url: string,
  schema: string,
  options: MigratorOptions,
  onPending: () => void = () => undefined,
): Promise<string> {
  const { connectTimeout, features, kind = 'base', loginMayServe = false, mayMigrate = true } = options;
  const { lockTimeout = LOCK_TIMEOUT } = options;
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeout,
    application_name: 'chatkit-migrations',
    keepAlive: true,
  });
  // A loss rejects the statement under way as well; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const run: RunSql = async (sql, values) =>
      (await client.query<Record<string, unknown>>(sql, values)).rows;
    await run(SET_ISOLATION);
    await run(`SET lock_timeout = ${lockTimeout}`);
    await run('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`chatkit:migrations:${schema}`]);
    const { done, pending } = await migrationsIn(run, schema, features.migrationsOf(kind));
    const isNew = kind === 'tenant' && done === 0;
    if (pending > 0 && !mayMigrate && !isNew) throw new OutdatedSchemaError(schema, pending);
    const role = await prepareSchema(run, schema, { loginMayServe });
    if (pending > 0) {
      onPending();
      await migrate(new MigrationDataSource(url, schema, features, { kind, lockTimeout }));
    }
    await features.extend(run, schema, role === LOGIN_ROLE ? 'CURRENT_USER' : quoted(role));
    return role;
  } finally {
    await client.end();
  }
}

/** How many migrations the schema has, and how many it lacks. */
async function migrationsIn(
  run: RunSql,
  schema: string,
  migrations: readonly MigrationClass[],
): Promise<{ readonly done: number; readonly pending: number }> {
  const known = await run('SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = $2', [
    schema,
    MIGRATIONS_TABLE,
  ]);
  if (known.length === 0) return { done: 0, pending: migrations.length };
  const done = await run(`SELECT name FROM ${quoted(schema)}.${quoted(MIGRATIONS_TABLE)}`);
  const names = new Set(done.map(({ name }) => name));
  return { done: names.size, pending: migrations.filter(({ name }) => !names.has(name)).length };
}

async function migrate(dataSource: MigrationDataSource): Promise<void> {
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'all' });
  } finally {
    await dataSource.destroy();
  }
}
