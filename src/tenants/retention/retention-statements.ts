import { statement, type Statement, type TenantPlace } from '../../store/index.js';
import { nameOf } from '../rows/tenant-table.js';

/** Threads that are removed in one transaction. */
export const THREADS_AT_ONCE = 500;

/** Something that was removed. */
export interface Removed {
  readonly kind: 'thread' | 'file';
  readonly owner_id: string;
  readonly id: string;
  /** Of a thread. */
  readonly items: number;
}

/** Which threads go. */
export interface Expired {
  readonly tenantId: string;
  readonly status: string;
  readonly before: Date;
  /** Users whose threads stay. */
  readonly except: readonly string[];
}

/** Returns the tenant to one of those who ask at the same time, and to none until it is due again. */
export const claimTenant = statement<
  [tenantId: string, now: Date, dueBefore: Date],
  { readonly tenant_id: string }
>(
  'retention_claim',
  `UPDATE tenants SET retained_at = $2 WHERE tenant_id = (
     SELECT tenant_id FROM tenants
     WHERE tenant_id = $1 AND database IS NULL AND status IN ('active', 'suspended') AND (retained_at IS NULL OR retained_at <= $3)
     FOR UPDATE SKIP LOCKED)
   RETURNING tenant_id`,
);

export const setRetention = statement<
  [tenantId: string, retention: string | null],
  { readonly settings: Record<string, unknown> }
>(
  'retention_set',
  `UPDATE tenants SET updated_at = clock_timestamp(), settings = CASE WHEN $2::jsonb IS NULL
     THEN settings - 'retention' ELSE settings || jsonb_build_object('retention', $2::jsonb) END
   WHERE tenant_id = $1 RETURNING settings`,
);

/**
 * Removes threads as their users do, a batch of them. One that somebody is writing to is passed by: it is not old any more.
 */
export function removeExpired(
  place: TenantPlace,
  { tenantId, status, before, except }: Expired,
): Statement<Removed> {
  const [threads, items] = [nameOf(place, 'threads'), nameOf(place, 'items')];
  const [attachments, deleted] = [nameOf(place, 'attachments'), nameOf(place, 'deleted_threads')];
  return statement<[string, string, Date, readonly string[]], Removed>(
    'retention_remove',
    `WITH old AS (
       SELECT owner_id, id FROM ${threads}
       WHERE tenant_id = $1 AND status = $2 AND updated_at < $3 AND NOT owner_id = ANY ($4::text[])
       LIMIT ${THREADS_AT_ONCE} FOR UPDATE SKIP LOCKED
     ), counted AS (
       SELECT old.id, count(*)::int AS items FROM old JOIN ${items} AS i ON i.tenant_id = $1 AND i.thread_id = old.id
       GROUP BY old.id
     ), gone AS (
       DELETE FROM ${threads} AS t USING old WHERE t.tenant_id = $1 AND t.id = old.id RETURNING t.owner_id, t.id
     ), files AS (
       DELETE FROM ${attachments} AS a USING old
       WHERE a.tenant_id = $1 AND a.owner_id = old.owner_id AND a.thread_id = old.id RETURNING a.owner_id, a.id
     ), remembered AS (
       INSERT INTO ${deleted} (tenant_id, owner_id, id) SELECT $1, owner_id, id FROM gone
       ON CONFLICT (tenant_id, owner_id, id) DO UPDATE SET deleted_at = clock_timestamp()
     )
     SELECT 'thread' AS kind, gone.owner_id, gone.id, coalesce(items, 0) AS items FROM gone LEFT JOIN counted USING (id)
     UNION ALL
     SELECT 'file', owner_id, id, 0 FROM files`,
  )(tenantId, status, before, except);
}

/** Forgets threads that were removed more than a day ago, of users who do not come again. */
export function forgetDeleted(place: TenantPlace, tenantId: string): Statement<unknown> {
  return statement<[string]>(
    'retention_forget',
    `DELETE FROM ${nameOf(place, 'deleted_threads')}
     WHERE tenant_id = $1 AND deleted_at < clock_timestamp() - interval '1 day'`,
  )(tenantId);
}
