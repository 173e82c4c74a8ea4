import type { ChatAvailability, ChatStatus, StoreStatus } from '../../common/availability.js';
import type { StoreConfig } from '../../config/store.config.js';
import type { TenantDatabases } from '../databases/tenant-databases.js';
import type { ChatKitDatabase } from './chatkit-database.js';

/**
 * Tells the endpoint and health what the monitors of the databases know. Chat can be served while the home of tenants can; the
 * tenants of a further database that is away are refused by themselves.
 */
export class DatabaseAvailability implements ChatAvailability {
  constructor(
    private readonly databases: Pick<TenantDatabases, 'home' | 'further'>,
    private readonly limits: Pick<StoreConfig, 'poolMax' | 'poolQueueMax'>,
  ) {}

  status(): ChatStatus {
    const { home, further } = this.databases;
    const own = this.#of(home.connection);
    if (further.length === 0) return own;
    const databases = further.map(({ name, connection }) => Object.assign({ name }, this.#of(connection)));
    return { ...own, databases };
  }

  #of({
    state,
    impairment,
    figures,
  }: Pick<ChatKitDatabase, 'state' | 'impairment' | 'figures'>): StoreStatus {
    const { status, since, ...rest } = state;
    const { poolMax: max, poolQueueMax: queueMax } = this.limits;
    return {
      state: status,
      since: new Date(since),
      pool: { ...figures, max, queueMax },
      ...('reason' in rest ? { reason: rest.reason } : {}),
      ...(status === 'up' && impairment !== undefined && { impairment }),
    };
  }
}
