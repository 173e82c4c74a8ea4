import { statement, type TenantPlace, type Transaction } from '../../store/index.js';
import { isThere, nameOf } from './tenant-table.js';

/** Removes all that a tenant has in tables of a place, those first that refer to others; an optional one may not be there. */
export async function removeRows(
  transaction: Transaction,
  place: TenantPlace,
  tenantId: string,
  tables: readonly string[],
): Promise<void> {
  for (const name of tables.toReversed()) {
    const table = nameOf(place, name);
    if (!(await isThere(transaction, table))) continue;
    const text = `DELETE FROM ${table} WHERE tenant_id = $1`;
    await transaction.query(statement<[string]>(`tenant_remove_${name}`, text)(tenantId));
  }
}
