import { Client } from 'pg';
import { MigrationExecutor } from 'typeorm';
import { LOGIN_ROLE, quoted } from '../schema/names.js';
import type { SchemaFeatures } from '../schema/schema-features.js';
import { MigrationDataSource, MIGRATIONS_TABLE } from './data-source.js';
import { whileLocked } from './migration-lock.js';
import { prepareSchema, type PrepareOptions, type RunSql } from './prepare-schema.js';
import { admitServingLogin } from './serving-login.js';

export interface MigratorOptions extends Partial<PrepareOptions> {
  readonly features: SchemaFeatures;
  /** Milliseconds to wait for the connection. */
  readonly connectTimeout: number;
  /** The login that serves, where it is another than migrates. */
  readonly servingLogin?: string | undefined;
}

/**
 * Brings a schema up to date under the login role: makes it and its role if they are missing, and runs the
 * migrations that have not run. Any number of instances may do so at once; one does the work. All of it happens in
 * transactions and outlives none, so that a pool of connections may stand between.
 *
 * @param onPending told when there is work to do
 * @param tables whether the schema gets tables; without, only the schema and the role are made
 * @returns the role that statements on the schema run under
 * @throws DatabaseSetupError when the login role lacks the rights
 */
export async function bringUpToDate(
  url: string,
  schema: string,
  { connectTimeout, features, loginMayServe = false, servingLogin }: MigratorOptions,
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
    const prepare = { loginMayServe };
    if (tables && (await pendingMigrations(run, schema, features)) > 0) {
      await migrate(new MigrationDataSource(url, schema, features, prepare), schema, features, onPending);
    }
    await run('BEGIN ISOLATION LEVEL READ COMMITTED');
    const role = await whileLocked(run, schema, async (step) => {
      const found = await prepareSchema(step, schema, prepare);
      if (servingLogin !== undefined) await admitServingLogin(step, servingLogin, found);
      if (tables) await features.extend(step, schema, found === LOGIN_ROLE ? 'CURRENT_USER' : quoted(found));
      return found;
    });
    await run('COMMIT');
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

/** Runs what no other instance has run by the time that it is its turn. */
async function migrate(
  dataSource: MigrationDataSource,
  schema: string,
  features: SchemaFeatures,
  onPending: () => void,
): Promise<void> {
  await dataSource.initialize();
  try {
    await dataSource.transaction(async ({ queryRunner }) => {
      if (queryRunner === undefined) return;
      const run: RunSql = (sql, values) => queryRunner.query(sql, values);
      await whileLocked(run, schema, async () => {
        if ((await pendingMigrations(run, schema, features)) === 0) return;
        onPending();
        await new MigrationExecutor(dataSource, queryRunner).executePendingMigrations();
      });
    });
  } finally {
    await dataSource.destroy();
  }
}
