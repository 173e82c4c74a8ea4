import { BoundedMap } from '../../common/bounded-map.js';
import { unavailable } from '../connection/connection-errors.js';
import { statement } from '../unit-of-work/statement.js';
import type { DirectoryUnit } from './directory-unit.js';
import { TENANT_COLUMNS, tenantRecord, type TenantRecord, type TenantRow } from './tenant-record.js';
import type { TenantIsolation } from './tenant-states.js';

/** Tenants remembered at most. */
const REMEMBERED = 10_000;
/** Tenants looked up at once at most. */
const LOOKUPS = 1000;

export const selectTenant = statement<[tenantId: string], TenantRow>(
  'tenant',
  `SELECT ${TENANT_COLUMNS} FROM tenants WHERE tenant_id = $1`,
);

export const addTenant = statement<[tenantId: string, isolation: TenantIsolation], TenantRow>(
  'tenant_add',
  `INSERT INTO tenants (tenant_id, isolation) VALUES ($1, $2)
   ON CONFLICT (tenant_id) DO NOTHING RETURNING ${TENANT_COLUMNS}`,
);

const setMigrated = statement<[tenantId: string, version: string]>(
  'tenant_migrated',
  `UPDATE tenants SET migrated_to = $2, updated_at = clock_timestamp()
   WHERE tenant_id = $1 AND migrated_to IS DISTINCT FROM $2`,
);

/**
 * Where each tenant is. What is remembered may be old: a unit of work that goes by it is refused, and looks again. A
 * tenant that comes for the first time is added.
 */
export class TenantDirectory {
  readonly #known: BoundedMap<string, TenantRecord>;
  readonly #underWay = new Map<string, Promise<TenantRecord>>();

  /** @param isolation where tenants are put that come for the first time */
  constructor(
    private readonly unit: DirectoryUnit,
    readonly isolation: TenantIsolation,
    clock: { now(): number },
  ) {
    this.#known = new BoundedMap(REMEMBERED, clock);
  }

  /** What is remembered of the tenant. */
  known(tenantId: string): TenantRecord | undefined {
    return this.#known.get(tenantId);
  }

  /**
   * Looks the tenant up, and remembers it.
   *
   * @throws UnavailableError when the database is not there or too many are looked up
   */
  look(tenantId: string): Promise<TenantRecord> {
    const underWay = this.#underWay.get(tenantId);
    if (underWay !== undefined) return underWay;
    if (this.#underWay.size >= LOOKUPS) throw unavailable();
    const looking = this.#load(tenantId).finally(() => this.#underWay.delete(tenantId));
    this.#underWay.set(tenantId, looking);
    return looking;
  }

  /** Forgets everything: the database may be another one than before. */
  forget(): void {
    this.#known.clear();
  }

  /** Keeps which version the tenant's own schema has. */
  async migrated(tenantId: string, version: string): Promise<void> {
    await this.unit.pipeline(setMigrated(tenantId, version));
  }

  async #load(tenantId: string): Promise<TenantRecord> {
    const row = (await this.#select(tenantId)) ?? (await this.#add(tenantId));
    const record = tenantRecord(row);
    this.#known.set(tenantId, record);
    return record;
  }

  async #select(tenantId: string): Promise<TenantRow | undefined> {
    const [{ rows }] = await this.unit.pipelineFor(tenantId, selectTenant(tenantId));
    return rows[0];
  }

  async #add(tenantId: string): Promise<TenantRow> {
    const [{ rows }] = await this.unit.pipelineFor(tenantId, addTenant(tenantId, this.isolation));
    const row = rows[0] ?? (await this.#select(tenantId));
    if (row === undefined) throw unavailable();
    return row;
  }
}
