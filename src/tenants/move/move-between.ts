import {
  asOperator,
  type TenantDatabase,
  type TenantIsolation,
  type TenantRecord,
  type Transaction,
} from '../../store/index.js';
import { inUtc } from '../rows/in-utc.js';
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
    const since = await from.maintenance.runOnSnapshot(tenantId, async (source) => {
      await this.#begin(source, record);
      await this.#copy(source, record, moving);
      return oldestTransaction(source);
    });
    await whileReadOnly(this.tenants, record, () => this.#moveNow(record, moving, since));
    await arrive(to, tenantId, from.name);
  }

  /** A table at a time, each of which stays brought over when the move is cut off. */
  async #copy(source: Transaction, record: TenantRecord, { tell, signal }: Moving): Promise<void> {
    const { tables } = this.parts.features;
    const { tenantId } = record;
    const inTarget = (work: (sides: Sides) => Promise<void>): Promise<void> =>
      this.way.to.maintenance.run(tenantId, async (target) => {
        await target.query(inUtc());
        await work({ source, target });
      });
    await inTarget(async (sides) => {
      for (const name of tables.toReversed()) {
        const table = await this.#transfer(sides, name, record);
        if (await table?.hasRows()) await table?.removeOthers();
      }
    });
    for (const name of tables) {
      await inTarget(async (sides) => {
        signal?.throwIfAborted();
        const table = await this.#transfer(sides, name, record);
        if (table === undefined) return;
        const known = (await table.hasRows()) ? await table.compare() : undefined;
        const rows = known ?? (await table.bring({ signal }));
        await table.analyze();
        tell({ step: 'copied', table: name, rows });
      });
    }
  }

  async #moveNow(record: TenantRecord, { tell }: Moving, since: string): Promise<void> {
    const { from, to } = this.way;
    const { tenantId } = record;
    await settled(from.maintenance, tenantId, this.parts.clock, WRITERS_PATIENCE);
    await from.maintenance.runOnSnapshot(tenantId, async (source) => {
      await this.#begin(source, record);
      await to.maintenance.run(tenantId, async (target) => {
        await this.#bringChanges({ source, target }, record, { tell, since });
      });
      await leave(source, from, record, to.name);
    });
  }

  async #bringChanges(
    sides: Sides,
    record: TenantRecord,
    { tell, since }: Pick<Moving, 'tell'> & { readonly since: string },
  ): Promise<void> {
    const { from, to, isolation } = this.way;
    const { tables, version } = this.parts.features;
    await sides.target.query(inUtc(), asOperator());
    const transfers: RowTransfer[] = [];
    for (const name of tables) {
      const table = await this.#transfer(sides, name, record);
      if (table !== undefined) transfers.push(table);
    }
    for (const table of transfers.toReversed()) await table.removeOthers();
    for (const table of transfers) await table.bring({ since });
    for (const table of transfers) {
      const rows = await table.compare();
      if (rows === undefined) {
        throw new TenantStateError(`The copy of ${table.table} differs from what was there`);
      }
      tell({ step: 'compared', table: table.table, rows });
      await table.continueSequences();
    }
    await bringDirectory(sides, [from, to], record, isolation === 'schema' ? version : null);
  }

  async #begin(source: Transaction, record: TenantRecord): Promise<void> {
    await take(source, this.way.from, record, true);
    await source.query(inUtc());
  }

  #transfer(sides: Sides, name: string, record: TenantRecord): Promise<RowTransfer | undefined> {
    const { from, to, isolation } = this.way;
    const { tenantId } = record;
    const places = [from.places.at(tenantId, record.isolation), to.places.at(tenantId, isolation)] as const;
    return RowTransfer.of(sides, name, tenantId, places);
  }
}
