import {
  asOperator,
  type TenantDatabase,
  type TenantIsolation,
  type TenantRecord,
  type Transaction,
} from '../../store/index.js';
import { continueSequences } from '../rows/several-tables.js';
import { RowTransfer, type Sides } from '../rows/row-transfer.js';
import { TenantStateError } from '../tenant-errors.js';
import type { TenantsService } from '../tenants.service.js';
import { arrive, bringDirectory, expectTenant, leave } from './directory-rows.js';
import {
  LOCK_TIMEOUT,
  take,
  whileReadOnly,
  WRITERS_PATIENCE,
  type MoveParts,
  type Moving,
} from './moving.js';
import { settled } from './settled.js';
import { oldestTransaction } from './table-copy.js';

/** Times that what was written meanwhile is brought over while the tenant is still used. */
const CATCH_UPS = 2;

/** From where to where. */
interface Way {
  readonly from: TenantDatabase;
  readonly to: TenantDatabase;
  readonly isolation: TenantIsolation;
}

/**
 * Moves a tenant from one database to another. Its rows are brought over while it is used; then, while writers wait, what has
 * changed meanwhile, and both are compared. Once that is committed there, the old database is told to send everybody on, which
 * is the moment of the move: before it the tenant is where it was, after it the other database only has to open.
 */
export class MoveBetween {
  constructor(
    private readonly tenants: Pick<TenantsService, 'setStatus'>,
    private readonly parts: MoveParts,
    private readonly way: Way,
  ) {}

  /** @throws TenantStateError when the tenant was changed meanwhile, or the copy differs */
  async move(record: TenantRecord, moving: Moving): Promise<void> {
    const { from, to, isolation } = this.way;
    const { tenantId } = record;
    await expectTenant(to, record, isolation);
    await from.maintenance.run(tenantId, (transaction) => take(transaction, from, record, true));
    if (record.isolation === 'schema') await from.provision(tenantId, LOCK_TIMEOUT);
    if (isolation === 'schema') await to.provision(tenantId, LOCK_TIMEOUT);
    const [seen, transfers] = await this.#onSource(record, (source) => this.#copy(source, record, moving));
    let since = seen;
    // the less is left for the moment in which nobody may write, the shorter it is
    for (let round = 0; round < CATCH_UPS; round += 1) {
      moving.signal?.throwIfAborted();
      [since] = await this.#onSource(record, (source) => this.#catchUp(source, record, transfers, since));
    }
    await whileReadOnly(this.tenants, record, () => this.#moveNow(record, moving, since));
    await arrive(to, tenantId, from.name);
  }

  /**
   * Works on what there is now, while the tenant is used.
   *
   * @returns the oldest transaction that is not seen by that, and what came of it
   */
  #onSource<T>(
    record: TenantRecord,
    work: (source: Transaction) => Promise<T>,
  ): Promise<readonly [since: string, result: T]> {
    const { from } = this.way;
    return from.maintenance.runOnSnapshot(record.tenantId, async (source) => {
      await take(source, from, record, true);
      const result = await work(source);
      return [await oldestTransaction(source), result] as const;
    });
  }

  /** Works in one transaction of the other database. */
  #inTarget<T>(
    source: Transaction,
    { tenantId }: TenantRecord,
    work: (sides: Sides) => Promise<T>,
  ): Promise<T> {
    return this.way.to.maintenance.run(tenantId, (target) => work({ source, target }));
  }

  #catchUp(
    source: Transaction,
    record: TenantRecord,
    transfers: readonly RowTransfer[],
    since: string,
  ): Promise<void> {
    return this.#inTarget(source, record, async (sides) => {
      const there = await RowTransfer.filledAtTarget(sides.target, transfers);
      for (const table of there.toReversed()) await table.removeOthers(sides);
      const wanted = await RowTransfer.filledAtSource(source, transfers);
      for (const table of wanted) await table.bring(sides, { since });
    });
  }

  /**
   * A table at a time, each of which stays brought over when the move is cut off.
   *
   * @returns the tables, which are asked for once more in the moment of the move: they may have been migrated meanwhile
   */
  async #copy(
    source: Transaction,
    record: TenantRecord,
    { tell, signal }: Moving,
  ): Promise<readonly RowTransfer[]> {
    const [transfers, there] = await this.#inTarget(source, record, async (sides) => {
      const found = await this.#transfers(sides, record);
      const filled = await RowTransfer.filledAtTarget(sides.target, found);
      for (const table of filled.toReversed()) await table.removeOthers(sides);
      return [found, new Set(filled)] as const;
    });
    const wanted = new Set(await RowTransfer.filledAtSource(source, transfers));
    for (const table of transfers) {
      signal?.throwIfAborted();
      const copy = (sides: Sides): Promise<number> => copyTable(sides, table, there.has(table), signal);
      const rows = wanted.has(table) ? await this.#inTarget(source, record, copy) : 0;
      tell({ step: 'copied', table: table.name, rows });
    }
    return transfers;
  }

  async #moveNow(record: TenantRecord, { tell }: Moving, since: string): Promise<void> {
    const { from, to } = this.way;
    const { tenantId } = record;
    await settled(from.maintenance, tenantId, this.parts.clock, WRITERS_PATIENCE);
    await from.maintenance.runOnSnapshot(tenantId, async (source) => {
      await take(source, from, record, true);
      await this.#inTarget(source, record, (sides) => this.#bringChanges(sides, record, { tell, since }));
      await leave(source, from, record, to.name);
    });
  }

  async #bringChanges(
    sides: Sides,
    record: TenantRecord,
    { tell, since }: Pick<Moving, 'tell'> & { readonly since: string },
  ): Promise<void> {
    const { from, to, isolation } = this.way;
    const { version } = this.parts.features;
    await sides.target.query(asOperator());
    const transfers = await this.#transfers(sides, record);
    const wanted = await RowTransfer.filledAtSource(sides.source, transfers);
    for (const table of wanted) await table.bring(sides, { since });
    const rows = await RowTransfer.compare(sides, transfers);
    // few moments have seen something removed, and looking for it takes longer than all the rest
    const differing = transfers.filter((table) => rows.get(table) === undefined);
    for (const table of differing.toReversed()) await table.removeOthers(sides);
    for (const [table, count] of await RowTransfer.compare(sides, differing)) rows.set(table, count);
    for (const [{ name: table }, count] of rows) {
      if (count === undefined) {
        throw new TenantStateError(`The copy of ${table} differs from what was there`);
      }
      tell({ step: 'compared', table, rows: count });
    }
    await continueSequences(
      sides.target,
      transfers.filter((table) => rows.get(table) !== 0).map(({ to }) => to),
    );
    await bringDirectory(sides, [from, to], record, isolation === 'schema' ? version : null);
  }

  #transfers(sides: Sides, record: TenantRecord): Promise<readonly RowTransfer[]> {
    const { from, to, isolation } = this.way;
    const { tenantId } = record;
    const places = [from.places.at(tenantId, record.isolation), to.places.at(tenantId, isolation)] as const;
    return RowTransfer.all(sides, this.parts.features.tables, tenantId, places);
  }
}

/** @param wasFilled whether something is there already, which may be all of it. @returns how many rows are there then */
async function copyTable(
  sides: Sides,
  table: RowTransfer,
  wasFilled: boolean,
  signal: AbortSignal | undefined,
): Promise<number> {
  const known = wasFilled ? (await RowTransfer.compare(sides, [table])).get(table) : undefined;
  const rows = known ?? (await table.bring(sides, { signal }));
  await table.analyze(sides);
  return rows;
}
