import type { PoolClient } from 'pg';
import type { TenantScope } from '../../chatkit/core/store/scope.js';
import type { ChatKitDatabase } from '../availability/chatkit-database.js';
import { asUnavailable, isConnectionLoss } from '../connection/connection-errors.js';
import { BatchError } from './batch.js';
import { cancelOnAbort } from './cancel-on-abort.js';
import type { Statement } from './statement.js';
import { timeoutsOf, type TimeoutOptions, type Timeouts } from './timeouts.js';
import { BatchedTransaction, type StatementObserver, type Transaction } from './transaction.js';

export interface TransactionOptions extends TimeoutOptions {
  /** Connections that may be found dead before the database counts as gone. */
  readonly poolMax: number;
}

/** Runs transactions on connections of the pool, each opened in the way of whoever asks. */
export class Transactions {
  constructor(
    private readonly database: ChatKitDatabase,
    private readonly options: TransactionOptions,
    private readonly observer?: StatementObserver,
  ) {}

  /** What an opening has to set. */
  get timeouts(): Timeouts {
    return timeoutsOf(this.options);
  }

  /**
   * Runs `work` as one transaction: committed when it resolves, rolled back when it rejects. Does so again on another
   * connection where the first turns out to have been dead before anything was done.
   *
   * @param owner who waits for the connection
   * @param opening what leaves before the first statements, in the same packet
   * @param leaving ends the statements when it fires
   * @throws UnavailableError when the database is not there or too busy, the signal's reason, and what `work` throws
   */
  async run<T>(
    owner: TenantScope,
    opening: readonly Statement<unknown>[],
    work: (transaction: Transaction) => Promise<T>,
    leaving?: AbortSignal,
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      const client = await this.database.acquire(owner);
      const transaction = this.begin(client, opening);
      try {
        return await runOn(client, transaction, work, leaving);
      } catch (error) {
        leaving?.throwIfAborted();
        const cause = error instanceof BatchError ? error.cause : error;
        if (!isConnectionLoss(cause)) throw asUnavailable(cause);
        this.database.checkConnection();
        if (transaction.hasBegun || attempt > this.options.poolMax) throw asUnavailable(cause);
      }
    }
  }

  /** A transaction on a connection that the caller gives back. */
  begin(client: PoolClient, opening: readonly Statement<unknown>[]): BatchedTransaction {
    return new BatchedTransaction(client, opening, this.options.statementTimeout, this.observer);
  }
}

/** Runs `work` and ends the transaction as that ends; gives the connection back. */
export async function runOn<T>(
  client: PoolClient,
  transaction: BatchedTransaction,
  work: (transaction: Transaction) => Promise<T>,
  leaving?: AbortSignal,
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
