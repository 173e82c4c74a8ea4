import { statement, type TenantPlace, type Transaction } from '../../store/index.js';
import { nameOf } from './tenant-table.js';

const there = statement<[tables: readonly string[], names: readonly string[]], { readonly name: string }>(
  'tenant_tables_there',
  `SELECT name FROM unnest($1::text[], $2::text[]) AS wanted (name, place) WHERE to_regclass(place) IS NOT NULL`,
);

/** Those of the tables that a place has, as optional ones may not be there. */
export async function tablesThere(
  transaction: Transaction,
  place: TenantPlace,
  tables: readonly string[],
): Promise<readonly string[]> {
  const names = tables.map((table) => nameOf(place, table));
  const [{ rows }] = await transaction.query(there(tables, names));
  const found = new Set(rows.map(({ name }) => name));
  return tables.filter((table) => found.has(table));
}

/** Removes all that a tenant has in tables of a place, those first that refer to others; an optional one may not be there. */
export async function removeRows(
  transaction: Transaction,
  place: TenantPlace,
  tenantId: string,
  tables: readonly string[],
): Promise<void> {
  const found = await tablesThere(transaction, place, tables);
  const removals = found.toReversed().map((table) => {
    const text = `DELETE FROM ${nameOf(place, table)} WHERE tenant_id = $1`;
    return statement<[string]>(`tenant_remove_${table}`, text)(tenantId);
  });
  if (removals.length > 0) await transaction.query(...removals);
}
