import type { ChatKitDatabase } from '../availability/chatkit-database.js';
import type { DirectoryUnit } from '../directory/directory-unit.js';
import type { DatabasePlaces } from '../isolation/database-places.js';
import type { MaintenanceUnit } from '../unit-of-work/maintenance-unit.js';
import type { Transactions } from '../unit-of-work/transactions.js';

/**
 * Makes or migrates a tenant's own schema, and keeps that it is up to date.
 *
 * @param lockTimeout milliseconds to wait for whoever holds its tables
 * @param mayMigrate whether it may be changed if it is there. Default true
 */
export type Provision = (tenantId: string, lockTimeout: number, mayMigrate?: boolean) => Promise<void>;

/** One of the databases that tenants are in, and what reaches it. */
export interface TenantDatabase {
  readonly name: string;
  readonly connection: ChatKitDatabase;
  readonly transactions: Transactions;
  /** Its own directory, which says of each tenant that was ever in it what may be done with it here. */
  readonly directoryUnit: DirectoryUnit;
  readonly maintenance: MaintenanceUnit;
  readonly places: DatabasePlaces;
  readonly provision: Provision;
}
