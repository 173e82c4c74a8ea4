import type { PoolClient } from 'pg';
import { checkScope, type TenantScope } from '../../chatkit/core/store/scope.js';
import type { TenantDatabase } from '../databases/tenant-database.js';
import type { TenantPlaces } from '../isolation/tenant-places.js';
import type { Kind, Opening } from './opening.js';
import type { Results, Statement } from './statement.js';
import type { Transaction } from './transaction.js';

/** Who reads, and what tells that nobody waits for it any more. A request's context is one. */
export interface ReadingScope extends TenantScope {
  readonly signal?: AbortSignal | undefined;
}

/**
 * The only way to a row. Every unit is one transaction that names its tenant and its user and runs under a
 * role which row-level security binds; all of that leaves together with the first statements.
 */
export class UnitOfWork {
  /** Most units that run at the same time on a database; others wait. */
  readonly connections: number;

  constructor(
    private readonly places: TenantPlaces,
    private readonly opening: Opening,
    { poolMax }: { readonly poolMax: number },
  ) {
    this.connections = poolMax;
  }

  /**
   * Runs the statements as one transaction in one round trip. No signal cancels them: whoever writes learns whether
   * it is done.
   *
   * @throws TypeError without a tenant or a user
   * @throws TenantSuspendedError when operators have suspended the tenant
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
   * again from the start when nothing of it was done: the connection turned out to have been dead, or the tenant has
   * moved or is being moved. No signal cancels it.
   *
   * @throws as pipeline(), and what `work` throws
   */
  run<T>(scope: TenantScope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#run(scope, 'write', work);
  }

  async #run<T>(scope: ReadingScope, kind: Kind, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    checkScope(scope);
    const leaving = kind === 'write' || scope.signal?.aborted === true ? undefined : scope.signal;
    return this.places.visit(scope, (place, { transactions }) =>
      transactions.run(scope, this.opening.of(scope, place, kind), work, leaving),
    );
  }

  /**
   * Runs the statements on a connection that nobody else has yet, and undoes what they did. They see no
   * tenant's rows.
   */
  async warmUp(
    client: PoolClient,
    { places, transactions }: Pick<TenantDatabase, 'places' | 'transactions'>,
    statements: readonly Statement<unknown>[],
  ): Promise<void> {
    const { writing, reading } = this.opening.forNobody(places.shared());
    const transaction = transactions.begin(client, [writing]);
    await transaction.query(...statements, reading);
    await transaction.rollback();
  }
}
