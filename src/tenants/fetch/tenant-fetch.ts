import {
  MaintenanceUnit,
  selectTenant,
  statement,
  TENANT_COLUMNS,
  type SchemaFeatures,
  type TenantDatabase,
  type TenantIsolation,
  type TenantParts,
  type TenantRecord,
  type TenantRow,
  type Transaction,
} from '../../store/index.js';
import { inDirectoryOf } from '../in-directory.js';
import { stillHere } from '../located.js';
import { removeRows } from '../rows/remove-rows.js';
import { RowTransfer, type Sides } from '../rows/row-transfer.js';
import { continueSequences } from '../rows/several-tables.js';
import { TenantStateError, UnknownTenantError } from '../tenant-errors.js';
import type { TenantsService } from '../tenants.service.js';

/** What was fetched: a table, and how many rows of it. */
export interface FetchProgress {
  readonly table: string;
  readonly rows: number;
}

/** What a fetch needs besides the directory. */
export interface FetchParts extends Pick<TenantParts, 'databases'> {
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

const replaceSettings = statement<[settings: string], TenantRow>(
  'tenant_settings_fetched',
  `UPDATE tenants SET settings = $1, updated_at = clock_timestamp()
   WHERE tenant_id = current_setting('chatkit.tenant') RETURNING ${TENANT_COLUMNS}`,
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
    order: FetchOrder,
    tell: (progress: FetchProgress) => void,
    signal?: AbortSignal,
  ): Promise<TenantRecord> {
    const { tenantId, from } = order;
    const other = new MaintenanceUnit({
      url: () => from,
      connectTimeout: CONNECT_TIMEOUT,
      lockTimeout: LOCK_TIMEOUT,
    });
    try {
      await other.runOnSnapshot(tenantId, (source) => this.#bringOver(source, order, tell, signal));
    } finally {
      other.close();
    }
    return this.tenants.show(tenantId);
  }

  async #bringOver(
    source: Transaction,
    { tenantId, isolation, replace = false }: FetchOrder,
    tell: (progress: FetchProgress) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const there = await this.#found(source, tenantId);
    if (there.status !== 'suspended') {
      throw new TenantStateError(
        `The tenant is ${there.status} in the other database: suspend it there first`,
      );
    }
    const here = await this.#prepared(tenantId, isolation);
    const database = this.parts.databases.named(here.database);
    const places = [
      database.places.at(tenantId, there.isolation),
      database.places.at(tenantId, here.isolation),
    ] as const;
    await database.maintenance.run(tenantId, async (target) => {
      await this.#takeOver(target, database, there);
      const { tables, users } = this.parts.features;
      const fetched = replace ? tables.filter((name) => users.get(name)?.outlivesTenant !== true) : tables;
      if (replace) await removeRows(target, places[1], tenantId, fetched);
      const sides = { source, target };
      const transfers = await RowTransfer.all(sides, fetched, tenantId, places);
      await fetchTables(sides, transfers, tell, signal);
    });
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
    const added = known ?? (await this.tenants.add(tenantId, { isolation }));
    if (isolation !== undefined && added.isolation !== isolation) {
      throw new TenantStateError(`The tenant is here by ${added.isolation}: move it first`);
    }
    if (added.isolation === 'schema') {
      await this.parts.databases.named(added.database).provision(tenantId, LOCK_TIMEOUT);
    }
    return this.tenants.suspend(tenantId);
  }

  /** What the directory of the other database says. @throws UnknownTenantError when it is not there */
  async #found(
    source: Transaction,
    tenantId: string,
  ): Promise<Pick<TenantRow, 'status' | 'isolation' | 'settings'>> {
    const directory = inDirectoryOf(this.parts.databases.home.places);
    const [, , { rows }] = await source.query(...directory, selectTenant(tenantId));
    if (rows[0] === undefined || rows[0].database !== null) throw new UnknownTenantError();
    return rows[0];
  }

  /** Locks the tenant's row of the directory here, with what operators have set there. */
  async #takeOver(
    target: Transaction,
    { places }: TenantDatabase,
    { settings }: Pick<TenantRow, 'settings'>,
  ): Promise<void> {
    const replaced = replaceSettings(JSON.stringify(settings));
    const [, , { rows }] = await target.query(...inDirectoryOf(places), replaced);
    if (stillHere(rows).status !== 'suspended') throw new TenantStateError('The tenant was opened meanwhile');
  }
}

/** @throws TenantStateError when a table has rows here already, or the copy is not what is in the other database */
async function fetchTables(
  sides: Sides,
  transfers: readonly RowTransfer[],
  tell: (progress: FetchProgress) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const there = await RowTransfer.filledAtTarget(sides.target, transfers);
  if (there.length > 0) throw new TenantStateError('The tenant has rows here already');
  const wanted = new Set(await RowTransfer.filledAtSource(sides.source, transfers));
  for (const table of transfers) {
    signal?.throwIfAborted();
    tell({ table: table.name, rows: wanted.has(table) ? await table.bring(sides, { signal }) : 0 });
  }
  for (const [{ name }, rows] of await RowTransfer.compare(sides, transfers)) {
    if (rows === undefined) {
      throw new TenantStateError(`The copy of ${name} differs from what is in the other database`);
    }
  }
  await continueSequences(
    sides.target,
    [...wanted].map(({ to }) => to),
  );
}
