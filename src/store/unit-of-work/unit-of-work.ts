import type { PoolClient } from 'pg';
import { checkScope, type TenantScope } from '../../chatkit/core/store/scope.js';
import type { ChatKitDatabase } from '../availability/chatkit-database.js';
import { asUnavailable, isConnectionLoss } from '../connection/connection-errors.js';
import type { Isolation, TenantPlace } from '../isolation/isolation.js';
import { BatchError } from './batch.js';
import { cancelOnAbort } from './cancel-on-abort.js';
import { statement, type Results, type Statement } from './statement.js';
import { BatchedTransaction, type StatementObserver, type Transaction } from './transaction.js';

export interface UnitOfWorkOptions {
  /** Milliseconds a statement may take; the server ends it after that. */
  readonly statementTimeout: number;
  /** Milliseconds a statement may wait for a lock. */
  readonly lockTimeout: number;
  /** Connections that may be found dead before the database counts as gone. */
  readonly poolMax: number;
}

const SCOPE =
  `set_config('chatkit.tenant', $1, true), set_config('chatkit.user', $2, true), ` +
  `set_config('search_path', $3, true), set_config('role', $4, true), ` +
  `set_config('statement_timeout', $5, true), set_config('idle_in_transaction_session_timeout', $5, true), ` +
  `set_config('lock_timeout', $6, true)`;

type Scope = [
  tenantId: string,
  userId: string,
  searchPath: string,
  role: string,
  ...timeouts: [string, string],
];

const scoped = statement<Scope>('scope', `SELECT ${SCOPE}`);

/** Lets nothing be written until the transaction ends. */
const READ_ONLY = `set_config('transaction_read_only', 'on', true)`;

const scopedReading = statement<Scope>('scope_reading', `SELECT ${SCOPE}, ${READ_ONLY}`);

/** Lets the policies show the rows of all users of the tenant, until the transaction ends. */
const tenantWide = statement<[]>('tenant_wide', `SELECT set_config('chatkit.tenant_wide', 'on', true)`);

/** Who reads, and what tells that nobody waits for it any more. A request's context is one. */
export interface ReadingScope extends TenantScope {
  readonly signal?: AbortSignal | undefined;
}

/** A tenant and a user that there is not. */
const NOBODY = '-';

/** What a unit of work may do: write, which is never cancelled, read the user's rows, or read those of the tenant. */
type Kind = 'write' | 'read' | 'readTenant';

/**
 * The only way to a row. Every unit is one transaction that names its tenant and its user and runs under a
 * role which row-level security binds; all of that leaves together with the first statements.
 */
export class UnitOfWork {
  constructor(
    private readonly database: ChatKitDatabase,
    private readonly isolation: Isolation,
    private readonly options: UnitOfWorkOptions,
    private readonly observer?: StatementObserver,
  ) {}

  get #timeouts(): [statement: string, lock: string] {
    return [String(this.options.statementTimeout), String(this.options.lockTimeout)];
  }

  /** Most units that run at the same time; others wait. */
  get connections(): number {
    return this.options.poolMax;
  }

  /**
   * Runs the statements as one transaction in one round trip. No signal cancels them: whoever writes learns whether
   * it is done.
   *
   * @throws TypeError without a tenant or a user
   * @throws UnavailableError when the database is not there or too busy; nothing was done then, unless the
   *   connection broke before the answer
   */
  pipeline<const Statements extends readonly Statement<unknown>[]>(
    scope: TenantScope,
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.run(scope, (transaction) => transaction.finish<Statements>(...statements));
  }

  /**
   * As pipeline(), for statements that write nothing. When the scope's signal fires meanwhile, the database is told
   * to end them. One that had fired before is not looked at: those who tidy up after a client has left read, too.
   *
   * @throws as pipeline(), and the signal's reason
   */
  read<const Statements extends readonly Statement<unknown>[]>(
    scope: ReadingScope,
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.#run(scope, 'read', (transaction) => transaction.finish<Statements>(...statements));
  }

  /**
   * As read(), for what administrators may read of all users of their tenant.
   * Whether the caller is an administrator is for others to check.
   */
  readTenant<const Statements extends readonly Statement<unknown>[]>(
    scope: ReadingScope,
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.#run(scope, 'readTenant', (transaction) => transaction.finish<Statements>(...statements));
  }

  /**
   * Runs `work` as one transaction: committed when it resolves, rolled back when it rejects. May be called
   * again from the start if the connection turns out to have been dead before anything was done. No signal cancels it.
   *
   * @throws as pipeline(), and what `work` throws
   */
  run<T>(scope: TenantScope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#run(scope, 'write', work);
  }

  async #run<T>(scope: ReadingScope, kind: Kind, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    checkScope(scope);
    const leaving = kind === 'write' || scope.signal?.aborted === true ? undefined : scope.signal;
    const found = this.isolation.placeOf(scope);
    const place = 'then' in found ? await found : found;
    for (let attempt = 0; ; attempt += 1) {
      const client = await this.database.acquire(scope);
      const transaction = this.#begin(client, place, scope, kind);
      try {
        return await this.#runOn(client, transaction, work, leaving);
      } catch (error) {
        leaving?.throwIfAborted();
        const cause = error instanceof BatchError ? error.cause : error;
        if (!isConnectionLoss(cause)) throw asUnavailable(cause);
        this.database.checkConnection();
        if (transaction.hasBegun || attempt > this.options.poolMax) throw asUnavailable(cause);
      }
    }
  }

  /**
   * Runs the statements on a connection that nobody else has yet, and undoes what they did. They see no
   * tenant's rows.
   */
  async warmUp(
    client: PoolClient,
    place: TenantPlace,
    statements: readonly Statement<unknown>[],
  ): Promise<void> {
    const transaction = this.#begin(client, place, { tenantId: NOBODY, userId: NOBODY }, 'write');
    // what reads opens in a way of its own
    await transaction.query(
      ...statements,
      scopedReading(NOBODY, NOBODY, pathOf(place), place.role, ...this.#timeouts),
    );
    await transaction.rollback();
  }

  async #runOn<T>(
    client: PoolClient,
    transaction: BatchedTransaction,
    work: (transaction: Transaction) => Promise<T>,
    leaving: AbortSignal | undefined,
  ): Promise<T> {
    const stopListening = leaving && cancelOnAbort(client, leaving);
    try {
      // it may have fired while the connection was waited for
      leaving?.throwIfAborted();
      const result = await work(transaction);
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback().catch(() => undefined);
      throw error;
    } finally {
      await stopListening?.();
      // Anything but an idle connection is not given to others.
      client.release(client.getTransactionStatus() !== 'I');
    }
  }

  #begin(
    client: PoolClient,
    place: TenantPlace,
    { tenantId, userId }: TenantScope,
    kind: Kind,
  ): BatchedTransaction {
    const searchPath = pathOf(place);
    const opening = [
      (kind === 'write' ? scoped : scopedReading)(
        tenantId,
        userId,
        searchPath,
        place.role,
        ...this.#timeouts,
      ),
      ...(kind === 'readTenant' ? [tenantWide()] : []),
    ];
    return new BatchedTransaction(client, opening, this.options.statementTimeout, this.observer);
  }
}

function pathOf({ schema }: TenantPlace): string {
  return `${schema}, pg_temp`;
}
