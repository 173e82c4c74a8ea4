import type { AuditEntry } from '../chatkit/audit/audit-trail.port.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import { quoted, type TenantParts } from '../store/index.js';
import type { AuditStore } from './audit-store.js';
import { addingTo } from './entry-statement.js';

/**
 * Keeps what operators do with tenants in the log of each, whatever its state: also one that is suspended, or of which nothing
 * may be written for now. A tenant that there is not, or not any more, has none.
 */
export class OperatorAuditStore implements AuditStore {
  constructor(private readonly tenants: Pick<TenantParts, 'directory'>) {}

  /** @throws UnavailableError while the database is not there */
  async add(entry: AuditEntry, scope: TenantScope): Promise<void> {
    let added: string | undefined;
    for (;;) {
      const found = await this.tenants.directory.find(scope.tenantId);
      if (found === undefined || found.row.status === 'erased') return;
      const { places, maintenance, name } = found.database;
      const { isolation, schema } = places.at(scope.tenantId, found.row.isolation);
      const place = `${name} ${isolation}`;
      // a tenant that has moved meanwhile has left the entry behind
      if (place === added) return;
      const addEntry = addingTo('audit_add_as_operator', `${quoted(schema)}.audit_log`);
      await maintenance.pipeline(scope.tenantId, addEntry(entry, scope));
      added = place;
    }
  }
}
