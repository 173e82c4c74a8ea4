import type { Transaction } from '../../store/index.js';
import type { Digest, TenantTable } from './tenant-table.js';

/**
 * Those whose table holds anything of its tenant, in one round trip: most tenants have nothing in most of them.
 *
 * @param tableOf the table that is looked at
 */
export async function filled<Having>(
  transaction: Transaction,
  all: readonly Having[],
  tableOf: (each: Having) => TenantTable,
): Promise<readonly Having[]> {
  const looks = await transaction.query(...all.map((each) => tableOf(each).hasRows()));
  return all.filter((_, at) => looks[at]?.rows[0]?.found === true);
}

/** What each of the tables holds, in one round trip. */
export async function digests(
  transaction: Transaction,
  tables: readonly TenantTable[],
): Promise<readonly Digest[]> {
  const found = await transaction.query(...tables.map((table) => table.digest()));
  return found.map(({ rows }) => rows[0] ?? { rows: 0, sum: '0' });
}

/** Has what is added to the tables from now on come after what was brought there, in one round trip. */
export async function continueSequences(
  transaction: Transaction,
  tables: readonly TenantTable[],
): Promise<void> {
  const statements = tables.flatMap((table) => table.continueSequences());
  if (statements.length > 0) await transaction.query(...statements);
}
