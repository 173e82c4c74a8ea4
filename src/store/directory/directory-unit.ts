import { SERVICE } from '../connection/service-scope.js';
import { statement, type Results, type Statement } from '../unit-of-work/statement.js';
import { settingTimeouts, type Timeouts } from '../unit-of-work/timeouts.js';
import type { Transaction } from '../unit-of-work/transaction.js';
import type { Transactions } from '../unit-of-work/transactions.js';

const operating = statement<[searchPath: string, role: string, ...timeouts: Timeouts]>(
  'directory',
  `SELECT set_config('chatkit.operator', 'on', true), set_config('search_path', $1, true),
     set_config('role', $2, true), ${settingTimeouts(3)}`,
);

/**
 * Units of work on what is kept once for all tenants: their directory, and what operators set. No row of a tenant is
 * in their reach.
 */
export class DirectoryUnit {
  constructor(
    private readonly transactions: Transactions,
    private readonly base: { readonly schema: string; readonly role: string },
  ) {}

  /**
   * Runs the statements as one transaction in one round trip.
   *
   * @throws UnavailableError when the database is not there or too busy
   */
  pipeline<const Statements extends readonly Statement<unknown>[]>(
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.run((transaction) => transaction.finish<Statements>(...statements));
  }

  /** As pipeline(), for a request of that tenant, which waits for a connection among those of its own. */
  pipelineFor<const Statements extends readonly Statement<unknown>[]>(
    tenantId: string,
    ...statements: Statements
  ): Promise<Results<Statements>> {
    const owner = { ...SERVICE, tenantId };
    return this.run((transaction) => transaction.finish<Statements>(...statements), owner);
  }

  /** Runs `work` as one transaction: committed when it resolves, rolled back when it rejects. */
  run<T>(work: (transaction: Transaction) => Promise<T>, owner = SERVICE): Promise<T> {
    const { schema, role } = this.base;
    const opening = operating(`${schema}, pg_temp`, role, ...this.transactions.timeouts);
    return this.transactions.run(owner, [opening], work);
  }
}
