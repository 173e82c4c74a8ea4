import { checkScope } from '../../chatkit/core/store/scope.js';
import { asUnavailable, isConnectionLoss } from '../connection/connection-errors.js';
import { BatchError } from './batch.js';
import { MaintenanceConnections, type MaintenanceConnectionOptions } from './maintenance-connections.js';
import { statement, type Results, type Statement } from './statement.js';
import { BatchedTransaction, BEGIN_SNAPSHOT, type Transaction } from './transaction.js';
import { runOn } from './transactions.js';

/** How the maintenance of tenants reaches the database. */
export interface MaintenanceOptions extends MaintenanceConnectionOptions {
  /** Milliseconds to wait for whoever holds a lock. */
  readonly lockTimeout: number;
}

/** Stands where a unit of work has its user. */
const MAINTAINER = 'chatkit:maintenance';
/** Milliseconds that a statement may take: it may be about all rows of a tenant. */
const STATEMENT_TIMEOUT = 3_600_000;

const maintaining = statement<[tenantId: string, user: string, lockTimeout: number]>(
  'maintenance',
  `SELECT set_config('chatkit.tenant', $1, true), set_config('chatkit.user', $2, true),
     set_config('chatkit.maintenance', 'on', true), set_config('search_path', 'pg_catalog, pg_temp', true),
     set_config('statement_timeout', '${STATEMENT_TIMEOUT}', true), set_config('lock_timeout', $3, true),
     set_config('idle_in_transaction_session_timeout', '${STATEMENT_TIMEOUT}', true),
     set_config('TimeZone', 'UTC', true)`,
);

/** Tells the directory, which the place of a tenant is changed in together with its rows. */
export const asOperator = statement<[]>('operator', `SELECT set_config('chatkit.operator', 'on', true)`);

/**
 * Units of work that reach every row of one tenant, whoever of its users it belongs to, wherever it is and whatever the
 * state of the tenant: for moving, keeping, exporting and erasing. They run under the login that owns the tables, which
 * alone the policies show these rows, on connections of their own; statements name the schema, and times are told and compared
 * in UTC, whatever the standard of the database is. Nothing else opens them.
 */
export class MaintenanceUnit {
  readonly #connections: MaintenanceConnections;

  constructor(private readonly options: MaintenanceOptions) {
    this.#connections = new MaintenanceConnections(options);
  }

  /**
   * Runs the statements as one transaction in one round trip.
   *
   * @throws UnavailableError when the database is not there
   */
  pipeline<const Statements extends readonly Statement<unknown>[]>(
    tenantId: string,
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.run(tenantId, (transaction) => transaction.finish<Statements>(...statements));
  }

  /**
   * Runs `work` as one transaction: committed when it resolves, rolled back when it rejects. Does so again on another
   * connection where one that was kept turns out to have been dead before anything was done.
   *
   * @throws UnavailableError when the database is not there, and what `work` throws
   */
  run<T>(tenantId: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#run(tenantId, work);
  }

  /** As run(), but all statements see what there was when it began. */
  runOnSnapshot<T>(tenantId: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#run(tenantId, work, BEGIN_SNAPSHOT);
  }

  /** Has its connections closed once they are not used; that is not waited for. */
  close(): void {
    this.#connections.close();
  }

  async #run<T>(
    tenantId: string,
    work: (transaction: Transaction) => Promise<T>,
    begin?: Statement<unknown>,
  ): Promise<T> {
    checkScope({ tenantId, userId: MAINTAINER });
    const opening = [maintaining(tenantId, MAINTAINER, this.options.lockTimeout)];
    for (;;) {
      const { client, isKept } = await this.#connections.acquire();
      const transaction = new BatchedTransaction(client, opening, STATEMENT_TIMEOUT, undefined, begin);
      try {
        return await runOn(client, transaction, work);
      } catch (error) {
        const cause = error instanceof BatchError ? error.cause : error;
        // one that was kept may turn out to have been dead before anything was done
        if (!isKept || transaction.hasBegun || !isConnectionLoss(cause)) throw asUnavailable(cause);
      }
    }
  }
}
