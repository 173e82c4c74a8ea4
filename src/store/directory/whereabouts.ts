import { unavailable } from '../connection/connection-errors.js';
import type { TenantDatabase } from '../databases/tenant-database.js';
import type { TenantDatabases } from '../databases/tenant-databases.js';
import { statement, type Statement } from '../unit-of-work/statement.js';
import { TENANT_COLUMNS, type TenantRow } from './tenant-record.js';

/** Where a tenant is, and what the directory there says of it. */
export interface Whereabouts {
  readonly database: TenantDatabase;
  readonly row: TenantRow;
  /**
   * `between` two databases: it has left the one that is named before, and this one has not opened yet. `missing`: this one has
   * not heard of it.
   */
  readonly state: 'here' | 'between' | 'missing';
}

/** Asks the directory of a database. */
export type AskDirectory = (
  database: TenantDatabase,
  select: Statement<TenantRow>,
) => Promise<TenantRow | undefined>;

/** Databases that one is sent on by; more than that is a circle. */
const HOPS = 3;

export const selectTenant = statement<[tenantId: string], TenantRow>(
  'tenant',
  `SELECT ${TENANT_COLUMNS} FROM tenants WHERE tenant_id = $1`,
);

/**
 * Follows what the directories say, from the home on. A database that a tenant has left names the one that it has gone to, before
 * the home knows.
 *
 * @param row the home's
 * @throws UnavailableError where it cannot be found out
 */
export async function whereaboutsOf(
  databases: TenantDatabases,
  row: TenantRow,
  ask: AskDirectory,
): Promise<Whereabouts> {
  let at: { database: TenantDatabase; row: TenantRow } = { database: databases.home, row };
  for (let hops = 0; hops <= HOPS; hops += 1) {
    if (at.row.database === null) return { ...at, state: 'here' };
    const database = databases.named(at.row.database);
    const found = await ask(database, selectTenant(row.tenant_id));
    if (found === undefined) return { database, row: { ...at.row, database: null }, state: 'missing' };
    if (found.database === at.database.name) return { database, row: found, state: 'between' };
    at = { database, row: found };
  }
  throw unavailable();
}
