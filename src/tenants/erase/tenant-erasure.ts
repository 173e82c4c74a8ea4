import type { Clock } from '../../common/clock.js';
import { tenantRecord, type TenantDatabase, type TenantParts } from '../../store/index.js';
import { stillHere, whereTenantIs } from '../located.js';
import { settled } from '../move/settled.js';
import { TenantStateError } from '../tenant-errors.js';
import { forgetHeld } from '../hold/hold-statements.js';
import { lockTenant } from '../tenant-statements.js';
import { requireErasable } from './erasable.js';
import {
  beginErasure,
  erasuresOf,
  finishErasure,
  latestErasure,
  openAfterErasure,
  shut,
  type ErasureRow,
} from './erasure-statements.js';
import { ErasureWork, type ErasureProgress, type ErasureWorkParts } from './erasure-work.js';
import { reportOf, ReportKey } from './report.js';
import { digestOf, type Subject } from './subject.js';

/** Who is to be erased, and who says so. */
export interface ErasureOrder extends Subject {
  /** Who asks, for the report. */
  readonly by: string;
  /** The name of the tenant once more, which erases one that is not suspended. */
  readonly confirm?: string | undefined;
}

/** What erasures need. */
export interface ErasureParts extends TenantParts, Pick<ErasureWorkParts, 'features' | 'files'> {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** A private Ed25519 key; without it nothing is erased. */
  readonly reportKey: string | undefined;
}

/** Milliseconds to wait for what began before the directory said that nobody may enter. */
const PATIENCE = 60_000;
/** Erasures that are listed. */
const LISTED = 1000;

/**
 * Erases a user of a tenant, or a tenant, in batches that are counted with what they remove: what was stopped or cut off
 * goes on with the next call. A tenant is shut for ever, a user for as long as it takes and a day, so that an answer which
 * still runs brings nothing back.
 */
export class TenantErasure {
  constructor(private readonly parts: ErasureParts) {}

  /**
   * The last of a tenant, latest first.
   *
   * @throws UnknownTenantError
   */
  list(tenantId: string): Promise<readonly ErasureRow[]> {
    return whereTenantIs(this.parts, tenantId, async ({ directoryUnit }) => {
      const [{ rows }] = await directoryUnit.pipeline(erasuresOf(tenantId, LISTED));
      return rows;
    });
  }

  /**
   * Erases all that there is, which may be nothing. Of a tenant that is erased already the report is given again.
   *
   * @param signal stops it after a batch
   * @returns the report, as JWS
   * @throws ReportKeyError where there is no key to sign with
   * @throws UnknownTenantError
   * @throws TenantStateError when the tenant may not be erased now, TenantHeldError when something of it is held
   */
  async erase(
    order: ErasureOrder,
    tell: (progress: ErasureProgress) => void,
    signal?: AbortSignal,
  ): Promise<string> {
    const key = ReportKey.of(this.parts.reportKey);
    return whereTenantIs(this.parts, order.tenantId, async (database) => {
      const { features, files, databases } = this.parts;
      const { id, report } = await this.#begin(database, order);
      const parts = { ...database, home: databases.home, features, files };
      const work = new ErasureWork(parts, { ...order, id, tell, signal });
      if (report !== null) {
        await work.eraseFiles();
        return report;
      }
      await settled(database.maintenance, order.tenantId, this.parts.clock, PATIENCE);
      await work.run();
      return this.#finish(database, order, key);
    });
  }

  #begin({ name, directoryUnit }: TenantDatabase, order: ErasureOrder): Promise<ErasureRow> {
    const { tenantId, userId, by } = order;
    return directoryUnit.run(async (transaction) => {
      const [{ rows }] = await transaction.query(lockTenant(tenantId));
      const tenant = tenantRecord(stillHere(rows), name);
      const [latest] = await transaction.query(latestErasure(tenantId, digestOf(order)));
      const [known] = latest.rows;
      const goesOn = known?.status === 'running' || (tenant.status === 'erased' && userId === undefined);
      if (known !== undefined && goesOn) return known;
      await requireErasable(transaction, tenant, order);
      const [begun] = await transaction.query(
        beginErasure(tenantId, digestOf(order), by),
        userId === undefined ? shut.tenant(tenantId) : shut.user(tenantId),
      );
      return only(begun.rows);
    });
  }

  async #finish({ directoryUnit }: TenantDatabase, order: ErasureOrder, key: ReportKey): Promise<string> {
    const { tenantId, userId } = order;
    return directoryUnit.run(async (transaction) => {
      const [{ rows }] = await transaction.query(lockTenant(tenantId));
      if (stillHere(rows).leftovers) {
        throw new TenantStateError('A move of the tenant has not ended: the same move ends it');
      }
      const [latest] = await transaction.query(latestErasure(tenantId, digestOf(order)));
      const erasure = only(latest.rows);
      if (erasure.report !== null) return erasure.report;
      const doneAt = new Date(this.parts.clock.now());
      const report = await key.sign(reportOf(tenantId, erasure, doneAt));
      await transaction.query(
        finishErasure(tenantId, erasure.id, doneAt, report),
        openAfterErasure(tenantId),
        forgetHeld(tenantId, userId ?? null, `erased:${erasure.id}`),
      );
      return report;
    });
  }
}

function only(rows: readonly ErasureRow[]): ErasureRow {
  if (rows[0] === undefined) throw new TenantStateError('The erasure is not there any more');
  return rows[0];
}
