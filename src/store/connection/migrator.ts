import { MigrationExecutor } from 'typeorm';
import { boundRoleOf, LOGIN_ROLE, quoted } from '../schema/names.js';
import type { MigrationClass } from '../schema/schema-feature.js';
import type { SchemaFeatures } from '../schema/schema-features.js';
import { MigrationDataSource, MIGRATIONS_TABLE, type MigrationOptions } from './data-source.js';
import { patiently, whileLocked } from './migration-lock.js';
import { prepareSchema, type RunSql } from './prepare-schema.js';
import { singleClient } from './single-client.js';
import { admitServingLogin, admitToDirectory } from './serving-login.js';
import { isUpToDate } from './up-to-date.js';

export interface MigratorOptions extends MigrationOptions {
  readonly features: SchemaFeatures;
  /** Milliseconds to wait for the connection. */
  readonly connectTimeout: number;
  /** The login that serves, where it is another than migrates. */
  readonly servingLogin?: string | undefined;
  /** Whether tables that are there may be changed; those of a new tenant are made in any case. Default true. */
  readonly mayMigrate?: boolean;
}

/** Milliseconds to wait at least for another instance that makes a new tenant's tables: there is nothing else to give. */
const MAKING_TIMEOUT = 10_000;

/** The tables are those of another version, and may not be changed now. */
export class OutdatedSchemaError extends Error {
  override readonly name = 'OutdatedSchemaError';

  constructor(schema: string, missing: number) {
    super(`The schema ${schema} lacks ${missing} migrations, which npm run migration:run brings`);
  }
}

/**
 * Brings a schema up to date under the login role: makes it and its role if they are missing, and runs the
 * migrations that have not run. Any number of instances may do so at once; one does the work. All of it happens in
 * transactions and outlives none, so that a pool of connections may stand between. Others go on using the tables
 * meanwhile: none of them waits for longer than a moment. Where nothing is to be done, that is asked in one round trip.
 *
 * @param onPending told when there is work to do, with how many migrations
 * @returns the role that statements on the schema run under
 * @throws DatabaseSetupError when the login role lacks the rights
 * @throws OutdatedSchemaError when there is work to do that may not be done
 */
export async function bringUpToDate(
  url: string,
  schema: string,
  options: MigratorOptions,
  onPending: (count: number) => void = () => undefined,
): Promise<string> {
  const {
    connectTimeout,
    features,
    kind = 'base',
    loginMayServe = false,
    servingLogin,
    mayMigrate = true,
  } = options;
  const migrations = features.migrationsOf(kind);
  const client = singleClient(url, 'chatkit-migrations', {
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
  });
  await client.connect();
  try {
    const run: RunSql = async (sql, values) =>
      (await client.query<Record<string, unknown>>(sql, values)).rows;
    const wanted = { kind, migrations: migrations.map(({ name }) => name), servingLogin };
    if (!features.isExtended && (await isUpToDate(run, schema, wanted))) return boundRoleOf(schema);
    const { done, pending } = await migrationsIn(run, schema, migrations);
    const isNew = kind === 'tenant' && done === 0;
    if (pending > 0 && !mayMigrate && !isNew) throw new OutdatedSchemaError(schema, pending);
    const lockTimeout = isNew ? atLeast(MAKING_TIMEOUT, options.lockTimeout) : options.lockTimeout;
    if (pending > 0) {
      const migrating = { ...options, loginMayServe, lockTimeout, client };
      const dataSource = new MigrationDataSource(url, schema, features, migrating);
      await migrate(dataSource, schema, migrations, { onPending, lockTimeout });
    }
    const complete = async (step: RunSql): Promise<string> => {
      const found = await prepareSchema(step, schema, { loginMayServe });
      if (servingLogin !== undefined) {
        await admitServingLogin(step, servingLogin, found);
        if (kind === 'base') await admitToDirectory(step, servingLogin, schema);
      }
      await features.extend(step, schema, found === LOGIN_ROLE ? 'CURRENT_USER' : quoted(found));
      return found;
    };
    return await patiently(
      () => inTransaction(run, () => whileLocked(run, schema, complete, lockTimeout)),
      lockTimeout,
    );
  } finally {
    await client.end();
  }
}

const atLeast = (least: number, timeout: number | undefined): number | undefined =>
  timeout === undefined ? undefined : Math.max(least, timeout);

/** How many migrations the schema has, and how many it lacks. */
async function migrationsIn(
  run: RunSql,
  schema: string,
  migrations: readonly MigrationClass[],
): Promise<{ readonly done: number; readonly pending: number }> {
  // the view pg_tables takes longer to open than its answer
  const known = await run(
    'SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = $1 AND relname = $2',
    [schema, MIGRATIONS_TABLE],
  );
  if (known.length === 0) return { done: 0, pending: migrations.length };
  const done = await run(`SELECT name FROM ${quoted(schema)}.${quoted(MIGRATIONS_TABLE)}`);
  const names = new Set(done.map(({ name }) => name));
  return { done: names.size, pending: migrations.filter(({ name }) => !names.has(name)).length };
}

/**
 * Runs what no other instance has run by the time that it is its turn: for a new schema all at once, and where others use
 * the tables one by one, each in a transaction of its own, so that none of them is held for longer than one needs.
 */
async function migrate(
  dataSource: MigrationDataSource,
  schema: string,
  migrations: readonly MigrationClass[],
  {
    onPending,
    lockTimeout,
  }: { readonly onPending: (count: number) => void; readonly lockTimeout: number | undefined },
): Promise<void> {
  await dataSource.initialize();
  let isTold = false;
  /** @returns whether there is more to do */
  const runNext = (): Promise<boolean> =>
    dataSource.transaction(async ({ queryRunner }) => {
      if (queryRunner === undefined) return false;
      const run: RunSql = (sql, values) => queryRunner.query(sql, values);
      const runPending = async (): Promise<boolean> => {
        const { done, pending } = await migrationsIn(run, schema, migrations);
        if (pending === 0) return false;
        if (!isTold) onPending(pending);
        isTold = true;
        const executor = new MigrationExecutor(dataSource, queryRunner);
        if (done === 0) {
          // one by one, each would first be asked whether the table of migrations is there
          await executor.executePendingMigrations();
          return false;
        }
        const [next, ...left] = await executor.getPendingMigrations();
        if (next !== undefined) await executor.executeMigration(next);
        return left.length > 0;
      };
      return whileLocked(run, schema, runPending, lockTimeout);
    });
  try {
    while (await patiently(runNext, lockTimeout));
  } finally {
    await dataSource.destroy();
  }
}

async function inTransaction<T>(run: RunSql, work: () => Promise<T>): Promise<T> {
  await run('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    const result = await work();
    await run('COMMIT');
    return result;
  } catch (error) {
    // a connection that is gone has nothing left to take back
    await run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
