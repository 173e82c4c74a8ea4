import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { CreateStoreOptions, StoreParts } from '../../src/store/create-store.js';

/** A database of its own for one spec. */
export interface TestDatabase {
  readonly name: string;
  /** Part of the name; roles whose names hold it are dropped with the database. */
  readonly tag: string;
  /** As the administrator of the cluster. */
  readonly url: string;
  /** One statement as the administrator, past all row-level security. */
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** Makes an empty database in the cluster that serves the whole run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const tag = randomBytes(5).toString('hex');
  const name = `test_${tag}`;
  await once(clusterUrl(), `CREATE DATABASE ${name}`);
  const url = new URL(clusterUrl());
  url.pathname = `/${name}`;
  return {
    name,
    tag,
    url: url.href,
    query: (sql, values) => once(url.href, sql, values),
    async drop() {
      await once(clusterUrl(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      const roles = await once(
        clusterUrl(),
        `SELECT rolname FROM pg_roles WHERE strpos(rolname, $1) > 0 ORDER BY rolcanlogin`,
        [tag],
      );
      for (const { rolname } of roles) await once(clusterUrl(), `DROP ROLE ${String(rolname)}`);
    },
  };
}

/** A connected store on that database, with the tables of all features. `env` adds or replaces variables of its configuration. */
export async function openStore(
  database: Pick<TestDatabase, 'url'>,
  env: NodeJS.ProcessEnv = {},
  options: CreateStoreOptions = {},
): Promise<StoreParts> {
  // loaded when needed: the set-up of a run makes databases, too, and cannot read decorated sources
  const { StoreConfig } = await import('../../src/config/store.config.js');
  const { loadConfig } = await import('../../src/config/validate.js');
  const { createStore } = await import('../../src/store/create-store.js');
  const { schemaFeatures } = await import('../../src/app/schema-features.js');
  const config = loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: database.url, ...env });
  const parts = createStore(config, { features: schemaFeatures(), ...options });
  parts.database.start();
  await parts.database.whenUp();
  return parts;
}

/** Empties every table of every schema of ours, but for the directory of tenants. */
export async function emptyTables(database: TestDatabase): Promise<void> {
  const tables = await database.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname LIKE 'chatkit%' AND tablename NOT IN ('migrations', 'tenants')`,
  );
  const names = tables.map(({ name }) => String(name)).join(', ');
  if (names !== '') await database.query(`TRUNCATE ${names}`);
}

function clusterUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('The global set-up has not started a database');
  return url;
}

async function once(url: string, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
