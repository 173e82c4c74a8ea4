import type { RunSql } from './prepare-schema.js';

/** Migrations of another instance are waited for so many milliseconds. */
const LOCK_TIMEOUT = 60_000;
const STEP = 'chatkit_step';

/**
 * Runs `work` in the open transaction once no other instance works on the schema. Whatever becomes of us, the lock ends
 * with the transaction. A statement of `work` that fails leaves what those before it have done.
 *
 * @param lockTimeout milliseconds to wait for whoever holds a lock, this one or another. Default a minute
 */
export async function whileLocked<T>(
  run: RunSql,
  schema: string,
  work: (run: RunSql) => Promise<T>,
  lockTimeout = LOCK_TIMEOUT,
): Promise<T> {
  await run(`SET LOCAL lock_timeout = ${lockTimeout}`);
  await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`chatkit:migrations:${schema}`]);
  return work(async (sql, values) => {
    await run(`SAVEPOINT ${STEP}`);
    try {
      const rows = await run(sql, values);
      await run(`RELEASE SAVEPOINT ${STEP}`);
      return rows;
    } catch (error) {
      await run(`ROLLBACK TO SAVEPOINT ${STEP}`);
      throw error;
    }
  });
}
