import type { Clock } from '../../common/clock.js';
import { statement, type MaintenanceUnit } from '../../store/index.js';
import { TenantStateError } from '../tenant-errors.js';

const PAUSE_MS = 20;

const running = statement<[], { readonly id: string }>(
  'tenant_running',
  `SELECT virtualxid AS id FROM pg_locks JOIN pg_stat_activity USING (pid)
   WHERE locktype = 'virtualxid' AND granted AND pid <> pg_backend_pid()
     AND datname = current_database() AND coalesce(application_name, 'chatkit') = 'chatkit'`,
);

const stillRunning = statement<[ids: readonly string[]], { readonly id: string }>(
  'tenant_still_running',
  `SELECT virtualxid AS id FROM pg_locks WHERE locktype = 'virtualxid' AND granted AND virtualxid = ANY($1)`,
);

/**
 * Resolves when every transaction of the service that is running now has ended: one that began before the directory was
 * changed may not know of the change, all later ones do.
 *
 * @param patience milliseconds that they are waited for
 * @throws TenantStateError when they do not end
 */
export async function settled(
  maintenance: MaintenanceUnit,
  tenantId: string,
  clock: Pick<Clock, 'now' | 'sleep'>,
  patience: number,
): Promise<void> {
  const until = clock.now() + patience;
  await maintenance.run(tenantId, async (transaction) => {
    let [{ rows }] = await transaction.query(running());
    while (rows.length > 0) {
      if (clock.now() > until) throw new TenantStateError('Statements of the service do not end');
      await clock.sleep(PAUSE_MS);
      [{ rows }] = await transaction.query(stillRunning(rows.map(({ id }) => id)));
    }
  });
}
