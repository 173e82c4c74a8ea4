import { readFile } from 'node:fs/promises';
import type { Client } from 'pg';
import { CommandError } from '../../common/command-error.js';
import { singleClient } from '../../store/connection/single-client.js';

/** Rows and a sum of their content, by schema, table and tenant; as one text each, to be compared. */
export type Counts = ReadonlyMap<string, string>;

/** For one table; a large one takes long. */
const STATEMENT_TIMEOUT = '1h';

/** @throws CommandError when the login sees a part of the rows alone */
export async function connectPastPolicies(url: string): Promise<Client> {
  const client = singleClient(url, 'chatkit-backup-check');
  await client.connect();
  const { rows } = await client.query<{ sees: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS sees FROM pg_roles WHERE rolname = current_user',
  );
  if (rows[0]?.sees === true) return client;
  await client.end();
  throw new CommandError('Row-level security hides rows from this login: use one with BYPASSRLS');
}

/** The tables of an installation that have rows of tenants, in its schema and those of tenants, as schema and name. */
export async function tablesOf(
  client: Client,
  schema: string,
): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `SELECT table_schema AS schema, table_name AS name
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE column_name = 'tenant_id' AND table_type = 'BASE TABLE'
       AND (table_schema = $1 OR starts_with(table_schema, $1 || '_'))
     ORDER BY table_schema, table_name`,
    [schema],
  );
  return rows.map(({ schema: place, name }) => [place, name]);
}

/** Counts in one snapshot, so that rows written meanwhile are in all tables or in none. */
export async function countRows(url: string, schema: string): Promise<Counts> {
  const client = await connectPastPolicies(url);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(`SET LOCAL TimeZone = 'UTC'; SET LOCAL statement_timeout = '${STATEMENT_TIMEOUT}'`);
    const counts = new Map<string, string>();
    for (const [place, name] of await tablesOf(client, schema)) {
      const table = `${client.escapeIdentifier(place)}.${client.escapeIdentifier(name)}`;
      const { rows } = await client.query<{ tenant: string; rows: string; content: string }>(
        `SELECT tenant_id AS tenant, count(*) AS rows,
           sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) AS content
         FROM ${table} t GROUP BY tenant_id ORDER BY tenant_id`,
      );
      for (const { tenant, rows: count, content } of rows) {
        counts.set(JSON.stringify([place, name, tenant]), `${count} rows, content ${content}`);
      }
    }
    await client.query('COMMIT');
    return counts;
  } finally {
    await client.end();
  }
}

/** What is not alike, one line each; of one tenant where it is named. */
export function differences(one: Counts, other: Counts, tenant?: string): string[] {
  const keys = [...new Set([...one.keys(), ...other.keys()])].toSorted();
  const asked = keys.filter((key) => tenant === undefined || (JSON.parse(key) as string[])[2] === tenant);
  if (asked.length === 0) return ['There is nothing to compare'];
  return asked
    .filter((key) => one.get(key) !== other.get(key))
    .map((key) => `${key}: ${one.get(key) ?? 'nothing'} / ${other.get(key) ?? 'nothing'}`);
}

/** As a file that `readCounts` reads. */
export function writeCounts(counts: Counts): string {
  return JSON.stringify([...counts], null, 1);
}

/** @throws CommandError when the file holds no counts */
export async function readCounts(path: string): Promise<Counts> {
  try {
    return new Map(JSON.parse(await readFile(path, 'utf8')) as [string, string][]);
  } catch (error) {
    throw new CommandError(
      `${path} has no counts: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
