/** What a transaction may take. */
export interface TimeoutOptions {
  /** Milliseconds a statement may take; the server ends it after that. */
  readonly statementTimeout: number;
  /** Milliseconds a statement may wait for a lock. */
  readonly lockTimeout: number;
}

/** Values of the two parameters that `settingTimeouts` speaks of. */
export type Timeouts = [statement: string, lock: string];

/**
 * Sets the timeouts until the transaction ends: nothing stays on a connection, which others may get from a pool.
 *
 * @param first number of the first of two parameters
 */
export const settingTimeouts = (first: number): string =>
  `set_config('statement_timeout', $${first}, true), set_config('idle_in_transaction_session_timeout', $${first}, true),
   set_config('lock_timeout', $${first + 1}, true)`;

export const timeoutsOf = ({ statementTimeout, lockTimeout }: TimeoutOptions): Timeouts => [
  String(statementTimeout),
  String(lockTimeout),
];
