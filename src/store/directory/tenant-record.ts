import type { TenantIsolation, TenantStatus } from './tenant-states.js';

/** What the directory knows of a tenant. */
export interface TenantRecord {
  readonly tenantId: string;
  /** Name of the database that it is in, `home` for the one with the directory of all. */
  readonly database: string;
  readonly isolation: TenantIsolation;
  /** Whether rows may be left where the tenant was, or was to go, by a move that has not ended. */
  readonly leftovers: boolean;
  readonly status: TenantStatus;
  /** The version of its own schema; undefined where it has none, or one that has to be looked at. */
  readonly migratedTo: string | undefined;
  /** Whether something of it is on legal hold. */
  readonly held: boolean;
  /** What operators have set. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A row of the directory. */
export interface TenantRow {
  readonly tenant_id: string;
  /** Name of another database that the tenant is in; null where it is in the one that was asked. */
  readonly database: string | null;
  readonly isolation: TenantIsolation;
  readonly leftovers: boolean;
  readonly status: TenantStatus;
  readonly migrated_to: string | null;
  readonly held: boolean;
  readonly settings: Record<string, unknown>;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** The columns of a {@link TenantRow}. */
export const TENANT_COLUMNS =
  'tenant_id, database, isolation, leftovers, status, migrated_to, held, settings, created_at, updated_at';

/** The database with the directory of all tenants. */
export const HOME = 'home';

/**
 * The record that a row of a directory stands for.
 *
 * @param database the one whose directory it is of
 */
export function tenantRecord(row: TenantRow, database: string): TenantRecord {
  return {
    tenantId: row.tenant_id,
    database: row.database ?? database,
    isolation: row.isolation,
    leftovers: row.leftovers,
    status: row.status,
    migratedTo: row.migrated_to ?? undefined,
    held: row.held,
    settings: row.settings,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
