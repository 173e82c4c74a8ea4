import { OperatorError } from '../../chatkit/core/errors.js';
import { statement, type TenantPlace, type Transaction } from '../../store/index.js';
import { TenantTable, type Digest } from '../rows/tenant-table.js';

/** A table of one tenant in two places of a database, of which the second is made the same as the first. */
export class TableCopy {
  private constructor(
    private readonly source: TenantTable,
    private readonly target: TenantTable,
  ) {}

  /** @returns undefined where the table is not there, as an optional one may not be */
  static async of(
    transaction: Transaction,
    table: string,
    tenantId: string,
    [from, to]: readonly [TenantPlace, TenantPlace],
  ): Promise<TableCopy | undefined> {
    const source = await TenantTable.of(transaction, table, tenantId, from);
    const target = await TenantTable.of(transaction, table, tenantId, to);
    return source === undefined || target === undefined ? undefined : new TableCopy(source, target);
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
        `move_remove_${target.table}`,
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
        `move_add_${target.table}`,
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

  /** What both places hold. */
  async digests(transaction: Transaction): Promise<readonly [Digest, Digest]> {
    return [await this.source.digest(transaction), await this.target.digest(transaction)];
  }

  /** Has what is added to the target from now on come after what was moved there. */
  async continueSequences(transaction: Transaction): Promise<void> {
    await this.target.continueSequences(transaction);
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
