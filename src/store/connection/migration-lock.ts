import { backoff } from '../../common/backoff.js';
import { systemClock, type Clock } from '../../common/clock.js';
import { isHeld } from './connection-errors.js';
import type { RunSql } from './prepare-schema.js';

/** Migrations of another instance, and whoever holds a table, are waited for so many milliseconds. */
const LOCK_TIMEOUT = 60_000;
/**
 * Milliseconds that one statement waits for a table: who comes behind it waits as long, and where it waits in a circle with
 * others it gives up before PostgreSQL, which looks after a second, ends one of them.
 */
const STATEMENT_LOCK_TIMEOUT = 200;
const STEP = 'chatkit_step';

/**
 * Runs `work` in the open transaction once no other instance works on the schema. Whatever becomes of us, the lock ends
 * with the transaction. A statement of `work` that fails leaves what those before it have done; one that waits for a table
 * for long fails, so that the whole is to be done `patiently()`.
 *
 * @param lockTimeout milliseconds to wait for another instance. Default a minute
 */
export async function whileLocked<T>(
  run: RunSql,
  schema: string,
  work: (run: RunSql) => Promise<T>,
  lockTimeout = LOCK_TIMEOUT,
): Promise<T> {
  await run(`SET LOCAL lock_timeout = ${lockTimeout}`);
  await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`chatkit:migrations:${schema}`]);
  await run(`SET LOCAL lock_timeout = ${Math.min(lockTimeout, STATEMENT_LOCK_TIMEOUT)}`);
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

/**
 * Does a transaction again that met a lock which others hold, after a pause in which they go on.
 *
 * @param lockTimeout milliseconds after which it is not tried again. Default a minute
 */
export async function patiently<T>(
  transaction: () => Promise<T>,
  lockTimeout = LOCK_TIMEOUT,
  clock: Clock = systemClock,
): Promise<T> {
  const end = clock.now() + lockTimeout;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isHeld(error) || clock.now() >= end) throw error;
    }
    await clock.sleep(backoff(attempt, clock));
  }
}
