import { statement, type Transaction } from '../../store/index.js';
import { TenantStateError } from '../tenant-errors.js';
import type { TenantTable } from '../rows/tenant-table.js';

/** Rows that are in memory at the same time. */
const PAGE = 250;

/** A transaction in each of two databases. */
export interface Sides {
  readonly source: Transaction;
  readonly target: Transaction;
}

/**
 * Brings the rows of a tenant from a table of one database to the same table of another, page by page.
 *
 * @returns how many there are
 * @throws TenantStateError when the tables differ, the target has rows already, or the copy is not what the source holds
 */
export async function transferTable(
  { source, target }: Sides,
  [from, to]: readonly [TenantTable, TenantTable],
  signal?: AbortSignal,
): Promise<number> {
  const { table } = to;
  const columns = to.columns.join(', ');
  if (from.columns.join(', ') !== columns) {
    throw new TenantStateError(`The tables ${table} differ: bring both databases up to date first`);
  }
  if ((await to.digest(target)).rows > 0) throw new TenantStateError('The tenant has rows here already');
  await source.query(
    statement<[]>(
      `fetch_declare_${table}`,
      `DECLARE fetched NO SCROLL CURSOR FOR SELECT row_to_json(r)::text AS row FROM (
         SELECT ${columns} FROM ${from.name} WHERE tenant_id = current_setting('chatkit.tenant')) AS r`,
    )(),
  );
  const next = statement<[], { readonly row: string }>('fetch_next', `FETCH ${PAGE} FROM fetched`);
  const add = statement<[rows: string]>(
    `fetch_add_${table}`,
    `INSERT INTO ${to.name} (${columns}) OVERRIDING SYSTEM VALUE
     SELECT ${columns} FROM json_populate_recordset(NULL::${to.name}, $1::json)`,
  );
  for (;;) {
    signal?.throwIfAborted();
    const [{ rows }] = await source.query(next());
    if (rows.length === 0) break;
    await target.query(add(`[${rows.map(({ row }) => row).join(',')}]`));
  }
  await source.query(statement<[]>('fetch_close', 'CLOSE fetched')());
  await to.continueSequences(target);
  const [before, after] = [await from.digest(source), await to.digest(target)];
  if (before.rows !== after.rows || before.sum !== after.sum) {
    throw new TenantStateError(`The copy of ${table} differs from what is in the other database`);
  }
  return after.rows;
}
