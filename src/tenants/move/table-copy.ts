import { OperatorError } from '../../chatkit/core/errors.js';
import { statement, type TenantPlace, type Transaction } from '../../store/index.js';
import { TenantTable } from '../rows/tenant-table.js';

/** A table of one tenant in two places of a database, of which the second is made the same as the first. */
export class TableCopy {
  private constructor(
    readonly source: TenantTable,
    readonly target: TenantTable,
  ) {}

  get table(): string {
    return this.target.table;
  }

  /** Of those of the tables that both places have, as optional ones may not be there. */
  static async all(
    transaction: Transaction,
    tables: readonly string[],
    tenantId: string,
    [from, to]: readonly [TenantPlace, TenantPlace],
  ): Promise<readonly TableCopy[]> {
    const sources = await TenantTable.all(transaction, tables, tenantId, from);
    const targets = await TenantTable.all(transaction, tables, tenantId, to);
    return [...sources].flatMap(([table, source]) => {
      const target = targets.get(table);
      return target === undefined ? [] : [new TableCopy(source, target)];
    });
  }

  /**
   * Removes what the source has otherwise, or not at all.
   *
   * @param since transaction before which both were the same: what has not changed since is not compared
   */
  async removeOthers(transaction: Transaction, since?: string): Promise<void> {
    const { source, target } = this;
    const isSame =
      since === undefined ? `${source.row('s')} = ${target.row('t')}` : `age(s.xmin) > age('${since}'::xid)`;
    await transaction.query(
      target.statement(
        'move_remove',
        `DELETE FROM ${target.name} AS t WHERE t.tenant_id = $1 AND NOT EXISTS (
           SELECT FROM ${source.name} AS s WHERE s.tenant_id = $1 AND ${this.#sameKey} AND ${isSame})`,
      ),
    );
  }

  /** Adds what the source has and the target has not. @returns how many rows */
  async addMissing(transaction: Transaction): Promise<number> {
    const { source, target } = this;
    const [{ rows }] = await transaction.query(
      target.statement<{ readonly rows: number }>(
        'move_add',
        `WITH added AS (
           INSERT INTO ${target.name} (${target.columns.join(', ')}) OVERRIDING SYSTEM VALUE
           SELECT ${target.columns.map((column) => `s.${column}`).join(', ')} FROM ${source.name} AS s
           WHERE s.tenant_id = $1
             AND NOT EXISTS (SELECT FROM ${target.name} AS t WHERE t.tenant_id = $1 AND ${this.#sameKey})
           RETURNING 1)
         SELECT count(*)::int AS rows FROM added`,
      ),
    );
    return rows[0]?.rows ?? 0;
  }

  /** Tells the planner what was added, which the comparisons after it are many times faster for. */
  async analyze(transaction: Transaction): Promise<void> {
    const { name, table } = this.target;
    await transaction.query(statement<[]>(`move_analyze_${table}`, `ANALYZE ${name}`)());
  }

  get #sameKey(): string {
    return this.target.key.map((column) => `s.${column} = t.${column}`).join(' AND ');
  }
}

/** The oldest transaction that may change what the running one sees. */
export async function oldestTransaction(transaction: Transaction): Promise<string> {
  const [{ rows }] = await transaction.query(
    statement<[], { readonly id: string }>(
      'move_oldest',
      `SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::text AS id`,
    )(),
  );
  const id = rows[0]?.id;
  if (id === undefined || !/^\d+$/.test(id)) throw new OperatorError('a snapshot has an oldest transaction');
  return id;
}
