import type { ClientBase } from 'pg';
import { ReadOnlyError } from './connection-errors.js';

/** @throws ReadOnlyError when the server takes no writes */
export async function requireWrites(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ readonly readOnly: string }>(
    `SELECT current_setting('transaction_read_only') AS "readOnly"`,
  );
  if (rows[0]?.readOnly !== 'off') throw new ReadOnlyError();
}
