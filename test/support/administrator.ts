import { Pool } from 'pg';

export type RunSql = (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** Those of this process. They stay open, which does not keep the process from ending. */
let sessions: Pool | undefined;

/** The cluster that serves the whole run, as its administrator is let in. */
export function clusterUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('The global set-up has not started a database');
  return url;
}

/** One session of the administrator, which others get after that: `work` leaves nothing set, and no lock. */
export async function administrator<Result>(work: (run: RunSql) => Promise<Result>): Promise<Result> {
  const client = await (sessions ??= open()).connect();
  try {
    return await work(async (sql, values) => (await client.query<Record<string, unknown>>(sql, values)).rows);
  } finally {
    client.release();
  }
}

function open(): Pool {
  const pool = new Pool({ connectionString: clusterUrl(), idleTimeoutMillis: 0, allowExitOnIdle: true });
  // the cluster may stop before the process ends
  pool.on('error', () => undefined);
  return pool;
}
