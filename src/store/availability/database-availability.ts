import type { ChatAvailability, ChatStatus } from '../../common/availability.js';
import type { StoreConfig } from '../../config/store.config.js';
import type { ChatKitDatabase } from './chatkit-database.js';

/** Tells the endpoint and health what the monitor of the database knows. */
export class DatabaseAvailability implements ChatAvailability {
  constructor(
    private readonly database: Pick<ChatKitDatabase, 'state' | 'figures' | 'impairment'>,
    private readonly limits: Pick<StoreConfig, 'poolMax' | 'poolQueueMax'>,
  ) {}

  status(): ChatStatus {
    const { status, since, ...rest } = this.database.state;
    const { impairment } = this.database;
    const { poolMax: max, poolQueueMax: queueMax } = this.limits;
    return {
      state: status,
      since: new Date(since),
      pool: { ...this.database.figures, max, queueMax },
      ...('reason' in rest ? { reason: rest.reason } : {}),
      ...(status === 'up' && impairment !== undefined && { impairment }),
    };
  }
}
