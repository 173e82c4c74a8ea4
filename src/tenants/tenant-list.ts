import { UnavailableError } from '../chatkit/core/index.js';
import {
  tenantRecord,
  type TenantDatabase,
  type TenantDatabases,
  type TenantIsolation,
  type TenantRecord,
} from '../store/index.js';
import { namedTenants, tenantPage, tenantsHere } from './tenant-statements.js';

/** A tenant among others. */
export interface ListedTenant extends TenantRecord {
  /** Whether its database was there; otherwise no more is known than where it is. */
  readonly isReachable: boolean;
}

/** A page of tenants, by their names. */
export interface TenantPage {
  readonly data: readonly ListedTenant[];
  readonly hasMore: boolean;
}

/** Which page of tenants is wanted. */
export interface TenantQuery {
  /** Most entries. */
  readonly limit: number;
  /** The tenant after which the page begins. Default: the first one. */
  readonly after?: string | undefined;
}

const PAGE = 200;

/** A page of all tenants, as the home knows them, and what the databases say that they are in. */
export async function listedTenants(
  databases: TenantDatabases,
  { limit, after = '' }: TenantQuery,
): Promise<TenantPage> {
  const { home } = databases;
  const [{ rows }] = await home.directoryUnit.pipeline(tenantPage(limit + 1, after));
  const page = rows.slice(0, limit);
  const elsewhere = Map.groupBy(page, ({ database }) => database ?? home.name);
  elsewhere.delete(home.name);
  const found = new Map<string, TenantRecord>();
  for (const [name, there] of elsewhere) {
    const tenantIds = there.map(({ tenant_id: tenantId }) => tenantId);
    for (const record of await recordsIn(databases, name, tenantIds)) found.set(record.tenantId, record);
  }
  const data = page.map((row) => {
    const record = row.database === null ? tenantRecord(row, home.name) : found.get(row.tenant_id);
    return Object.assign(record ?? tenantRecord(row, home.name), { isReachable: record !== undefined });
  });
  return { data, hasMore: rows.length > limit };
}

/** Every tenant, read page by page. */
export async function* everyTenant(
  databases: TenantDatabases,
): AsyncGenerator<ListedTenant, void, undefined> {
  for (let after: string | undefined; ;) {
    const { data, hasMore } = await listedTenants(databases, { limit: PAGE, after });
    yield* data;
    if (!hasMore) return;
    after = data.at(-1)?.tenantId;
  }
}

/** Every tenant that is in one database, read page by page from its own directory. */
export async function* tenantsIn(
  { name, directoryUnit }: TenantDatabase,
  isolation?: TenantIsolation,
): AsyncGenerator<TenantRecord, void, undefined> {
  for (let after = ''; ;) {
    const [{ rows }] = await directoryUnit.pipeline(tenantsHere(PAGE, after, isolation ?? null));
    for (const row of rows) yield tenantRecord(row, name);
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.tenant_id;
  }
}

/** None where the database is not there. */
async function recordsIn(
  databases: TenantDatabases,
  name: string,
  tenantIds: readonly string[],
): Promise<readonly TenantRecord[]> {
  try {
    const [{ rows }] = await databases.named(name).directoryUnit.pipeline(namedTenants(tenantIds));
    return rows.map((row) => tenantRecord(row, name));
  } catch (error) {
    if (error instanceof UnavailableError) return [];
    throw error;
  }
}
