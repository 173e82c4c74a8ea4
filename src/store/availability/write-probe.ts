import type { Client, PoolClient } from 'pg';
import { isReadOnly, sqlState } from '../connection/connection-errors.js';
import { requireWrites } from '../connection/require-writes.js';
import { singleClient } from '../connection/single-client.js';

/** Why a database that is up cannot be written to. */
export type WriteProblem =
  /** It did not answer in time, or not at all. */
  | 'silent'
  /** A standby, or a primary that was set to read only. */
  | 'read_only'
  | 'disk_full'
  /** Anything else that a write failed with. */
  | 'write_failed';

/** What a try has found: nothing wrong, or `unknown` where there was no room for the connection that tries. */
export type WriteFinding = WriteProblem | 'unknown' | undefined;

const DISK_FULL = '53100';
/** There is no room for one more connection; those that are open may do well. */
const NO_ROOM = '53300';

/**
 * Takes room on the disk, by rows that do not fit into the memory allowed, and commits a record to the log. Leaves no row
 * behind and needs no table.
 */
const WRITE = `BEGIN;
  SET LOCAL work_mem = '64kB';
  SET LOCAL temp_tablespaces = '';
  SELECT count(*) FROM generate_series(1, 4000);
  SELECT pg_logical_emit_message(true, 'chatkit', 'probe');
  COMMIT`;

/**
 * Asks the database by a connection of its own whether it answers and can be written to.
 *
 * @param timeoutMs milliseconds for all of it
 * @returns why not; `unknown` when it has no room for one more connection
 */
export async function probeWrites(url: string, timeoutMs: number): Promise<WriteFinding> {
  const client = singleClient(url, 'chatkit-probe');
  const tried = await inTime(client, timeoutMs, async () => {
    await client.connect();
    await requireWrites(client);
    await client.query(WRITE);
  });
  // its good-bye is not waited for
  void client.end().catch(() => undefined);
  return tried;
}

/** Likewise by a connection that is there already and that nobody else uses meanwhile. */
export async function probeWritesOn(client: Client | PoolClient, timeoutMs: number): Promise<WriteFinding> {
  const tried = await inTime(client, timeoutMs, () => client.query(WRITE));
  if (tried !== undefined) await client.query('ROLLBACK').catch(() => undefined);
  return tried;
}

async function inTime(
  client: Client | PoolClient,
  timeoutMs: number,
  attempt: () => Promise<unknown>,
): Promise<WriteFinding> {
  const timer = setTimeout(() => client.connection.stream.destroy(), timeoutMs);
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return isReadOnly(error) ? 'read_only' : problemOf(sqlState(error));
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(state: string | undefined): WriteProblem | 'unknown' {
  switch (state) {
    case undefined:
      return 'silent';
    case DISK_FULL:
      return 'disk_full';
    case NO_ROOM:
      return 'unknown';
    default:
      return 'write_failed';
  }
}
