import {
  MaintenanceUnit,
  selectTenant,
  statement,
  TENANT_COLUMNS,
  tenantRecord,
  type SchemaFeatures,
  type TenantIsolation,
  type TenantParts,
  type TenantPlace,
  type TenantRecord,
  type TenantRow,
  type Transaction,
} from '../../store/index.js';
import { inDirectoryOf } from '../in-directory.js';
import { inUtc } from '../rows/in-utc.js';
import { TenantTable } from '../rows/tenant-table.js';
import { TenantStateError, UnknownTenantError } from '../tenant-errors.js';
import type { TenantsService } from '../tenants.service.js';
import { transferTable } from './table-transfer.js';

/** What was fetched: a table, and how many rows of it. */
export interface FetchProgress {
  readonly table: string;
  readonly rows: number;
}

/** What a fetch needs besides the directory. */
export interface FetchParts extends Pick<TenantParts, 'maintenance' | 'places' | 'provision'> {
  readonly features: Pick<SchemaFeatures, 'tables' | 'users'>;
}

/** Which tenant is fetched, and how. */
export interface FetchOrder {
  readonly tenantId: string;
  /** Address of the other database, with the login that owns its tables. */
  readonly from: string;
  /** Where the tenant is to be here. Default: where tenants are put that come by themselves. */
  readonly isolation?: TenantIsolation | undefined;
  /**
   * Whether it takes the place of what the tenant has here, but for what is never taken back: usage and the audit log,
   * which stay as they are here. Default false.
   */
  readonly replace?: boolean | undefined;
}

const CONNECT_TIMEOUT = 10_000;
const LOCK_TIMEOUT = 10_000;

const replaceSettings = statement<[tenantId: string, settings: string], TenantRow>(
  'tenant_settings_fetched',
  `UPDATE tenants SET settings = $2, updated_at = clock_timestamp()
   WHERE tenant_id = $1 RETURNING ${TENANT_COLUMNS}`,
);

/**
 * Brings a tenant over from another database of the service: to live in this one from now on, or out of a backup that was
 * restored beside it. It is suspended there and here until an operator opens it; it is all here, or nothing of it.
 */
export class TenantFetch {
  constructor(
    private readonly tenants: TenantsService,
    private readonly parts: FetchParts,
  ) {}

  /**
   * @param signal stops it; nothing of the tenant is here then
   * @throws UnknownTenantError when it is not in the other database
   * @throws TenantStateError when it is not suspended in both, has rows here, or the copy differs
   * @throws UnavailableError when one of the databases is not there
   */
  async fetch(
    { tenantId, from, isolation, replace = false }: FetchOrder,
    tell: (progress: FetchProgress) => void,
    signal?: AbortSignal,
  ): Promise<TenantRecord> {
    const other = new MaintenanceUnit({
      url: () => from,
      connectTimeout: CONNECT_TIMEOUT,
      lockTimeout: LOCK_TIMEOUT,
    });
    await other.runOnSnapshot(tenantId, async (source) => {
      const there = await this.#take(source, tenantId);
      if (there === undefined) throw new UnknownTenantError();
      if (there.status !== 'suspended') {
        throw new TenantStateError(
          `The tenant is ${there.status} in the other database: suspend it there first`,
        );
      }
      const here = await this.#prepared(tenantId, isolation);
      await this.parts.maintenance.run(tenantId, async (target) => {
        const locked = await this.#take(target, tenantId, there.settings);
        if (locked?.status !== 'suspended') throw new TenantStateError('The tenant was opened meanwhile');
        const { tables, users } = this.parts.features;
        const fetched = replace ? tables.filter((name) => users.get(name)?.outlivesTenant !== true) : tables;
        if (replace) await this.#clear(target, here, fetched);
        for (const name of fetched) {
          const old = await TenantTable.of(source, name, tenantId, this.#placeOf(there));
          const table = await TenantTable.of(target, name, tenantId, this.#placeOf(here));
          if (old === undefined || table === undefined) continue;
          tell({ table: name, rows: await transferTable({ source, target }, [old, table], signal) });
        }
      });
    });
    return this.tenants.show(tenantId);
  }

  async #clear(target: Transaction, here: TenantRecord, tables: readonly string[]): Promise<void> {
    for (const name of tables.toReversed()) {
      const table = await TenantTable.of(target, name, here.tenantId, this.#placeOf(here));
      if (table === undefined) continue;
      await target.query(
        table.statement(`fetch_clear_${name}`, `DELETE FROM ${table.name} WHERE tenant_id = $1`),
      );
    }
  }

  /** The tenant in this database, suspended and with its tables. */
  async #prepared(tenantId: string, isolation: TenantIsolation | undefined): Promise<TenantRecord> {
    const known = await this.tenants.show(tenantId).catch((error: unknown) => {
      if (error instanceof UnknownTenantError) return undefined;
      throw error;
    });
    if (known !== undefined && known.status !== 'suspended') {
      throw new TenantStateError(`The tenant is ${known.status} here: suspend it first`);
    }
    const added = known ?? (await this.tenants.add(tenantId, isolation));
    if (isolation !== undefined && added.isolation !== isolation) {
      throw new TenantStateError(`The tenant is here by ${added.isolation}: move it first`);
    }
    if (added.isolation === 'schema') await this.parts.provision(tenantId, LOCK_TIMEOUT);
    return this.tenants.suspend(tenantId);
  }

  /** The tenant's row of a directory, locked where its settings are replaced. */
  async #take(
    transaction: Transaction,
    tenantId: string,
    settings?: TenantRecord['settings'],
  ): Promise<TenantRecord | undefined> {
    const row =
      settings === undefined ? selectTenant(tenantId) : replaceSettings(tenantId, JSON.stringify(settings));
    // times are compared as text, which has to be the same in both databases
    const [, , , { rows }] = await transaction.query(inUtc(), ...inDirectoryOf(this.parts.places), row);
    return rows[0] && tenantRecord(rows[0]);
  }

  #placeOf({ tenantId, isolation }: TenantRecord): TenantPlace {
    return this.parts.places.at(tenantId, isolation);
  }
}
