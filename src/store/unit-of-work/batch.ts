import { DatabaseError, type Connection, type FieldDef, type PoolClient, type Submittable } from 'pg';
import { preparesByName } from '../connection/pooler.js';
import { preparedOn, type Prepared } from './prepared.js';
import type { Statement, StatementResult } from './statement.js';
import { toText } from './values.js';

/** Beyond the server's own limit, for a server that has stopped answering at all. */
const GRACE = 2000;

/** A statement failed; those after it were not carried out. */
export class BatchError extends Error {
  override readonly name = 'BatchError';

  constructor(
    override readonly cause: Error,
    /** No statement was answered, as on a connection that was dead. */
    readonly isUnanswered: boolean,
  ) {
    super(cause.message);
  }
}

/**
 * Sends all statements in one packet, one Sync behind them, and waits for all answers. Unless a transaction is open,
 * they are one: PostgreSQL begins it with the first and commits it at the Sync.
 *
 * @param timeout milliseconds after which the connection counts as dead
 * @throws BatchError once the connection is at rest
 */
export async function sendBatch(
  client: PoolClient,
  statements: readonly Statement<unknown>[],
  timeout: number,
): Promise<StatementResult<unknown>[]> {
  const { stream } = client.connection;
  const timer = setTimeout(() => stream.destroy(), timeout + GRACE);
  try {
    return await new Promise((resolve, reject) => {
      client.query(new Batch(client, statements, resolve, reject));
    });
  } finally {
    clearTimeout(timer);
  }
}

interface Entry {
  readonly name: string;
  readonly values: (string | null)[];
  readonly prepared: Prepared;
}

/** Several statements and what is answered to them, as the driver hands it over message by message. */
class Batch implements Submittable {
  readonly #entries: readonly Entry[];
  readonly #results: StatementResult<unknown>[] = [];
  #rows: Record<string, unknown>[] = [];

  constructor(
    private readonly client: PoolClient,
    statements: readonly Statement<unknown>[],
    private readonly resolve: (results: StatementResult<unknown>[]) => void,
    private readonly reject: (error: BatchError) => void,
  ) {
    const byName = preparesByName(client.connection);
    this.#entries = statements.map((statement) => ({
      name: byName ? statement.name : '',
      values: statement.values.map(toText),
      prepared: preparedOn(client.connection, statement),
    }));
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const entry of this.#entries) send(connection, entry);
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.#current?.describe(fields, this.client);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const row = this.#current?.row(fields);
    if (row !== undefined) this.#rows.push(row);
  }

  handleCommandComplete(): void {
    if (this.#current !== undefined) this.#current.isSure = true;
    this.#results.push({ rows: this.#rows });
    this.#rows = [];
  }

  handleReadyForQuery(): void {
    this.resolve(this.#results);
  }

  /** The server takes up the next batch only after the Sync, and a connection that is lost takes none. */
  handleError(error: Error, connection: Connection): void {
    if (this.#current !== undefined) this.#current.isSure = false;
    const failure = new BatchError(error, this.#results.length === 0);
    if (!(error instanceof DatabaseError)) {
      this.reject(failure);
      return;
    }
    const settle = (): void => {
      connection.off('readyForQuery', settle);
      connection.off('end', settle);
      this.reject(failure);
    };
    connection.on('readyForQuery', settle);
    connection.on('end', settle);
  }

  /** The statement that is being answered. */
  get #current(): Prepared | undefined {
    return this.#entries[this.#results.length]?.prepared;
  }
}

function send(connection: Connection, { name, values, prepared: { text, isSure } }: Entry): void {
  const isMade = isSure && name !== '';
  if (!isMade) {
    if (name !== '') connection.close({ type: 'S', name }, true);
    connection.parse({ name, text, types: [] }, true);
  }
  connection.bind({ statement: name, values }, true);
  if (!isSure) connection.describe({ type: 'P' }, true);
  connection.execute({}, true);
}
