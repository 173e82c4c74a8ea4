import { DatabaseError, type Connection, type PoolClient } from 'pg';
import { sqlState } from './connection-errors.js';

/** The pool in front of the database does not do what the configuration counts on; the message says what to change. */
export class PoolerError extends Error {
  override readonly name = 'PoolerError';
}

/** A statement by that name is there already, or is not there. */
const PREPARED_ELSEWHERE = new Set(['42P05', '26000']);
const CHECK = 'chatkit_pooler';
const READ_COMMITTED = 'read committed';

const NO_NAMES =
  'The pool in front of the database does not keep prepared statements: set max_prepared_statements of PgBouncer ' +
  '(1.21 or newer), or CHATKIT_PREPARED_STATEMENTS=false';
const LEVEL =
  'A pool stands in front of a database whose transactions are not READ COMMITTED: let its login have ' +
  "ALTER ROLE … SET default_transaction_isolation TO 'read committed'";

const unnamed = new WeakSet<Connection>();

/** From now on statements on the connection are prepared each time they are used, without a name. */
export function prepareWithoutNames(connection: Connection): void {
  unnamed.add(connection);
}

/** Whether statements on the connection have names, by which they are prepared once. */
export function preparesByName(connection: Connection): boolean {
  return !unnamed.has(connection);
}

/**
 * Sets what a session starts with, unless a pool stands in between: what is set there stays behind for strangers. The
 * number of the server process tells, since a pool gives its clients numbers of its own.
 *
 * @returns whether it is a session of its own
 */
export async function setSession(
  client: PoolClient,
  settings: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { processID } = client as unknown as { readonly processID: number };
  const { rows } = await client.query(
    `SELECT set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS setting (name, value)
     WHERE pg_backend_pid() = $3`,
    [Object.keys(settings), Object.values(settings), processID],
  );
  return rows.length > 0;
}

/**
 * Looks whether the pool that the connection leads to can be worked with.
 *
 * @throws PoolerError when it keeps no prepared statements that are wanted, or transactions have another level
 */
export async function checkPooler(client: PoolClient): Promise<void> {
  const named = preparesByName(client.connection) && { name: CHECK };
  // a pool that keeps statements has given this one a name of its own
  const text = `SELECT current_setting('default_transaction_isolation') AS level,
    EXISTS (SELECT FROM pg_prepared_statements WHERE name = $1) AS "isPassedOn"`;
  const found = await client
    .query<{ readonly level: string; readonly isPassedOn: boolean }>({ ...named, text, values: [CHECK] })
    .catch((error: unknown) => {
      throw isPreparedElsewhere(error) ? new PoolerError(NO_NAMES, { cause: error }) : error;
    });
  const [row] = found.rows;
  if (row?.isPassedOn === true) throw new PoolerError(NO_NAMES);
  if (row?.level !== READ_COMMITTED) throw new PoolerError(LEVEL);
}

/** Whether a prepared statement was made on another connection than the one that was asked for it. */
function isPreparedElsewhere(error: unknown): boolean {
  return error instanceof DatabaseError && PREPARED_ELSEWHERE.has(sqlState(error) ?? '');
}
