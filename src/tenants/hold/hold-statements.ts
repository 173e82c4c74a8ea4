import { statement } from '../../store/index.js';

/** A row of `tenant_holds`. */
export interface HoldRow {
  readonly id: string;
  /** Null where it is on the whole tenant. */
  readonly user_id: string | null;
  readonly reason: string;
  readonly held_by: string;
  readonly held_at: Date;
  readonly released_by: string | null;
  readonly released_at: Date | null;
}

const COLUMNS = 'id, user_id, reason, held_by, held_at, released_by, released_at';

export const holdsOf = statement<[tenantId: string, limit: number], HoldRow>(
  'holds',
  `SELECT ${COLUMNS} FROM tenant_holds WHERE tenant_id = $1
   ORDER BY released_at IS NOT NULL, held_at DESC, id LIMIT $2`,
);

/** Erasures under way that would go against a hold: of the tenant, or on a user of that user. */
export const erasuresUnderWay = statement<
  [tenantId: string, subjects: readonly string[] | null],
  { readonly id: string }
>(
  'hold_erasures',
  `SELECT id FROM tenant_erasures WHERE tenant_id = $1 AND status = 'running'
     AND ($2::text[] IS NULL OR subject = ANY ($2)) LIMIT 1`,
);

export const placeHold = statement<
  [tenantId: string, userId: string | null, reason: string, by: string],
  HoldRow
>(
  'hold_place',
  `INSERT INTO tenant_holds (tenant_id, user_id, reason, held_by) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
);

/** Returns nothing when there is no such hold in force. */
export const releaseHold = statement<[tenantId: string, id: string, by: string], HoldRow>(
  'hold_release',
  `UPDATE tenant_holds SET released_by = $3, released_at = clock_timestamp()
   WHERE tenant_id = $1 AND id = $2::uuid AND released_at IS NULL RETURNING ${COLUMNS}`,
);

/** Has entering the tenant look for holds, or not any more. */
export const setHeld = statement<[tenantId: string]>(
  'hold_set',
  `UPDATE tenants SET updated_at = clock_timestamp(), held = EXISTS (
     SELECT FROM tenant_holds WHERE tenant_id = $1 AND released_at IS NULL)
   WHERE tenant_id = $1`,
);

/** Who is held; a row without a user stands for everybody. */
export const heldUsers = statement<[tenantId: string], { readonly user_id: string | null }>(
  'hold_users',
  `SELECT DISTINCT user_id FROM tenant_holds WHERE tenant_id = $1 AND released_at IS NULL`,
);

/** Replaces who was held once, when that user is erased, or everybody who was. */
export const forgetHeld = statement<[tenantId: string, userId: string | null, standIn: string]>(
  'hold_forget',
  `UPDATE tenant_holds SET user_id = $3
   WHERE tenant_id = $1 AND user_id IS NOT NULL AND ($2::text IS NULL OR user_id = $2)`,
);
