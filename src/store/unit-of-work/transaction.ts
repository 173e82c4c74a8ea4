import type { PoolClient, QueryResult } from 'pg';
import { OperatorError } from '../../chatkit/core/errors.js';
import { observed } from '../../common/observer/observed.js';
import type { ChatKitObserver } from '../../common/observer/observer.port.js';
import { sendPipeline, type Message } from './pipeline.js';
import type { Results, Statement } from './statement.js';

/** Is told of statements that were run. */
export interface StatementObserver extends Required<Pick<ChatKitObserver, 'statementsRan'>> {
  /** Whether anybody listens; otherwise nothing is told. */
  readonly areThere: boolean;
}

/** Statements of one unit of work that depend on each other's results. */
export interface Transaction {
  /** Sends the statements together, in one round trip, and waits for their results. */
  query<const Statements extends readonly Statement<unknown>[]>(
    ...statements: Statements
  ): Promise<Results<Statements>>;
  /** As query(), and commits in the same round trip; the last thing a unit of work does. */
  finish<const Statements extends readonly Statement<unknown>[]>(
    ...statements: Statements
  ): Promise<Results<Statements>>;
}

/** A transaction on one connection; its opening travels with the first statements. */
export class PipelinedTransaction implements Transaction {
  #phase: 'new' | 'open' | 'done' = 'new';

  constructor(
    private readonly client: PoolClient,
    private readonly opening: readonly Message[],
    private readonly timeout: number,
    private readonly observer?: StatementObserver,
  ) {}

  query<const Statements extends readonly Statement<unknown>[]>(
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.#send(statements, []);
  }

  finish<const Statements extends readonly Statement<unknown>[]>(
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.#send(statements, ['COMMIT']);
  }

  /** Commits unless that is done, or nothing was begun. */
  async commit(): Promise<void> {
    if (this.#phase === 'open') await this.#send([], ['COMMIT']);
    this.#phase = 'done';
  }

  /** Undoes everything that is not committed. */
  async rollback(): Promise<void> {
    if (this.#phase === 'open') await this.#send([], ['ROLLBACK']);
    this.#phase = 'done';
  }

  async #send<const Statements extends readonly Statement<unknown>[]>(
    statements: Statements,
    closing: readonly Message[],
  ): Promise<Results<Statements>> {
    if (this.#phase === 'done') throw new OperatorError('the unit of work is over');
    const before = this.#phase === 'new' ? this.opening : [];
    this.#phase = closing.length > 0 ? 'done' : 'open';
    const messages = [...before, ...statements.map(toMessage), ...closing];
    const send = (): Promise<QueryResult[]> => sendPipeline(this.client, messages, this.timeout);
    const results = await (this.observer?.areThere
      ? this.#observed(send, statements, this.observer)
      : send());
    const own = results.slice(before.length, before.length + statements.length);
    return own as unknown as Results<Statements>;
  }

  #observed(
    send: () => Promise<QueryResult[]>,
    statements: readonly Statement<unknown>[],
    observer: StatementObserver,
  ): Promise<QueryResult[]> {
    const names = statements.map(({ name }) => name);
    return observed(send, (end) => observer.statementsRan({ names, ...end }));
  }
}

function toMessage({ name, text, values }: Statement<unknown>): Message {
  return { name, text, values: values as unknown[] };
}
