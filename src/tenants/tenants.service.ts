import {
  addTenant,
  selectTenant,
  tenantRecord,
  type TenantIsolation,
  type TenantParts,
  type TenantRecord,
  type TenantStatus,
} from '../store/index.js';
import { LIMIT_NAMES, setLimitsOf, type LimitName, type SetLimits } from '../common/limits/limits.js';
import { TenantStateError, UnknownTenantError } from './tenant-errors.js';
import { changeLimits, setStatus, tenantPage } from './tenant-statements.js';

/** A page of tenants, by their names. */
export interface TenantPage {
  readonly data: readonly TenantRecord[];
  readonly hasMore: boolean;
}

/** What a list of tenants is narrowed down to. */
export interface TenantQuery {
  /** Most entries. */
  readonly limit: number;
  /** The tenant after which the page begins. Default: the first one. */
  readonly after?: string | undefined;
  /** Default: all. */
  readonly isolation?: TenantIsolation | undefined;
}

const PAGE = 200;
/** Milliseconds to wait for whoever holds the tables of a tenant that is added. */
const LOCK_TIMEOUT = 10_000;

/** The tenants of the service, for whoever operates it. */
export class TenantsService {
  constructor(private readonly tenants: Pick<TenantParts, 'directory' | 'directoryUnit' | 'provision'>) {}

  /** By name. */
  async list({ limit, after = '', isolation }: TenantQuery): Promise<TenantPage> {
    const [{ rows }] = await this.tenants.directoryUnit.pipeline(
      tenantPage(limit + 1, after, isolation ?? null),
    );
    return { data: rows.slice(0, limit).map(tenantRecord), hasMore: rows.length > limit };
  }

  /** Every tenant, read page by page. */
  async *all(query: Pick<TenantQuery, 'isolation'> = {}): AsyncGenerator<TenantRecord, void, undefined> {
    for (let after: string | undefined; ;) {
      const { data, hasMore } = await this.list({ ...query, limit: PAGE, after });
      yield* data;
      if (!hasMore) return;
      after = data.at(-1)?.tenantId;
    }
  }

  /** @throws UnknownTenantError */
  async show(tenantId: string): Promise<TenantRecord> {
    const [{ rows }] = await this.tenants.directoryUnit.pipeline(selectTenant(tenantId));
    if (rows[0] === undefined) throw new UnknownTenantError();
    return tenantRecord(rows[0]);
  }

  /**
   * Adds a tenant before its first member comes, with its schema where it has one of its own.
   *
   * @param isolation default: where tenants are put that come by themselves
   * @throws TenantStateError when it is there already
   */
  async add(
    tenantId: string,
    isolation: TenantIsolation = this.tenants.directory.isolation,
  ): Promise<TenantRecord> {
    const [{ rows }] = await this.tenants.directoryUnit.pipeline(addTenant(tenantId, isolation));
    if (rows[0] === undefined) throw new TenantStateError('The tenant is there already');
    if (isolation === 'schema') await this.tenants.provision(tenantId, LOCK_TIMEOUT);
    return this.show(tenantId);
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
    const [{ rows }] = await this.tenants.directoryUnit.pipeline(
      changeLimits(tenantId, JSON.stringify(change), unset),
    );
    if (rows[0] === undefined) throw new UnknownTenantError();
    return setLimitsOf(rows[0].settings);
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
    const [{ rows }] = await this.tenants.directoryUnit.pipeline(setStatus(tenantId, status, from));
    if (rows[0] !== undefined) return tenantRecord(rows[0]);
    const found = await this.show(tenantId);
    throw new TenantStateError(`The tenant is ${found.status}`);
  }
}
