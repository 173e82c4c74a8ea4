import type { TenantDatabase } from '../databases/tenant-database.js';
import { statement } from '../unit-of-work/statement.js';

const selectKey = statement<[], { readonly key: Buffer }>('signal_key', 'SELECT key FROM signal_keys');

/** The key that all replicas seal signals by, once the database is up: of its logins the role that serves reads it alone. */
export async function signalKeyOf({
  connection,
  directoryUnit,
}: Pick<TenantDatabase, 'connection' | 'directoryUnit'>): Promise<Buffer> {
  await connection.whenUp();
  const [{ rows }] = await directoryUnit.pipeline(selectKey());
  const [row] = rows;
  if (row === undefined) throw new Error('the database has no key for signals');
  return row.key;
}
