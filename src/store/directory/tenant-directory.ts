import { BoundedMap } from '../../common/bounded-map.js';
import { unavailable } from '../connection/connection-errors.js';
import type { TenantDatabases } from '../databases/tenant-databases.js';
import { statement } from '../unit-of-work/statement.js';
import { TENANT_COLUMNS, tenantRecord, type TenantRecord, type TenantRow } from './tenant-record.js';
import type { TenantIsolation } from './tenant-states.js';
import { selectTenant, whereaboutsOf, type Whereabouts } from './whereabouts.js';

/** Tenants remembered at most. */
const REMEMBERED = 10_000;
/** Tenants looked up at once at most. */
const LOOKUPS = 1000;

export const addTenant = statement<
  [tenantId: string, isolation: TenantIsolation, database: string | null],
  TenantRow
>(
  'tenant_add',
  `INSERT INTO tenants (tenant_id, isolation, database) VALUES ($1, $2, $3)
   ON CONFLICT (tenant_id) DO NOTHING RETURNING ${TENANT_COLUMNS}`,
);

/**
 * Where each tenant is. What is remembered may be old: a unit of work that goes by it is refused, and looks again. A
 * tenant that comes for the first time is added, in the home of all.
 */
export class TenantDirectory {
  readonly #known: BoundedMap<string, TenantRecord>;
  readonly #underWay = new Map<string, Promise<TenantRecord>>();

  /** @param isolation where tenants are put that come for the first time */
  constructor(
    private readonly databases: TenantDatabases,
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

  /**
   * Where the tenant is now, for those who operate the service; nothing is remembered, and no tenant added.
   *
   * @returns undefined when there is no such tenant
   * @throws UnavailableError when a database that has to be asked is not there
   */
  async find(tenantId: string): Promise<Whereabouts | undefined> {
    const [{ rows }] = await this.databases.home.directoryUnit.pipeline(selectTenant(tenantId));
    if (rows[0] === undefined) return undefined;
    return whereaboutsOf(this.databases, rows[0], async ({ directoryUnit }, select) => {
      const [found] = await directoryUnit.pipeline(select);
      return found.rows[0];
    });
  }

  /** Forgets everything: the database may be another one than before. */
  forget(): void {
    this.#known.clear();
  }

  async #load(tenantId: string): Promise<TenantRecord> {
    const home = (await this.#select(tenantId)) ?? (await this.#add(tenantId));
    const { database, row } = await whereaboutsOf(this.databases, home, async ({ directoryUnit }, select) => {
      const [{ rows }] = await directoryUnit.pipelineFor(tenantId, select);
      return rows[0];
    });
    // between two databases it is looked for in the one that it goes to, which refuses until it has opened
    const record = tenantRecord({ ...row, database: null }, database.name);
    this.#known.set(tenantId, record);
    return record;
  }

  async #select(tenantId: string): Promise<TenantRow | undefined> {
    const { directoryUnit } = this.databases.home;
    const [{ rows }] = await directoryUnit.pipelineFor(tenantId, selectTenant(tenantId));
    return rows[0];
  }

  async #add(tenantId: string): Promise<TenantRow> {
    const { directoryUnit } = this.databases.home;
    const [{ rows }] = await directoryUnit.pipelineFor(tenantId, addTenant(tenantId, this.isolation, null));
    const row = rows[0] ?? (await this.#select(tenantId));
    if (row === undefined) throw unavailable();
    return row;
  }
}
