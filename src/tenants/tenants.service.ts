import {
  addTenant,
  HOME,
  selectTenant,
  tenantRecord,
  type TenantDatabase,
  type TenantIsolation,
  type TenantParts,
  type TenantRecord,
  type TenantStatus,
} from '../store/index.js';
import { LIMIT_NAMES, setLimitsOf, type LimitName, type SetLimits } from '../common/limits/limits.js';
import { databaseNamed, located, stillHere, whereTenantIs } from './located.js';
import { TenantStateError } from './tenant-errors.js';
import { changeLimits, setStatus } from './tenant-statements.js';
import {
  everyTenant,
  listedTenants,
  type ListedTenant,
  type TenantPage,
  type TenantQuery,
} from './tenant-list.js';

/** Where a tenant is to be. */
export interface NewTenant {
  /** Default: where tenants are put that come by themselves. */
  readonly isolation?: TenantIsolation | undefined;
  /** Name of the database. Default: the home of all. */
  readonly database?: string | undefined;
}

/** Milliseconds to wait for whoever holds the tables of a tenant that is added. */
const LOCK_TIMEOUT = 10_000;

/** The tenants of the service, for whoever operates it. */
export class TenantsService {
  constructor(private readonly parts: Pick<TenantParts, 'directory' | 'databases'>) {}

  /** By name. Of a tenant whose database is not there it is told that, and where it is. */
  list(query: TenantQuery): Promise<TenantPage> {
    return listedTenants(this.parts.databases, query);
  }

  /** Every tenant, read page by page. */
  all(): AsyncGenerator<ListedTenant, void, undefined> {
    return everyTenant(this.parts.databases);
  }

  /** @throws UnknownTenantError */
  async show(tenantId: string): Promise<TenantRecord> {
    const { record } = await located(this.parts, tenantId);
    return record;
  }

  /**
   * Adds a tenant before its first member comes, with its schema where it has one of its own. What was cut off goes on with the
   * next call.
   *
   * @throws TenantStateError when it is there already, or there is no such database
   */
  async add(
    tenantId: string,
    { isolation = this.parts.directory.isolation, database: name = HOME }: NewTenant = {},
  ): Promise<TenantRecord> {
    const database = databaseNamed(this.parts.databases, name);
    const isNew =
      name === HOME
        ? await this.#added(database, tenantId, isolation, null)
        : await this.#addedElsewhere(database, tenantId, isolation);
    if (!isNew) throw new TenantStateError('The tenant is there already');
    if (isolation === 'schema') await database.provision(tenantId, LOCK_TIMEOUT);
    return this.show(tenantId);
  }

  /** The home is told first: nobody puts the tenant there meanwhile. */
  async #addedElsewhere(
    database: TenantDatabase,
    tenantId: string,
    isolation: TenantIsolation,
  ): Promise<boolean> {
    const { home } = this.parts.databases;
    if (!(await this.#added(home, tenantId, isolation, database.name))) {
      const [{ rows }] = await home.directoryUnit.pipeline(selectTenant(tenantId));
      if (rows[0]?.database !== database.name) return false;
    }
    return this.#added(database, tenantId, isolation, null);
  }

  async #added({ directoryUnit }: TenantDatabase, ...values: Parameters<typeof addTenant>): Promise<boolean> {
    const [{ rows }] = await directoryUnit.pipeline(addTenant(...values));
    return rows.length > 0;
  }

  /**
   * Shuts the tenant: its members and administrators are refused, nothing is removed.
   *
   * @throws UnknownTenantError, TenantStateError when it is erased
   */
  suspend(tenantId: string): Promise<TenantRecord> {
    return this.setStatus(tenantId, 'suspended', ['active', 'read_only', 'suspended']);
  }

  /**
   * Opens a suspended tenant again, or one that a move which was cut off has left for reading alone.
   *
   * @throws UnknownTenantError, TenantStateError when it is erased
   */
  resume(tenantId: string): Promise<TenantRecord> {
    return this.setStatus(tenantId, 'active', ['active', 'read_only', 'suspended']);
  }

  /**
   * The limits that operators have set for the tenant.
   *
   * @throws UnknownTenantError
   */
  async limits(tenantId: string): Promise<SetLimits> {
    return setLimitsOf((await this.show(tenantId)).settings);
  }

  /**
   * Sets limits of the tenant; servers know of them within half a minute.
   *
   * @param change null takes one back, so that the configuration holds again; what is left out stays
   * @returns all that are set now
   * @throws UnknownTenantError
   */
  async changeLimits(
    tenantId: string,
    change: Readonly<Partial<Record<LimitName, number | null>>>,
  ): Promise<SetLimits> {
    const unset = LIMIT_NAMES.filter((name) => change[name] === null);
    return whereTenantIs(this.parts, tenantId, async ({ directoryUnit }) => {
      const changed = changeLimits(tenantId, JSON.stringify(change), unset);
      const [{ rows }] = await directoryUnit.pipeline(changed);
      return setLimitsOf(stillHere(rows).settings);
    });
  }

  /**
   * @param from what the status may be now
   * @throws UnknownTenantError, TenantStateError when it is another
   */
  async setStatus(
    tenantId: string,
    status: TenantStatus,
    from: readonly TenantStatus[],
  ): Promise<TenantRecord> {
    return whereTenantIs(this.parts, tenantId, async ({ name, directoryUnit }) => {
      const [{ rows }] = await directoryUnit.pipeline(setStatus(tenantId, status, from));
      if (rows[0] !== undefined) return tenantRecord(rows[0], name);
      const [found] = await directoryUnit.pipeline(selectTenant(tenantId));
      throw new TenantStateError(`The tenant is ${stillHere(found.rows).status}`);
    });
  }
}
