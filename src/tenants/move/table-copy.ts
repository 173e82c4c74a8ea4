import { OperatorError } from '../../chatkit/core/errors.js';
import { quoted, statement, type Statement, type TenantPlace, type Transaction } from '../../store/index.js';

/** The columns of a table, apart from those that the database works out. */
interface Columns {
  readonly all: readonly string[];
  readonly key: readonly string[];
}

/** What the rows of a tenant amount to, in whatever order. */
export interface Digest {
  readonly rows: number;
  readonly sum: string;
}

/** A table of one tenant in two places, of which the second is made the same as the first. */
export class TableCopy {
  private constructor(
    private readonly table: string,
    private readonly tenantId: string,
    private readonly source: string,
    private readonly target: string,
    private readonly columns: Columns,
  ) {}

  /** @returns undefined where the table is not there, as an optional one may not be */
  static async of(
    transaction: Transaction,
    table: string,
    tenantId: string,
    [source, target]: readonly [TenantPlace, TenantPlace],
  ): Promise<TableCopy | undefined> {
    const [from, to] = [nameOf(source, table), nameOf(target, table)];
    const [{ rows }] = await transaction.query(columnsOf(from), columnsOf(to));
    if (rows.length === 0) return undefined;
    const all = rows.map(({ name }) => quoted(name));
    const key = rows.filter(({ is_key }) => is_key).map(({ name }) => quoted(name));
    return new TableCopy(table, tenantId, from, to, { all, key });
  }

  /**
   * Removes what the source has otherwise, or not at all.
   *
   * @param since transaction before which both were the same: what has not changed since is not compared
   */
  async removeOthers(transaction: Transaction, since?: string): Promise<void> {
    const isSame =
      since === undefined ? `${this.#row('s')} = ${this.#row('t')}` : `age(s.xmin) > age('${since}'::xid)`;
    await transaction.query(
      this.#statement(
        'remove',
        `DELETE FROM ${this.target} AS t WHERE t.tenant_id = $1 AND NOT EXISTS (
           SELECT FROM ${this.source} AS s WHERE s.tenant_id = $1 AND ${this.#sameKey} AND ${isSame})`,
      ),
    );
  }

  /** Adds what the source has and the target has not. @returns how many rows */
  async addMissing(transaction: Transaction): Promise<number> {
    const { all } = this.columns;
    const [{ rows }] = await transaction.query(
      this.#statement<{ readonly rows: number }>(
        'add',
        `WITH added AS (
           INSERT INTO ${this.target} (${all.join(', ')}) OVERRIDING SYSTEM VALUE
           SELECT ${all.map((column) => `s.${column}`).join(', ')} FROM ${this.source} AS s
           WHERE s.tenant_id = $1
             AND NOT EXISTS (SELECT FROM ${this.target} AS t WHERE t.tenant_id = $1 AND ${this.#sameKey})
           RETURNING 1)
         SELECT count(*)::int AS rows FROM added`,
      ),
    );
    return rows[0]?.rows ?? 0;
  }

  /** Tells the planner what was added, which the comparisons after it are many times faster for. */
  async analyze(transaction: Transaction): Promise<void> {
    await transaction.query(statement<[]>(`move_analyze_${this.table}`, `ANALYZE ${this.target}`)());
  }

  /** What both places hold. */
  async digests(transaction: Transaction): Promise<readonly [Digest | undefined, Digest | undefined]> {
    const digest = (name: string, place: string): Statement<Digest> =>
      this.#statement<Digest>(
        name,
        `SELECT count(*)::int AS rows,
           coalesce(sum(hashtextextended(${this.#row('t')}, 0)), 0)::text AS sum
         FROM ${place} AS t WHERE t.tenant_id = $1`,
      );
    const [source, target] = await transaction.query(
      digest('digest_source', this.source),
      digest('digest_target', this.target),
    );
    return [source.rows[0], target.rows[0]];
  }

  /** Has what is added to the target from now on come after what was moved there. */
  async continueSequences(transaction: Transaction): Promise<void> {
    const name = `'${this.target.replaceAll("'", "''")}'`;
    const [{ rows }] = await transaction.query(
      statement<[], { readonly name: string; readonly sequence: string }>(
        `move_sequences_${this.table}`,
        `SELECT attname AS name, pg_get_serial_sequence(${name}, attname) AS sequence FROM pg_attribute
         WHERE attrelid = ${name}::regclass AND attnum > 0 AND NOT attisdropped
           AND pg_get_serial_sequence(${name}, attname) IS NOT NULL`,
      )(),
    );
    for (const { name: column, sequence } of rows) {
      await transaction.query(
        this.#statement(
          `sequence_${column}`,
          `SELECT setval('${sequence}', greatest(nextval('${sequence}'), (
             SELECT coalesce(max(${quoted(column)}), 1) FROM ${this.target} WHERE tenant_id = $1)))`,
        ),
      );
    }
  }

  get #sameKey(): string {
    return this.columns.key.map((column) => `s.${column} = t.${column}`).join(' AND ');
  }

  /** All of a row as text, since not every type can be compared. */
  #row(alias: string): string {
    return `ROW(${this.columns.all.map((column) => `${alias}.${column}`).join(', ')})::text`;
  }

  #statement<Row = unknown>(name: string, text: string): Statement<Row> {
    return statement<[string], Row>(`move_${name}_${this.table}`, text)(this.tenantId);
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

/** A table in a place, as SQL text. */
export function nameOf({ schema }: TenantPlace, table: string): string {
  return `${quoted(schema)}.${quoted(table)}`;
}

function columnsOf(table: string): Statement<{ readonly name: string; readonly is_key: boolean }> {
  return statement<[string], { readonly name: string; readonly is_key: boolean }>(
    'move_columns',
    `SELECT attname AS name, attnum = ANY (coalesce(indkey, '')::int2[]) AS is_key
     FROM pg_attribute LEFT JOIN pg_index ON indrelid = attrelid AND indisprimary
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
     ORDER BY attname`,
  )(table);
}
