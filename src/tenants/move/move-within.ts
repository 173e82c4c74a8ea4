import {
  statement,
  type TenantDatabase,
  type TenantIsolation,
  type TenantRecord,
  type Transaction,
} from '../../store/index.js';
import { continueSequences, digests, filled } from '../rows/several-tables.js';
import { TenantStateError } from '../tenant-errors.js';
import type { TenantsService } from '../tenants.service.js';
import {
  directoryOf,
  LOCK_TIMEOUT,
  take,
  whileReadOnly,
  WRITERS_PATIENCE,
  type MoveParts,
  type Moving,
} from './moving.js';
import { settled } from './settled.js';
import { oldestTransaction, TableCopy } from './table-copy.js';

/** One of the two times that rows are copied. */
interface Pass extends Moving {
  /** Transaction before which both places were the same, the second time. */
  readonly since?: string;
}

/**
 * Moves a tenant between the schema that tenants share and one of its own, within one database. Rows are copied by its own
 * statements, and the directory is changed in the transaction that compares both places.
 */
export class MoveWithin {
  constructor(
    private readonly tenants: Pick<TenantsService, 'setStatus'>,
    private readonly parts: MoveParts,
    private readonly database: TenantDatabase,
  ) {}

  /** @throws TenantStateError when the tenant was changed meanwhile, or the copy differs */
  async move(record: TenantRecord, moving: Moving): Promise<void> {
    const { maintenance, provision } = this.database;
    const { tenantId } = record;
    await provision(tenantId, LOCK_TIMEOUT);
    const since = await maintenance.runOnSnapshot(tenantId, async (transaction) => {
      const copies = await this.#copy(transaction, record, moving);
      const there = await filled(transaction, copies, ({ target }) => target);
      for (const copy of there) await copy.analyze(transaction);
      return oldestTransaction(transaction);
    });
    await whileReadOnly(this.tenants, record, () => this.#moveNow(record, { ...moving, since }));
  }

  async #moveNow(record: TenantRecord, { tell, ...pass }: Pass): Promise<void> {
    const { maintenance } = this.database;
    const { tenantId } = record;
    await settled(maintenance, tenantId, this.parts.clock, WRITERS_PATIENCE);
    await maintenance.runOnSnapshot(tenantId, async (transaction) => {
      const copies = await this.#copy(transaction, record, { ...pass, tell: () => undefined });
      const [sources, targets] = [copies.map(({ source }) => source), copies.map(({ target }) => target)];
      const [before, after] = [await digests(transaction, sources), await digests(transaction, targets)];
      for (const [at, { table }] of copies.entries()) {
        if (before[at]?.rows !== after[at]?.rows || before[at]?.sum !== after[at]?.sum) {
          throw new TenantStateError(`The copy of ${table} differs from what was there`);
        }
        tell({ step: 'compared', table, rows: after[at]?.rows ?? 0 });
      }
      await continueSequences(
        transaction,
        targets.filter((_, at) => after[at]?.rows !== 0),
      );
      await this.#enterInDirectory(transaction, record);
    });
  }

  /** Makes the new place the same as the old one; a row of the directory keeps others from doing so at the same time. */
  async #copy(
    transaction: Transaction,
    record: TenantRecord,
    { tell, signal, since }: Pass,
  ): Promise<readonly TableCopy[]> {
    const { tenantId, isolation } = record;
    const { places } = this.database;
    const both = [places.at(tenantId, isolation), places.at(tenantId, otherThan(isolation))] as const;
    await take(transaction, this.database, record, true);
    const copies = await TableCopy.all(transaction, this.parts.features.tables, tenantId, both);
    const there = await filled(transaction, copies, ({ target }) => target);
    for (const copy of there.toReversed()) await copy.removeOthers(transaction, since);
    const wanted = new Set(await filled(transaction, copies, ({ source }) => source));
    for (const copy of copies) {
      signal?.throwIfAborted();
      const rows = wanted.has(copy) ? await copy.addMissing(transaction) : 0;
      tell({ step: 'copied', table: copy.table, rows });
    }
    return copies;
  }

  async #enterInDirectory(transaction: Transaction, { tenantId, isolation }: TenantRecord): Promise<void> {
    const to = otherThan(isolation);
    const enter = statement<[string, string, string | null], { readonly tenant_id: string }>(
      'move_enter',
      `UPDATE ${directoryOf(this.database.places)} SET isolation = $2, migrated_to = $3, updated_at = clock_timestamp(),
         status = CASE status WHEN 'read_only' THEN 'active' ELSE status END
       WHERE tenant_id = $1 AND status IN ('read_only', 'suspended') RETURNING tenant_id`,
    );
    const version = to === 'schema' ? this.parts.features.version : null;
    const [{ rows }] = await transaction.query(enter(tenantId, to, version));
    if (rows.length === 0) throw new TenantStateError('The tenant was opened meanwhile');
  }
}

/** The other of the two isolations. */
export function otherThan(isolation: TenantIsolation): TenantIsolation {
  return isolation === 'row' ? 'schema' : 'row';
}
