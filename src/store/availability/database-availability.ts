import type { FactoryProvider } from '@nestjs/common';
import type { StoreConfig } from '../../config/store.config.js';
import { ChatKitDatabase } from './chatkit-database.js';
import type { DatabaseState } from './database-state.js';

/** What the endpoint and health are told of the database: it fits the port `ChatAvailability`. */
export interface DatabaseAvailability {
  status(): {
    readonly state: DatabaseState['status'];
    readonly reason?: string;
    readonly since: Date;
    readonly pool: {
      readonly total: number;
      readonly idle: number;
      readonly waiting: number;
      readonly max: number;
      readonly queueMax: number;
    };
  };
}

/**
 * Tells the endpoint and health what the database monitor knows, as `availability` of the ChatKitModule and the
 * ChatKitHealthModule. Needs a ChatKitStoreModule that is registered for all.
 */
export function databaseAvailability({
  poolMax: max,
  poolQueueMax: queueMax,
}: StoreConfig): Omit<FactoryProvider<DatabaseAvailability>, 'provide'> {
  return {
    inject: [ChatKitDatabase],
    useFactory: (database: ChatKitDatabase): DatabaseAvailability => ({
      status: () => {
        const { status, since, ...rest } = database.state;
        const pool = { ...database.figures, max, queueMax };
        return {
          state: status,
          since: new Date(since),
          pool,
          ...('reason' in rest ? { reason: rest.reason } : {}),
        };
      },
    }),
  };
}
