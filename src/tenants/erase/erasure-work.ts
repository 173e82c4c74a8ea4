import type { TenantFiles } from '../../common/tenant-files.port.js';
import {
  asOperator,
  quoted,
  statement,
  isHome,
  type SchemaFeatures,
  type TenantDatabase,
  type TenantPlace,
  type Transaction,
} from '../../store/index.js';
import { inDirectoryOf } from '../in-directory.js';
import { TableCopy } from '../move/table-copy.js';
import { stillHere } from '../located.js';
import { tablesThere } from '../rows/remove-rows.js';
import { countErased, setDropped } from './erasure-statements.js';
import { lockTenant } from '../tenant-statements.js';
import type { Subject } from './subject.js';
import { removalOfTenant, rowsIn, tableErasure, type TableErasure } from './table-erasure.js';

/** How far an erasure has come. */
export interface ErasureProgress {
  /** Rows of a table `removed` or `anonymised`, `files` removed, and `dropped` for the schema of a tenant. */
  readonly step: 'removed' | 'anonymised' | 'files' | 'dropped';
  readonly table?: string;
  /** Rows, or files, of this step. */
  readonly count?: number;
}

/** What the steps of an erasure need. */
export interface ErasureWorkParts extends Pick<
  TenantDatabase,
  'name' | 'maintenance' | 'directoryUnit' | 'places' | 'provision'
> {
  /** Which keeps what is there once for all tenants. */
  readonly home: Pick<TenantDatabase, 'maintenance' | 'places'>;
  readonly features: Pick<SchemaFeatures, 'tables' | 'users' | 'sharedTables'>;
  /** Undefined where whoever erases knows of no place for files. */
  readonly files: TenantFiles | undefined;
}

/** One erasure under way. */
export interface UnderWay extends Subject {
  readonly id: string;
  readonly tell: (progress: ErasureProgress) => void;
  /** Stops it after a batch. */
  readonly signal: AbortSignal | undefined;
}

/** Milliseconds to wait for whoever holds the tables of a tenant. */
const LOCK_TIMEOUT = 10_000;

/**
 * The steps of an erasure. Each batch is one transaction, which counts what it erases, under the lock of the tenant's row of
 * the directory: the tenant does not move meanwhile, and another who erases the same takes turns.
 */
export class ErasureWork {
  constructor(
    private readonly parts: ErasureWorkParts,
    private readonly erasure: UnderWay,
  ) {}

  /** All of it; what is done already is found done. */
  async run(): Promise<void> {
    const { tenantId, userId } = this.erasure;
    for (const table of this.#tables()) await this.#eraseTable(table);
    if (userId === undefined) {
      await this.#dropSchema();
      for (const table of this.parts.features.sharedTables) {
        const erasure = removalOfTenant(table, tenantId, true);
        await this.#eraseTable(erasure);
        if (!isHome(this.parts)) await this.#eraseAtHome(erasure);
      }
    }
    await this.eraseFiles();
  }

  /** Tables that refer to others before these, so that each row is counted where it is. */
  #tables(): TableErasure[] {
    const { tables, users } = this.parts.features;
    return tables.toReversed().flatMap((table) => {
      const found = tableErasure(table, users.get(table), this.erasure);
      return found === undefined ? [] : [found];
    });
  }

  #eraseTable(erasure: TableErasure): Promise<void> {
    const { kind, table, batch, isShared } = erasure;
    return this.#inBatches(erasure, () =>
      this.#transaction(async (transaction, current) => {
        const place = isShared ? this.parts.places.shared() : current;
        // what goes with the schema goes faster
        if (kind === 'removed' && place.isolation === 'schema' && this.#isWhole) return 0;
        if ((await tablesThere(transaction, place, [table])).length === 0) return 0;
        const [{ rows }] = await transaction.query(batch(place));
        return this.#count(transaction, `${kind}.${table}`, rows[0]?.rows ?? 0);
      }),
    );
  }

  /** As #eraseTable() for what another database has of the tenant; it is counted after each batch. */
  #eraseAtHome(erasure: TableErasure): Promise<void> {
    const { kind, table, batch } = erasure;
    const { maintenance, places } = this.parts.home;
    return this.#inBatches(erasure, async () => {
      const shared = batch(places.shared());
      const [, { rows }] = await maintenance.pipeline(this.erasure.tenantId, asOperator(), shared);
      return this.#transaction((transaction) =>
        this.#count(transaction, `${kind}.${table}`, rows[0]?.rows ?? 0),
      );
    });
  }

  /** @param eraseBatch says how many it has erased; fewer than the limit are the last */
  async #inBatches({ kind, table, limit }: TableErasure, eraseBatch: () => Promise<number>): Promise<void> {
    const { tell, signal } = this.erasure;
    for (let count = limit; count >= limit;) {
      signal?.throwIfAborted();
      count = await eraseBatch();
      if (count > 0) tell({ step: kind, table, count });
    }
  }

  /** What outlives the tenant goes to the schema that tenants share; the rest with the tenant's own, which is counted. */
  async #dropSchema(): Promise<void> {
    const { features, places, provision } = this.parts;
    const { tenantId, tell } = this.erasure;
    const isOwn = await this.#transaction(async (_, { isolation }) => isolation === 'schema');
    if (!isOwn) return;
    await provision(tenantId, LOCK_TIMEOUT);
    await this.#transaction(async (transaction, place) => {
      const both = [place, places.shared()] as const;
      for (const copy of await TableCopy.all(transaction, features.tables, tenantId, both)) {
        const { table } = copy;
        if (features.users.get(table)?.outlivesTenant === true) {
          await copy.addMissing(transaction);
          continue;
        }
        const [{ rows }] = await transaction.query(rowsIn(place, table, tenantId));
        const count = await this.#count(transaction, `removed.${table}`, rows[0]?.rows ?? 0);
        if (count > 0) tell({ step: 'removed', table, count });
      }
      const drop = statement<[]>('erasure_drop', `DROP SCHEMA IF EXISTS ${quoted(place.schema)} CASCADE`);
      await transaction.query(drop(), setDropped(tenantId));
    });
    tell({ step: 'dropped' });
  }

  /** Also those that came after it was done, while they were on their way. */
  async eraseFiles(): Promise<void> {
    const { directoryUnit, files } = this.parts;
    const { tenantId, userId, id, tell, signal } = this.erasure;
    if (files === undefined) return;
    await directoryUnit.pipeline(countErased(tenantId, id, 'files', 0));
    for await (const count of files.removeAll({ tenantId, userId }, signal)) {
      await directoryUnit.pipeline(countErased(tenantId, id, 'files', count));
      tell({ step: 'files', count });
    }
  }

  /** @param work is told where the tenant is */
  #transaction<T>(work: (transaction: Transaction, place: TenantPlace) => Promise<T>): Promise<T> {
    const { maintenance, places } = this.parts;
    const { tenantId } = this.erasure;
    return maintenance.run(tenantId, async (transaction) => {
      const [, , { rows }] = await transaction.query(...inDirectoryOf(places), lockTenant(tenantId));
      return work(transaction, places.at(tenantId, stillHere(rows).isolation));
    });
  }

  async #count(transaction: Transaction, key: string, count: number): Promise<number> {
    const { tenantId, id } = this.erasure;
    if (count > 0) await transaction.query(countErased(tenantId, id, key, count));
    return count;
  }

  get #isWhole(): boolean {
    return this.erasure.userId === undefined;
  }
}
