/** One statement, ready to be sent. Row is what it returns. */
export interface Statement<Row> {
  /** Under this name each connection prepares it once; one name, one text. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Never there: carries the type of the rows. */
  readonly row?: Row;
}

/** A statement whose values are yet to come. */
export type StatementTemplate<Values extends readonly unknown[], Row> = (...values: Values) => Statement<Row>;

/** What a statement has returned. */
export interface StatementResult<Row> {
  readonly rows: Row[];
}

/** The results of several statements, in their order. */
export type Results<Statements extends readonly Statement<unknown>[]> = {
  readonly [Index in keyof Statements]: Statements[Index] extends Statement<infer Row>
    ? StatementResult<Row>
    : never;
};

/** Names a statement; its values are typed by the caller. */
export function statement<Values extends readonly unknown[], Row = unknown>(
  name: string,
  text: string,
): StatementTemplate<Values, Row> {
  const prepared = { name: `chatkit_${name}`, text };
  return (...values) => ({ ...prepared, values });
}
