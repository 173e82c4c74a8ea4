import type { PoolClient } from 'pg';
import { OperatorError } from '../../chatkit/core/errors.js';
import { observed } from '../../common/observer/observed.js';
import type { ChatKitObserver } from '../../common/observer/observer.port.js';
import { BatchError, sendBatch } from './batch.js';
import { statement, type Results, type Statement, type StatementResult } from './statement.js';

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

const BEGIN = statement<[]>('begin', 'BEGIN ISOLATION LEVEL READ COMMITTED')();
/** Begins a transaction whose statements all see the same. */
export const BEGIN_SNAPSHOT = statement<[]>('begin_snapshot', 'BEGIN ISOLATION LEVEL REPEATABLE READ')();
const COMMIT = statement<[]>('commit', 'COMMIT')();
const ROLLBACK = statement<[]>('rollback', 'ROLLBACK')();

/**
 * A transaction on one connection; its opening travels with the first statements. One that is finished by them needs
 * no BEGIN and no COMMIT.
 */
export class BatchedTransaction implements Transaction {
  #isOver = false;
  /** Whether PostgreSQL waits for its end. */
  #isOpen = false;
  #hasBegun = false;

  /**
   * @param opening statements before the first: whose rows it may reach
   * @param begin what begins it where it takes several round trips
   */
  constructor(
    private readonly client: PoolClient,
    private readonly opening: readonly Statement<unknown>[],
    private readonly timeout: number,
    private readonly observer?: StatementObserver,
    private readonly begin: Statement<unknown> = BEGIN,
  ) {}

  /** Whether the server has answered at all. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  query<const Statements extends readonly Statement<unknown>[]>(
    ...statements: Statements
  ): Promise<Results<Statements>> {
    const before = this.#isOpen ? [] : [this.begin, ...this.opening];
    if (!this.#isOver) this.#isOpen = true;
    return this.#send(before, statements, []);
  }

  async finish<const Statements extends readonly Statement<unknown>[]>(
    ...statements: Statements
  ): Promise<Results<Statements>> {
    const wasOpen = this.#isOpen;
    const sent = this.#send(wasOpen ? [] : this.opening, statements, wasOpen ? [COMMIT] : []);
    this.#isOver = true;
    const results = await sent;
    this.#isOpen = false;
    return results;
  }

  /** Commits unless that is done, or nothing was begun. */
  async commit(): Promise<void> {
    if (this.#isOpen) await this.finish();
    this.#isOver = true;
  }

  /** Undoes everything that is not committed. */
  async rollback(): Promise<void> {
    this.#isOver = true;
    if (this.#isOpen) await sendBatch(this.client, [ROLLBACK], this.timeout);
    this.#isOpen = false;
  }

  async #send<const Statements extends readonly Statement<unknown>[]>(
    before: readonly Statement<unknown>[],
    statements: Statements,
    after: readonly Statement<unknown>[],
  ): Promise<Results<Statements>> {
    if (this.#isOver) throw new OperatorError('the unit of work is over');
    const all = [...before, ...statements, ...after];
    const send = (): Promise<StatementResult<unknown>[]> => sendBatch(this.client, all, this.timeout);
    try {
      const results = await (this.observer?.areThere
        ? this.#observed(send, statements, this.observer)
        : send());
      this.#hasBegun = true;
      const own = results.slice(before.length, before.length + statements.length);
      return own as unknown as Results<Statements>;
    } catch (error) {
      this.#hasBegun ||= !(error instanceof BatchError && error.isUnanswered);
      throw error;
    }
  }

  #observed(
    send: () => Promise<StatementResult<unknown>[]>,
    statements: readonly Statement<unknown>[],
    observer: StatementObserver,
  ): Promise<StatementResult<unknown>[]> {
    const names = statements.map(({ name }) => name);
    return observed(send, (end) => observer.statementsRan({ names, ...end }));
  }
}
