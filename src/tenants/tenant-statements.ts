import { statement, TENANT_COLUMNS, type TenantRow, type TenantStatus } from '../store/index.js';

export const tenantPage = statement<[limit: number, after: string], TenantRow>(
  'tenants',
  `SELECT ${TENANT_COLUMNS} FROM tenants WHERE tenant_id > $2 ORDER BY tenant_id LIMIT $1`,
);

/** Of those that are in the database that is asked. */
export const tenantsHere = statement<[limit: number, after: string, isolation: string | null], TenantRow>(
  'tenants_here',
  `SELECT ${TENANT_COLUMNS} FROM tenants
   WHERE tenant_id > $2 AND database IS NULL AND ($3::text IS NULL OR isolation = $3) ORDER BY tenant_id LIMIT $1`,
);

/** Those of the tenants that are in the database that is asked. */
export const namedTenants = statement<[tenantIds: readonly string[]], TenantRow>(
  'tenants_named',
  `SELECT ${TENANT_COLUMNS} FROM tenants WHERE tenant_id = ANY ($1::text[]) AND database IS NULL`,
);

export const setStatus = statement<
  [tenantId: string, status: TenantStatus, from: readonly TenantStatus[]],
  TenantRow
>(
  'tenant_status',
  `UPDATE tenants SET status = $2, updated_at = clock_timestamp()
   WHERE tenant_id = $1 AND database IS NULL AND status = ANY($3) RETURNING ${TENANT_COLUMNS}`,
);

/** Sets some limits, and takes others back. */
export const changeLimits = statement<
  [tenantId: string, set: string, unset: readonly string[]],
  Pick<TenantRow, 'database' | 'settings'>
>(
  'tenant_limits',
  `UPDATE tenants SET updated_at = clock_timestamp(), settings = settings || jsonb_build_object(
     'limits', (COALESCE(settings -> 'limits', '{}') || $2::jsonb) - $3::text[])
   WHERE tenant_id = $1 AND database IS NULL RETURNING database, settings`,
);

/** Where the tenant is, which nobody changes before the transaction has ended. */
export const lockTenant = statement<[tenantId: string], TenantRow>(
  'tenant_lock',
  `SELECT ${TENANT_COLUMNS} FROM tenants WHERE tenant_id = $1 FOR UPDATE`,
);
