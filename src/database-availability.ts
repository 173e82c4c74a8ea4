import type { FactoryProvider } from '@nestjs/common';
import type { ChatAvailability } from './chatkit/index.js';
import type { StoreConfig } from './config/store.config.js';
import { ChatKitDatabase } from './store/index.js';

/**
 * Tells the endpoint and health what the database monitor knows, as `availability` of the ChatKitModule and the
 * HealthModule. Needs a StoreModule that is registered for all.
 */
export function databaseAvailability({
  poolMax: max,
  poolQueueMax: queueMax,
}: StoreConfig): Omit<FactoryProvider<ChatAvailability>, 'provide'> {
  return {
    inject: [ChatKitDatabase],
    useFactory: (database: ChatKitDatabase): ChatAvailability => ({
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
