import { quoted, statement, type Statement, type TenantPlace, type Transaction } from '../../store/index.js';

/** What the rows of a tenant amount to, in whatever order. */
export interface Digest {
  readonly rows: number;
  readonly sum: string;
}

/** The rows of one tenant in a table of one place. */
export class TenantTable {
  private constructor(
    readonly table: string,
    /** The table in its place, as SQL text. */
    readonly name: string,
    private readonly place: TenantPlace,
    readonly tenantId: string,
    /** Its columns, apart from those that the database works out, as SQL text and in the order of their names. */
    readonly columns: readonly string[],
    readonly key: readonly string[],
    /** Columns that may differ while the key is the same. */
    readonly changeable: readonly string[],
  ) {}

  /** @returns undefined where the table is not there, as an optional one may not be */
  static async of(
    transaction: Transaction,
    table: string,
    tenantId: string,
    place: TenantPlace,
  ): Promise<TenantTable | undefined> {
    const name = nameOf(place, table);
    const [{ rows }] = await transaction.query(columnsOf(name));
    if (rows.length === 0) return undefined;
    const columns = rows.map(({ name }) => quoted(name));
    const key = rows.filter(({ is_key }) => is_key).map(({ name }) => quoted(name));
    const changeable = rows.filter((row) => !row.is_key && !row.is_given).map(({ name }) => quoted(name));
    return new TenantTable(table, name, place, tenantId, columns, key, changeable);
  }

  /** All of a row as text, since not every type can be compared. */
  row(alias: string): string {
    return `ROW(${this.columns.map((column) => `${alias}.${column}`).join(', ')})::text`;
  }

  /** What tells a row from others, as a number. */
  keyHash(alias: string): string {
    return `hashtextextended(ROW(${this.key.map((column) => `${alias}.${column}`).join(', ')})::text, 0)`;
  }

  /** What it holds. A time is part of it as the transaction's time zone has it. */
  async digest(transaction: Transaction): Promise<Digest> {
    const [{ rows }] = await transaction.query(
      this.statement<Digest>(
        `digest_${this.place.isolation}_${this.table}`,
        `SELECT count(*)::int AS rows,
           coalesce(sum(hashtextextended(${this.row('t')}, 0)), 0)::text AS sum
         FROM ${this.name} AS t WHERE t.tenant_id = $1`,
      ),
    );
    return rows[0] ?? { rows: 0, sum: '0' };
  }

  /** Has what is added from now on come after what was brought here. */
  async continueSequences(transaction: Transaction): Promise<void> {
    const name = `'${this.name.replaceAll("'", "''")}'`;
    const [{ rows }] = await transaction.query(
      statement<[], { readonly name: string; readonly sequence: string }>(
        `sequences_${this.table}`,
        `SELECT attname AS name, pg_get_serial_sequence(${name}, attname) AS sequence FROM pg_attribute
         WHERE attrelid = ${name}::regclass AND attnum > 0 AND NOT attisdropped
           AND pg_get_serial_sequence(${name}, attname) IS NOT NULL`,
      )(),
    );
    for (const { name: column, sequence } of rows) {
      await transaction.query(
        this.statement(
          `sequence_${this.table}_${column}`,
          `SELECT setval('${sequence}', greatest(nextval('${sequence}'), (
             SELECT coalesce(max(${quoted(column)}), 1) FROM ${this.name} WHERE tenant_id = $1)))`,
        ),
      );
    }
  }

  /** A statement about it, whose one value is the tenant. */
  statement<Row = unknown>(name: string, text: string): Statement<Row> {
    return statement<[string], Row>(name, text)(this.tenantId);
  }
}

/** A table in a place, as SQL text. */
export function nameOf({ schema }: TenantPlace, table: string): string {
  return `${quoted(schema)}.${quoted(table)}`;
}

/** @param name as SQL text */
export async function isThere(transaction: Transaction, name: string): Promise<boolean> {
  const look = statement<[string], { readonly found: boolean }>(
    'tenant_table_there',
    'SELECT to_regclass($1) IS NOT NULL AS found',
  );
  const [{ rows }] = await transaction.query(look(name));
  return rows[0]?.found === true;
}

interface Column {
  readonly name: string;
  readonly is_key: boolean;
  /** Whether the database gives its values out. */
  readonly is_given: boolean;
}

function columnsOf(table: string): Statement<Column> {
  return statement<[string], Column>(
    'tenant_columns',
    `SELECT attname AS name, attnum = ANY (coalesce(indkey, '')::int2[]) AS is_key, attidentity = 'a' AS is_given
     FROM pg_attribute LEFT JOIN pg_index ON indrelid = attrelid AND indisprimary
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
     ORDER BY attname COLLATE "C"`,
  )(table);
}
