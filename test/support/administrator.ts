import { Client } from 'pg';

export type RunSql = (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** The cluster that serves the whole run, as its administrator is let in. */
export function clusterUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('The global set-up has not started a database');
  return url;
}

/** One session of the administrator. */
export async function administrator<Result>(work: (run: RunSql) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: clusterUrl() });
  await client.connect();
  try {
    return await work(async (sql, values) => (await client.query<Record<string, unknown>>(sql, values)).rows);
  } finally {
    await client.end();
  }
}
