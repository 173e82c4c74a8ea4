import type { Clock } from '../../common/clock.js';
import {
  asOperator,
  quoted,
  statement,
  type SchemaFeatures,
  type TenantIsolation,
  type TenantParts,
  type TenantPlace,
  type TenantRecord,
  type Transaction,
} from '../../store/index.js';
import { TenantStateError } from '../tenant-errors.js';
import type { TenantsService } from '../tenants.service.js';
import { settled } from './settled.js';
import { isThere, nameOf } from '../rows/tenant-table.js';
import { oldestTransaction, TableCopy } from './table-copy.js';

/** How far a move has come. */
export interface MoveProgress {
  /** `copied` while the tenant is used, `compared` in the moment of the move, `removed` from where it was. */
  readonly step: 'copied' | 'compared' | 'moved' | 'removed';
  readonly table?: string;
  /** Rows that were copied, or are there. */
  readonly rows?: number;
}

/** What a move needs besides the directory. */
export interface MoveParts extends Pick<TenantParts, 'maintenance' | 'places' | 'provision'> {
  readonly features: Pick<SchemaFeatures, 'tables' | 'version'>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
}

type Tell = (progress: MoveProgress) => void;

/** One of the two times that rows are copied. */
interface Pass {
  readonly tell: Tell;
  readonly signal: AbortSignal | undefined;
  /** Transaction before which both places were the same, the second time. */
  readonly since?: string;
}

/** Milliseconds to wait for whoever holds the tables, for writers to end, and for readers. */
const LOCK_TIMEOUT = 10_000;
const WRITERS_PATIENCE = 8000;
const READERS_PATIENCE = 60_000;

/**
 * Moves a tenant between the schema that tenants share and one of its own, while it is used. Its rows are copied first;
 * then, while writers wait, what has changed meanwhile, and both are compared in the transaction that changes the
 * directory. What is left in the old place is removed when nobody reads there any more.
 */
export class TenantMove {
  constructor(
    private readonly tenants: TenantsService,
    private readonly parts: MoveParts,
  ) {}

  /**
   * Goes on with a move that was cut off. A tenant that is there already is left as it is.
   *
   * @param signal stops the move between two tables; the tenant stays where it was, or has been moved by then
   * @throws UnknownTenantError
   * @throws TenantStateError when the tenant is erased or was changed meanwhile, or the copy differs
   */
  async move(tenantId: string, to: TenantIsolation, tell: Tell, signal?: AbortSignal): Promise<void> {
    const record = await this.tenants.show(tenantId);
    if (record.status === 'erased') throw new TenantStateError('The tenant is erased');
    if (record.isolation !== to) {
      await this.parts.provision(tenantId, LOCK_TIMEOUT);
      const since = await this.parts.maintenance.runOnSnapshot(tenantId, async (transaction) => {
        const copies = await this.#copy(transaction, record, { tell, signal });
        for (const copy of copies.values()) await copy.analyze(transaction);
        return oldestTransaction(transaction);
      });
      await this.#moveNow(record, { tell, signal, since });
      tell({ step: 'moved' });
    }
    if (record.isolation !== to || record.leftovers) await this.#clear(tenantId, to, tell);
  }

  async #moveNow(record: TenantRecord, { tell, ...pass }: Pass): Promise<void> {
    const { maintenance, clock } = this.parts;
    const { tenantId, status } = record;
    const mayWrite = status !== 'suspended';
    if (mayWrite) await this.tenants.setStatus(tenantId, 'read_only', ['active', 'read_only']);
    try {
      await settled(maintenance, tenantId, clock, WRITERS_PATIENCE);
      await maintenance.runOnSnapshot(tenantId, async (transaction) => {
        const copies = await this.#copy(transaction, record, { ...pass, tell: () => undefined });
        for (const [table, copy] of copies) {
          const [before, after] = await copy.digests(transaction);
          if (before.rows !== after.rows || before.sum !== after.sum) {
            throw new TenantStateError(`The copy of ${table} differs from what was there`);
          }
          tell({ step: 'compared', table, rows: after.rows });
          await copy.continueSequences(transaction);
        }
        await this.#enterInDirectory(transaction, record);
      });
    } catch (error) {
      if (mayWrite) await this.tenants.setStatus(tenantId, 'active', ['read_only']);
      throw error;
    }
  }

  /** Makes the new place the same as the old one; a row of the directory keeps others from doing so at the same time. */
  async #copy(
    transaction: Transaction,
    { tenantId, isolation }: TenantRecord,
    { tell, signal, since }: Pass,
  ): Promise<ReadonlyMap<string, TableCopy>> {
    const places = this.#placesOf(tenantId, isolation);
    await this.#take(transaction, tenantId, isolation, true);
    const copies = new Map<string, TableCopy>();
    for (const name of this.parts.features.tables) {
      const copy = await TableCopy.of(transaction, name, tenantId, places);
      if (copy !== undefined) copies.set(name, copy);
    }
    for (const copy of [...copies.values()].toReversed()) await copy.removeOthers(transaction, since);
    for (const [table, copy] of copies) {
      signal?.throwIfAborted();
      tell({ step: 'copied', table, rows: await copy.addMissing(transaction) });
    }
    return copies;
  }

  async #clear(tenantId: string, to: TenantIsolation, tell: Tell): Promise<void> {
    const { maintenance, clock, features } = this.parts;
    await settled(maintenance, tenantId, clock, READERS_PATIENCE);
    const [, old] = this.#placesOf(tenantId, to);
    await maintenance.run(tenantId, async (transaction) => {
      await this.#take(transaction, tenantId, to, false);
      if (old.isolation === 'schema') {
        await transaction.query(
          statement<[]>('move_drop', `DROP SCHEMA IF EXISTS ${quoted(old.schema)} CASCADE`)(),
        );
        return;
      }
      for (const name of features.tables.toReversed()) {
        const text = `DELETE FROM ${nameOf(old, name)} WHERE tenant_id = $1`;
        if (await isThere(transaction, nameOf(old, name))) {
          await transaction.query(statement<[string]>(`move_clear_${name}`, text)(tenantId));
        }
      }
    });
    tell({ step: 'removed' });
  }

  /** Locks the tenant's row of the directory. @throws TenantStateError when the tenant is no longer there */
  async #take(
    transaction: Transaction,
    tenantId: string,
    isolation: TenantIsolation,
    leftovers: boolean,
  ): Promise<void> {
    const take = statement<[string, string, boolean], { readonly tenant_id: string }>(
      'move_take',
      `UPDATE ${this.#directory} SET leftovers = $3, updated_at = clock_timestamp()
       WHERE tenant_id = $1 AND isolation = $2 RETURNING tenant_id`,
    );
    const [, { rows }] = await transaction.query(asOperator(), take(tenantId, isolation, leftovers));
    if (rows.length === 0) throw new TenantStateError('The tenant was moved meanwhile');
  }

  async #enterInDirectory(transaction: Transaction, { tenantId, isolation }: TenantRecord): Promise<void> {
    const [, { isolation: to }] = this.#placesOf(tenantId, isolation);
    const enter = statement<[string, string, string | null], { readonly tenant_id: string }>(
      'move_enter',
      `UPDATE ${this.#directory} SET isolation = $2, migrated_to = $3, updated_at = clock_timestamp(),
         status = CASE status WHEN 'read_only' THEN 'active' ELSE status END
       WHERE tenant_id = $1 AND status IN ('read_only', 'suspended') RETURNING tenant_id`,
    );
    const version = to === 'schema' ? this.parts.features.version : null;
    const [{ rows }] = await transaction.query(enter(tenantId, to, version));
    if (rows.length === 0) throw new TenantStateError('The tenant was opened meanwhile');
  }

  /** Where the tenant is, and the other place. */
  #placesOf(tenantId: string, isolation: TenantIsolation): readonly [TenantPlace, TenantPlace] {
    const { places } = this.parts;
    const other = isolation === 'row' ? 'schema' : 'row';
    return [places.at(tenantId, isolation), places.at(tenantId, other)];
  }

  get #directory(): string {
    return nameOf(this.parts.places.shared(), 'tenants');
  }
}
