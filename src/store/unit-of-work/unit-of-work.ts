import type { PoolClient } from 'pg';
import { checkScope, type TenantScope } from '../../chatkit/core/store/scope.js';
import type { ChatKitDatabase } from '../availability/chatkit-database.js';
import { asUnavailable, isConnectionLoss } from '../connection/connection-errors.js';
import type { Isolation, TenantPlace } from '../isolation/isolation.js';
import { BatchError } from './batch.js';
import { statement, type Results, type Statement } from './statement.js';
import { BatchedTransaction, type StatementObserver, type Transaction } from './transaction.js';

export interface UnitOfWorkOptions {
  /** Milliseconds a statement may take; the server ends it after that. */
  readonly statementTimeout: number;
  /** Connections that may be found dead before the database counts as gone. */
  readonly poolMax: number;
}

const scoped = statement<[tenantId: string, userId: string, searchPath: string, role: string]>(
  'scope',
  `SELECT set_config('chatkit.tenant', $1, true), set_config('chatkit.user', $2, true), ` +
    `set_config('search_path', $3, true), set_config('role', $4, true)`,
);

/** Lets the policies show the rows of all users of the tenant, and nothing be written, until the transaction ends. */
const tenantWide = statement<[]>(
  'tenant_wide',
  `SELECT set_config('chatkit.tenant_wide', 'on', true), ` +
    `set_config('transaction_read_only', 'on', true)`,
);

/** Which rows of the tenant a unit of work reaches. */
type Reach = 'own' | 'tenant';

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

  /**
   * Runs the statements as one transaction in one round trip.
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
   * As pipeline(), for what administrators may read of all users of their tenant. Nothing can be written.
   * Whether the caller is an administrator is for others to check.
   */
  readTenant<const Statements extends readonly Statement<unknown>[]>(
    scope: TenantScope,
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.#run(scope, 'tenant', (transaction) => transaction.finish<Statements>(...statements));
  }

  /**
   * Runs `work` as one transaction: committed when it resolves, rolled back when it rejects. May be called
   * again from the start if the connection turns out to have been dead before anything was done.
   *
   * @throws as pipeline(), and what `work` throws
   */
  run<T>(scope: TenantScope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#run(scope, 'own', work);
  }

  async #run<T>(
    scope: TenantScope,
    reach: Reach,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    checkScope(scope);
    const found = this.isolation.placeOf(scope);
    const place = 'then' in found ? await found : found;
    for (let attempt = 0; ; attempt += 1) {
      const client = await this.database.acquire(scope);
      const transaction = this.#begin(client, place, scope, reach);
      try {
        return await this.#runOn(transaction, client, work);
      } catch (error) {
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
    const transaction = this.#begin(client, place, { tenantId: '-', userId: '-' }, 'own');
    await transaction.query(...statements);
    await transaction.rollback();
  }

  async #runOn<T>(
    transaction: BatchedTransaction,
    client: PoolClient,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    try {
      const result = await work(transaction);
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback().catch(() => undefined);
      throw error;
    } finally {
      // Anything but an idle connection is not given to others.
      client.release(client.getTransactionStatus() !== 'I');
    }
  }

  #begin(
    client: PoolClient,
    place: TenantPlace,
    { tenantId, userId }: TenantScope,
    reach: Reach,
  ): BatchedTransaction {
    const searchPath = `${place.schema}, pg_temp`;
    const opening = [
      scoped(tenantId, userId, searchPath, place.role),
      ...(reach === 'tenant' ? [tenantWide()] : []),
    ];
    return new BatchedTransaction(client, opening, this.options.statementTimeout, this.observer);
  }
}
