import type { TenantParts } from '../../store/index.js';
import { stillHere, whereTenantIs } from '../located.js';
import { lockTenant } from '../tenant-statements.js';
import {
  retentionOf,
  THREAD_STATUSES,
  type RetentionSettings,
  type RetainedStatus,
} from './retention-days.js';
import { setRetention } from './retention-statements.js';

/** What is changed; null is as the configuration says from now on, what is not named stays. */
export type RetentionChange = { readonly [Status in RetainedStatus]?: number | null | undefined };

/** What operators have set of how long tenants keep threads. */
export class TenantRetentionSettings {
  constructor(private readonly parts: Pick<TenantParts, 'directory'>) {}

  /** @throws UnknownTenantError */
  change(tenantId: string, change: RetentionChange): Promise<RetentionSettings> {
    return whereTenantIs(this.parts, tenantId, ({ directoryUnit }) =>
      directoryUnit.run(async (transaction) => {
        const [{ rows }] = await transaction.query(lockTenant(tenantId));
        const known = retentionOf(stillHere(rows).settings);
        const next = THREAD_STATUSES.flatMap((status) => {
          const days = change[status] === undefined ? known[status] : change[status];
          return days === undefined || days === null ? [] : [[status, days] as const];
        });
        const text = next.length === 0 ? null : JSON.stringify(Object.fromEntries(next));
        const [changed] = await transaction.query(setRetention(tenantId, text));
        return retentionOf(changed.rows[0]?.settings ?? {});
      }),
    );
  }
}
