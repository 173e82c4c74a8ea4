import type { AuditEntry, AuditTrail } from '../chatkit/audit/audit-trail.port.js';
import { UnavailableError, type TenantScope } from '../chatkit/core/index.js';
import { BoundedMap } from '../common/bounded-map.js';
import { systemClock, type Clock } from '../common/clock.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import type { AuditStore } from './audit-store.js';

/** How long, in milliseconds, the same is recorded once, and how much is remembered for that. */
const REPEATED_MS = 60_000;
const REMEMBERED = 10_000;

/**
 * Records every change that is made. Of what changes nothing, which is to read, to be refused and to fail, the first of a
 * minute is recorded for each user, action and end, so that nobody fills the log by asking.
 */
export class AuditLog implements AuditTrail {
  readonly #logger = new ChatKitLogger(AuditLog.name);
  readonly #recent: BoundedMap<string, true>;

  constructor(
    private readonly store: AuditStore,
    private readonly clock: Pick<Clock, 'now'> = systemClock,
  ) {
    this.#recent = new BoundedMap(REMEMBERED, clock);
  }

  async record(entry: AuditEntry, scope: TenantScope): Promise<void> {
    const hasChanged = entry.outcome === 'done' && entry.isReading !== true;
    const what = JSON.stringify([scope.tenantId, scope.userId, entry.action, entry.outcome, entry.code]);
    if (!hasChanged) {
      if (this.#recent.get(what) === true) return;
      this.#recent.set(what, true, this.clock.now() + REPEATED_MS);
    }
    try {
      await this.store.add(entry, scope);
    } catch (error) {
      if (!hasChanged) this.#recent.delete(what);
      const { action, outcome, correlationId } = entry;
      const facts = { action, outcome, correlationId, tenantId: scope.tenantId, error };
      // an outage that kept the work from being done is told by whoever watches the database
      const level = hasChanged || !(error instanceof UnavailableError) ? 'error' : 'debug';
      this.#logger[level]('an entry of the audit log could not be kept', facts);
    }
  }
}
