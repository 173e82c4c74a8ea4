import { quoted, statement, type ExportedTable, type Statement } from '../../store/index.js';

/** A row as it is exported, and where a page begins that follows it. */
export interface ExportedRow {
  readonly line: string;
  readonly key: readonly string[];
}

/** Which rows of a table are wanted. */
export interface RowQuery {
  /** Name of the schema that has the table. */
  readonly schema: string;
  readonly tenantId: string;
  /** Default: those of the tenant and of everybody. */
  readonly userId: string | undefined;
  /** Key of the row before the page. Default: it is the first one. */
  readonly after: readonly string[];
  /** The first and the last thread whose rows are wanted. Default: all. */
  readonly threads?: readonly [first: string, last: string] | undefined;
  /** Most rows. */
  readonly limit: number;
}

/** Bytes of a page, unless its first row has more. */
const PAGE_BYTES = 1_000_000;

/** A page of lines in the order of the table's key. */
export function pageOf(table: ExportedTable, query: RowQuery): Statement<ExportedRow> {
  const { key, owner, isOwned = 'true', kind } = table;
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const order = key.map((column) => `t.${quoted(column)}`).join(', ');
  const where = [`t.tenant_id = ${value(query.tenantId)}`];
  if (query.userId !== undefined && owner !== undefined) {
    where.push(`t.${quoted(owner)} = ${value(query.userId)}`, isOwned);
  }
  if (query.threads !== undefined) {
    const [first, last] = query.threads;
    where.push(`t.${quoted(key[0])} BETWEEN ${value(first)} AND ${value(last)}`);
  }
  if (query.after.length > 0) where.push(`(${order}) > (${query.after.map(value).join(', ')})`);
  // a line of JSON has no line breaks of its own; within texts they are escaped
  const text = `SELECT key, '{"kind":"${kind}","row":' || translate(found, E'\\n\\r', '  ') || '}' AS line
    FROM (
      SELECT key, found, place, sum(octet_length(found)) OVER (ORDER BY place) AS bytes FROM (
        SELECT ARRAY[${key.map((column) => `t.${quoted(column)}::text`).join(', ')}] AS key,
          (SELECT row_to_json(told)::text FROM (
             SELECT ${table.columns.map((column) => `t.${quoted(column)}`).join(', ')}) AS told) AS found,
          row_number() OVER (ORDER BY ${order}) AS place
        FROM ${quoted(query.schema)}.${quoted(table.table)} AS t
        WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${query.limit}
      ) AS page
    ) AS measured
    WHERE place = 1 OR bytes <= ${PAGE_BYTES} ORDER BY place`;
  const name = `export_${table.table}${query.after.length > 0 ? '_after' : ''}`;
  return { ...statement<[], ExportedRow>(name, text)(), values };
}
