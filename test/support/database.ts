import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import type { CreateStoreOptions, StoreParts } from '../../src/store/create-store.js';
import { administrator, clusterUrl, type RunSql } from './administrator.js';
import { asCopyOf, ofTemplate } from './template.js';

/** A database of its own for one spec. */
export interface TestDatabase {
  readonly name: string;
  /** Part of the name; roles whose names hold it are dropped with the database. */
  readonly tag: string;
  /** As the administrator of the cluster. */
  readonly url: string;
  /** One statement as the administrator, past all row-level security. */
  readonly query: RunSql;
  drop(): Promise<void>;
}

/** Makes a database in the cluster that serves the whole run, with the tables of all features. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(await ofTemplate(migrate));
}

/** Makes one that is empty, for who looks at how it is migrated, or by whom. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create('');
}

/** Makes the next of several that begin with the same. */
export interface Copies {
  next(): Promise<TestDatabase>;
  drop(): Promise<void>;
}

/**
 * Databases for tests that each change what others begin with, which costs a copy of it each.
 *
 * @param fill makes what they begin with, in a store that is closed after that; it leaves no connection of its own
 */
export async function createCopies(
  fill: (parts: StoreParts, origin: Pick<TestDatabase, 'url'>) => Promise<void>,
  env: NodeJS.ProcessEnv = {},
  options: CreateStoreOptions = {},
): Promise<Copies> {
  const origin = await createTestDatabase();
  const parts = await openStore(origin, env, options);
  await fill(parts, origin);
  await parts.database.close();
  const copy = await administrator((run) => asCopyOf(origin.name, run));
  return {
    next: () => create(copy),
    drop: () => origin.drop(),
  };
}

async function migrate(name: string): Promise<void> {
  const { database } = await openStore({ url: urlOf(name) });
  await database.close();
}

async function create(origin: string): Promise<TestDatabase> {
  const tag = randomBytes(5).toString('hex');
  const name = `test_${tag}`;
  await administrator((run) => run(`CREATE DATABASE ${name}${origin}`));
  const url = urlOf(name);
  const connections = new Pool({ connectionString: url, idleTimeoutMillis: 0 });
  // one that a test cuts is replaced
  connections.on('error', () => undefined);
  return {
    name,
    tag,
    url,
    query: async (sql, values) => (await connections.query<Record<string, unknown>>(sql, values)).rows,
    drop: async () => {
      await connections.end();
      await administrator(async (run) => {
        await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        const roles = await run(
          `SELECT rolname FROM pg_roles WHERE strpos(rolname, $1) > 0 ORDER BY rolcanlogin`,
          [tag],
        );
        for (const { rolname } of roles) await run(`DROP ROLE ${String(rolname)}`);
      });
    },
  };
}

/** Has a store not look at its database by itself, which it does every few seconds, where statements or connections are counted. */
export const UNWATCHED = { CHATKIT_PROBE_INTERVAL: '3600000' };

/** One connection that is made ready: to prepare all statements on another costs more than most tests do with it. */
export const ONE_READY = { CHATKIT_POOL_MIN: '1' };

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
  const config = loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: database.url, ...ONE_READY, ...env });
  const parts = createStore(config, { features: schemaFeatures(), ...options });
  const { databases } = parts.tenants;
  databases.start();
  await Promise.all(databases.all.map(({ connection }) => connection.whenUp()));
  return parts;
}

/**
 * Empties every table of every schema of ours, but for the directory of tenants. Most are empty as it is, which the size of
 * their files says. A few rows go sooner one by one than with the files, which would be made anew with those of all indexes;
 * since all go, no reference is looked after.
 */
export async function emptyTables(database: TestDatabase): Promise<void> {
  await database.query(
    `DO $$ DECLARE name text;
     BEGIN
       SET LOCAL session_replication_role = replica;
       FOR name IN
         SELECT pg_class.oid::regclass FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
         WHERE nspname LIKE 'chatkit%' AND relkind = 'r' AND relname NOT IN ('migrations', 'signal_keys', 'tenants')
           AND pg_relation_size(pg_class.oid) > 0
       LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
     END $$`,
  );
}

function urlOf(database: string): string {
  const url = new URL(clusterUrl());
  url.pathname = `/${database}`;
  return url.href;
}
