import { statement } from '../../store/index.js';

/** A row of `tenant_erasures`. */
export interface ErasureRow {
  readonly id: string;
  /** Of the user; empty where it is the whole tenant. */
  readonly subject: string;
  readonly status: 'running' | 'done';
  readonly begun_by: string;
  readonly begun_at: Date;
  readonly done_at: Date | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly report: string | null;
}

const COLUMNS = 'id, subject, status, begun_by, begun_at, done_at, counts, report';

export const erasuresOf = statement<[tenantId: string, limit: number], ErasureRow>(
  'erasures',
  `SELECT ${COLUMNS} FROM tenant_erasures WHERE tenant_id = $1 ORDER BY begun_at DESC, id LIMIT $2`,
);

export const latestErasure = statement<[tenantId: string, subject: string], ErasureRow>(
  'erasure_latest',
  `SELECT ${COLUMNS} FROM tenant_erasures WHERE tenant_id = $1 AND subject = $2
   ORDER BY status = 'running' DESC, begun_at DESC LIMIT 1`,
);

export const beginErasure = statement<[tenantId: string, subject: string, by: string], ErasureRow>(
  'erasure_begin',
  `INSERT INTO tenant_erasures (tenant_id, subject, begun_by) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
);

/** Has the user refused for as long as it takes, or the tenant for ever. */
export const shut = {
  user: statement<[tenantId: string]>(
    'erasure_shut_user',
    `UPDATE tenants SET erasing_until = 'infinity', updated_at = clock_timestamp() WHERE tenant_id = $1`,
  ),
  tenant: statement<[tenantId: string]>(
    'erasure_shut_tenant',
    `UPDATE tenants SET status = 'erased', updated_at = clock_timestamp() WHERE tenant_id = $1`,
  ),
};

export const countErased = statement<[tenantId: string, id: string, key: string, count: number]>(
  'erasure_count',
  `UPDATE tenant_erasures
   SET counts = jsonb_set(counts, ARRAY[$3], to_jsonb(coalesce((counts ->> $3)::bigint, 0) + $4::bigint))
   WHERE tenant_id = $1 AND id = $2`,
);

/** A tenant without a schema of its own: what is left of it is where tenants share one. */
export const setDropped = statement<[tenantId: string]>(
  'erasure_dropped',
  `UPDATE tenants SET isolation = 'row', migrated_to = NULL, updated_at = clock_timestamp() WHERE tenant_id = $1`,
);

export const finishErasure = statement<[tenantId: string, id: string, doneAt: Date, report: string]>(
  'erasure_finish',
  `UPDATE tenant_erasures SET status = 'done', done_at = $3, report = $4
   WHERE tenant_id = $1 AND id = $2 AND status = 'running'`,
);

/** Users who were erased within a day stay refused, those of an erasure that goes on as long as it does. */
export const openAfterErasure = statement<[tenantId: string]>(
  'erasure_open',
  `UPDATE tenants SET updated_at = clock_timestamp(), erasing_until = CASE WHEN EXISTS (
     SELECT FROM tenant_erasures WHERE tenant_id = $1 AND status = 'running' AND subject <> ''
   ) THEN 'infinity' ELSE clock_timestamp() + interval '1 day' END
   WHERE tenant_id = $1`,
);
