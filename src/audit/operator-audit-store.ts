import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../chatkit/audit/audit-trail.port.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import { asOperator, quoted, statement, type TenantParts, type Whereabouts } from '../store/index.js';
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
    const id = randomUUID();
    let added: string | undefined;
    for (;;) {
      const found = await this.tenants.directory.find(scope.tenantId);
      if (found === undefined || found.row.status === 'erased') return;
      const { places, maintenance, name } = found.database;
      const { isolation, schema } = places.at(scope.tenantId, found.row.isolation);
      const place = `${name} ${isolation}`;
      // a tenant that has moved meanwhile may have left the entry behind
      if (place === added && (!mayBeLeaving(found) || (await isStillThere(found)))) return;
      if (place === added) continue;
      const table = `${quoted(schema)}.audit_log`;
      // a move may have brought it from where it was added first
      const addEntry = addingTo('audit_add_as_operator', table, 'ON CONFLICT DO NOTHING');
      await maintenance.pipeline(scope.tenantId, addEntry(entry, scope, id));
      added = place;
    }
  }
}

/** Whether a move may have looked for the last time at what there is: all of them say before that they have begun. */
function mayBeLeaving({ row, state }: Whereabouts): boolean {
  return state !== 'missing' && row.leftovers && row.status !== 'active';
}

/**
 * Waits for the end of a move's last moment. One that has begun it, and has not yet locked the row of the tenant, fails by this and
 * can be repeated.
 */
async function isStillThere({ database, row }: Whereabouts): Promise<boolean> {
  const shared = database.places.shared();
  const confirm = statement<[string, string, string | null], { readonly tenant_id: string }>(
    'audit_confirm_place',
    `UPDATE ${quoted(shared.schema)}.tenants SET leftovers = leftovers
     WHERE tenant_id = $1 AND isolation = $2 AND database IS NOT DISTINCT FROM $3 RETURNING tenant_id`,
  );
  const [, { rows }] = await database.maintenance.pipeline(
    row.tenant_id,
    asOperator(),
    confirm(row.tenant_id, row.isolation, row.database),
  );
  return rows.length > 0;
}
