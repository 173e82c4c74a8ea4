import { Client } from 'pg';
import { LOGIN_ROLE, quoted } from '../schema/names.js';
import type { SchemaFeatures } from '../schema/schema-features.js';
import { MigrationDataSource, MIGRATIONS_TABLE, SET_ISOLATION } from './data-source.js';
import { prepareSchema, type RunSql } from './prepare-schema.js';

export interface MigratorOptions {
  readonly features: SchemaFeatures;
  /** Milliseconds to wait for the connection. */
  readonly connectTimeout: number;
  /** See PrepareOptions. Default false. */
  readonly loginMayServe?: boolean;
}

/** Migrations of another instance are waited for this long. */
const LOCK_TIMEOUT = '60s';

/**
 * Brings a schema up to date under the login role: makes it and its role if they are missing, and runs the
 * migrations that have not run. Any number of instances may do so at once; one does the work.
 *
 * @param onPending told when there is work to do
 * @param tables whether the schema gets tables; without, only the schema and the role are made
 * @returns the role that statements on the schema run under
 * @throws DatabaseSetupError when the login role lacks the rights
 */
export async function bringUpToDate(
  url: string,
  schema: string,
  { connectTimeout, features, loginMayServe = false }: MigratorOptions,
  onPending: () => void = () => undefined,
  tables = true,
): Promise<string> {
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
    await run(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
    await run('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`chatkit:migrations:${schema}`]);
    const role = await prepareSchema(run, schema, { loginMayServe });
    if (!tables) return role;
    if ((await pendingMigrations(run, schema, features)) > 0) {
      onPending();
      await migrate(url, schema, features);
    }
    await features.extend(run, schema, role === LOGIN_ROLE ? 'CURRENT_USER' : quoted(role));
    return role;
  } finally {
    await client.end();
  }
}

async function pendingMigrations(
  run: RunSql,
  schema: string,
  { migrations }: SchemaFeatures,
): Promise<number> {
  const known = await run('SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = $2', [
    schema,
    MIGRATIONS_TABLE,
  ]);
  if (known.length === 0) return migrations.length;
  const done = await run(`SELECT name FROM ${quoted(schema)}.${quoted(MIGRATIONS_TABLE)}`);
  const names = new Set(done.map(({ name }) => name));
  return migrations.filter(({ name }) => !names.has(name)).length;
}

async function migrate(url: string, schema: string, features: SchemaFeatures): Promise<void> {
  const dataSource = new MigrationDataSource(url, schema, features);
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'all' });
  } finally {
    await dataSource.destroy();
  }
}
