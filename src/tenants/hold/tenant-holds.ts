import { statement, type TenantDatabase, type TenantParts, type Transaction } from '../../store/index.js';
import { digestOf, type Subject } from '../erase/subject.js';
import { inDirectoryOf } from '../in-directory.js';
import { stillHere, whereTenantIs } from '../located.js';
import { nameOf } from '../rows/tenant-table.js';
import { TenantStateError, UnknownHoldError } from '../tenant-errors.js';
import { lockTenant } from '../tenant-statements.js';
import {
  erasuresUnderWay,
  heldUsers,
  holdsOf,
  placeHold,
  releaseHold,
  setHeld,
  type HoldRow,
} from './hold-statements.js';

/** What is held, and who says so. */
export interface HoldOrder extends Subject {
  /** Why; does not name what is held. */
  readonly reason: string;
  /** Who asks. */
  readonly by: string;
}

type HoldParts = Pick<TenantParts, 'directory'>;

/** Holds that are listed. */
const LISTED = 1000;

/**
 * Legal holds on tenants and users of them: until they are released nothing of theirs is erased or removed for its age, and what they
 * remove themselves is kept where nobody sees it.
 */
export class TenantHolds {
  constructor(private readonly parts: HoldParts) {}

  /**
   * Those of a tenant: in force first, then the latest.
   *
   * @throws UnknownTenantError
   */
  async list(tenantId: string): Promise<readonly HoldRow[]> {
    return whereTenantIs(this.parts, tenantId, async ({ directoryUnit }) => {
      const [{ rows }] = await directoryUnit.pipeline(holdsOf(tenantId, LISTED));
      return rows;
    });
  }

  /**
   * Holds from now on; the same may be held several times, for several reasons.
   *
   * @throws UnknownTenantError
   * @throws TenantStateError when it is erased, or is being
   */
  place(order: HoldOrder): Promise<HoldRow> {
    return whereTenantIs(this.parts, order.tenantId, ({ directoryUnit }) =>
      directoryUnit.run((transaction) => this.#place(transaction, order)),
    );
  }

  async #place(transaction: Transaction, { tenantId, userId, reason, by }: HoldOrder): Promise<HoldRow> {
    const subjects = userId === undefined ? null : ['', digestOf({ tenantId, userId })];
    const [{ rows }] = await transaction.query(lockTenant(tenantId));
    if (stillHere(rows).status === 'erased') throw new TenantStateError('The tenant is erased');
    const [erasures] = await transaction.query(erasuresUnderWay(tenantId, subjects));
    if (erasures.rows.length > 0) throw new TenantStateError('An erasure has begun and has not ended');
    const [placed] = await transaction.query(
      placeHold(tenantId, userId ?? null, reason, by),
      setHeld(tenantId),
    );
    return known(placed.rows);
  }

  /**
   * Releases one. What those who are not held any more have removed meanwhile goes in the same moment.
   *
   * @throws UnknownTenantError, UnknownHoldError when there is none in force by that id
   */
  release(order: { tenantId: string; id: string; by: string }): Promise<HoldRow> {
    return whereTenantIs(this.parts, order.tenantId, ({ maintenance, places }) =>
      maintenance.run(order.tenantId, (transaction) => this.#release(transaction, places, order)),
    );
  }

  async #release(
    transaction: Transaction,
    places: TenantDatabase['places'],
    { tenantId, id, by }: { tenantId: string; id: string; by: string },
  ): Promise<HoldRow> {
    const [, , { rows }] = await transaction.query(...inDirectoryOf(places), lockTenant(tenantId));
    const [released, , held] = await transaction.query(
      releaseHold(tenantId, id, by),
      setHeld(tenantId),
      heldUsers(tenantId),
    );
    const hold = known(released.rows);
    const users = held.rows.map(({ user_id: userId }) => userId);
    if (!users.includes(null)) {
      const place = places.at(tenantId, stillHere(rows).isolation);
      const forget = statement<[string, readonly (string | null)[]]>(
        'held_rows_forget',
        `DELETE FROM ${nameOf(place, 'held_rows')} WHERE tenant_id = $1 AND NOT owner_id = ANY ($2::text[])`,
      );
      await transaction.query(forget(tenantId, users));
    }
    return hold;
  }
}

function known(rows: readonly HoldRow[]): HoldRow {
  if (rows[0] === undefined) throw new UnknownHoldError();
  return rows[0];
}
