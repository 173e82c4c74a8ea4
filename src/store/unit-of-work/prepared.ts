import type { Connection, FieldDef, PoolClient } from 'pg';
import { OperatorError } from '../../chatkit/core/errors.js';
import type { Statement } from './statement.js';

/** A statement on one connection, which prepares it once and describes its rows once. */
export class Prepared {
  /** Whether the server has it for certain; it may be there after a failure, and is closed before it is made again. */
  isSure = false;
  #names: readonly string[] = [];
  #parsers: readonly ((text: string) => unknown)[] = [];

  constructor(readonly text: string) {}

  describe(fields: readonly FieldDef[], client: PoolClient): void {
    this.#names = fields.map(({ name }) => name);
    this.#parsers = fields.map(
      ({ dataTypeID }) => client.getTypeParser(dataTypeID, 'text') as (text: string) => unknown,
    );
  }

  row(values: readonly (string | null)[]): Record<string, unknown> {
    const row: Record<string, unknown> = {};
    for (const [at, name] of this.#names.entries()) {
      const value = values[at] ?? null;
      row[name] = value === null ? null : this.#parsers[at]?.(value);
    }
    return row;
  }
}

const ofConnections = new WeakMap<Connection, Map<string, Prepared>>();

/**
 * What the connection knows of a statement.
 *
 * @throws OperatorError when another text has its name
 */
export function preparedOn(connection: Connection, { name, text }: Statement<unknown>): Prepared {
  let known = ofConnections.get(connection);
  if (known === undefined) ofConnections.set(connection, (known = new Map<string, Prepared>()));
  let entry = known.get(name);
  if (entry === undefined) known.set(name, (entry = new Prepared(text)));
  if (entry.text !== text) throw new OperatorError(`two statements are named ${name}`);
  return entry;
}

/** From now on, each statement is made anew on the connection, whatever was made there by its name. */
export function forgetPrepared(connection: Connection): void {
  ofConnections.delete(connection);
}
