import type { Clock } from '../../common/clock.js';
import type { ChatKitObserver } from '../../common/observer/observer.port.js';
import type { PoolOptions } from '../connection/connection-pool.js';
import type { SchemaFeatures } from '../schema/schema-features.js';
import type { DatabaseSource } from './database-source.js';
import type { StoreLogger } from './store-logger.js';

export interface DatabaseOptions extends Omit<PoolOptions, 'role'> {
  /** Where tenants are put that come for the first time. */
  readonly isolation: 'row' | 'schema';
  /** Undefined: chat is disabled. */
  readonly source: DatabaseSource | undefined;
  /** Where another login migrates. Default: the one that serves does. */
  readonly migrationSource?: DatabaseSource | undefined;
  /** The login that serves, where another migrates. */
  readonly servingLogin?: string | undefined;
  /** Milliseconds from one look at the database to the next, and for the answer to one. */
  readonly probeInterval: number;
  readonly probeTimeout: number;
  readonly clock: Clock;
  readonly logger: StoreLogger;
  readonly features: SchemaFeatures;
  /** Whether tables that are there may be changed. */
  readonly mayMigrate: boolean;
  /** Is told of waits for a connection and of migrations. Default: nobody. */
  readonly observer?: DatabaseObserver | undefined;
}

/** What the connection is observed by. */
export interface DatabaseObserver extends Required<
  Pick<ChatKitObserver, 'connectionAwaited' | 'maintained'>
> {
  /** Whether anybody listens; otherwise nothing is told. */
  readonly areThere: boolean;
}
