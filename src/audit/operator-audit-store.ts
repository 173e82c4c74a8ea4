import type { AuditEntry } from '../chatkit/audit/audit-trail.port.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import { quoted } from '../store/index.js';
import type { TenantParts } from '../store/create-store.js';
import type { AuditStore } from './audit-store.js';
import { addingTo } from './entry-statement.js';

/**
 * Keeps what operators do with tenants in the log of each, whatever its state: also one that is suspended, or of which nothing
 * may be written for now.
 */
export class OperatorAuditStore implements AuditStore {
  constructor(
    private readonly tenants: Pick<TenantParts, 'maintenance' | 'directory' | 'places' | 'schemas'>,
  ) {}

  /** @throws UnavailableError while the database is not there */
  async add(entry: AuditEntry, scope: TenantScope): Promise<void> {
    const { maintenance, directory, places, schemas } = this.tenants;
    const { isolation } = await directory.look(scope.tenantId);
    const { schema } = isolation === 'row' ? places.shared() : schemas.own(scope.tenantId);
    const addEntry = addingTo('audit_add_as_operator', `${quoted(schema)}.audit_log`);
    await maintenance.pipeline(scope.tenantId, addEntry(entry, scope));
  }
}
