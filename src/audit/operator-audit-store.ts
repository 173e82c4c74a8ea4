import type { AuditEntry } from '../chatkit/audit/audit-trail.port.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import { quoted, selectTenant, type TenantIsolation, type TenantParts } from '../store/index.js';
import type { AuditStore } from './audit-store.js';
import { addingTo } from './entry-statement.js';

/**
 * Keeps what operators do with tenants in the log of each, whatever its state: also one that is suspended, or of which nothing
 * may be written for now. A tenant that there is not, or not any more, has none.
 */
export class OperatorAuditStore implements AuditStore {
  constructor(private readonly tenants: Pick<TenantParts, 'maintenance' | 'directoryUnit' | 'places'>) {}

  /** @throws UnavailableError while the database is not there */
  async add(entry: AuditEntry, scope: TenantScope): Promise<void> {
    const { maintenance, places } = this.tenants;
    let added: TenantIsolation | undefined;
    for (;;) {
      const isolation = await this.#find(scope.tenantId);
      // a tenant that has moved meanwhile has left the entry behind
      if (isolation === undefined || isolation === added) return;
      const { schema } = places.at(scope.tenantId, isolation);
      const addEntry = addingTo('audit_add_as_operator', `${quoted(schema)}.audit_log`);
      await maintenance.pipeline(scope.tenantId, addEntry(entry, scope));
      added = isolation;
    }
  }

  async #find(tenantId: string): Promise<TenantIsolation | undefined> {
    const [{ rows }] = await this.tenants.directoryUnit.pipeline(selectTenant(tenantId));
    return rows[0]?.status === 'erased' ? undefined : rows[0]?.isolation;
  }
}
