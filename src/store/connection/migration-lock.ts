import type { RunSql } from './prepare-schema.js';

/** Migrations of another instance are waited for this long. */
const LOCK_TIMEOUT = '60s';
const STEP = 'chatkit_step';

/**
 * Runs `work` in the open transaction once no other instance works on the schema. Whatever becomes of us, the lock ends
 * with the transaction. A statement of `work` that fails leaves what those before it have done.
 */
export async function whileLocked<T>(
  run: RunSql,
  schema: string,
  work: (run: RunSql) => Promise<T>,
): Promise<T> {
  await run(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
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
