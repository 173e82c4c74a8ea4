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
    private readonly place: TenantPlace,
    readonly tenantId: string,
    private readonly found: readonly Column[],
  ) {}

  /** Those of the tables that are there, in their order, as optional ones may not be; in one round trip. */
  static async all(
    transaction: Transaction,
    tables: readonly string[],
    tenantId: string,
    place: TenantPlace,
  ): Promise<ReadonlyMap<string, TenantTable>> {
    const names = tables.map((table) => nameOf(place, table));
    const [{ rows }] = await transaction.query(columnsOf(place)(tables, names));
    const columns = Map.groupBy(rows, ({ table }) => table);
    const there = tables.flatMap((table) => {
      const found = columns.get(table);
      return found === undefined ? [] : [[table, new TenantTable(table, place, tenantId, found)] as const];
    });
    return new Map(there);
  }

  /** The table in its place, as SQL text. */
  get name(): string {
    return nameOf(this.place, this.table);
  }

  /** Its columns, apart from those that the database works out, as SQL text and in the order of their names. */
  get columns(): readonly string[] {
    return this.found.map(({ name }) => quoted(name));
  }

  get key(): readonly string[] {
    return this.found.filter(({ is_key }) => is_key).map(({ name }) => quoted(name));
  }

  /** Columns that may differ while the key is the same. */
  get changeable(): readonly string[] {
    return this.found.filter((column) => !column.is_key && !column.is_given).map(({ name }) => quoted(name));
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
  digest(): Statement<Digest> {
    return this.statement(
      'digest',
      `SELECT count(*)::int AS rows,
         coalesce(sum(hashtextextended(${this.row('t')}, 0)), 0)::text AS sum
       FROM ${this.name} AS t WHERE t.tenant_id = $1`,
    );
  }

  /** Whether it holds anything. */
  hasRows(): Statement<{ readonly found: boolean }> {
    return this.statement('has', `SELECT EXISTS (SELECT FROM ${this.name} WHERE tenant_id = $1) AS found`);
  }

  /** Has what is added from now on come after what was brought here. */
  continueSequences(): readonly Statement<unknown>[] {
    return this.found.flatMap(({ name, sequence }) =>
      sequence === null
        ? []
        : this.statement(
            `continue_${name}`,
            `SELECT setval('${sequence}', greatest(nextval('${sequence}'), (
               SELECT coalesce(max(${quoted(name)}), 1) FROM ${this.name} WHERE tenant_id = $1)))`,
          ),
    );
  }

  /** A statement about it, whose one value is the tenant. */
  statement<Row = unknown>(name: string, text: string): Statement<Row> {
    return statement<[string], Row>(`${name}_${this.place.isolation}_${this.table}`, text)(this.tenantId);
  }
}

/** A table in a place, as SQL text. */
export function nameOf({ schema }: TenantPlace, table: string): string {
  return `${quoted(schema)}.${quoted(table)}`;
}

interface Column {
  readonly table: string;
  readonly name: string;
  readonly is_key: boolean;
  /** Whether the database gives its values out. */
  readonly is_given: boolean;
  /** Which its values are taken from, as SQL text. */
  readonly sequence: string | null;
}

const columnsOf = ({ isolation }: TenantPlace) =>
  statement<[tables: readonly string[], names: readonly string[]], Column>(
    `tenant_columns_${isolation}`,
    `SELECT wanted.name AS table, attname AS name, attnum = ANY (coalesce(indkey, '')::int2[]) AS is_key,
       attidentity = 'a' AS is_given,
       CASE WHEN atthasdef OR attidentity <> '' THEN pg_get_serial_sequence(place, attname) END AS sequence
     FROM unnest($1::text[], $2::text[]) AS wanted (name, place)
       JOIN pg_attribute ON attrelid = to_regclass(place)
       LEFT JOIN pg_index ON indrelid = attrelid AND indisprimary
     WHERE attnum > 0 AND NOT attisdropped AND attgenerated = ''
     ORDER BY attname COLLATE "C"`,
  );
