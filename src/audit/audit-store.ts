import type { AuditEntry } from '../chatkit/audit/audit-trail.port.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import { statement, type ReadingScope, type UnitOfWork } from '../store/index.js';
import type { AuditCursor, AuditQuery, AuditReader, RecordedEntry } from './audit-reader.port.js';
import { addingTo } from './entry-statement.js';

const addEntry = addingTo('audit_add', 'audit_log');

type Which = [tenantId: string, limit: number, from: Date | string, to: Date | string, ...AuditCursor];

function page<Values extends readonly unknown[]>(name: string, which: string) {
  return statement<Values, RecordedEntry>(
    name,
    `SELECT id, actor, actor_id, action, target, outcome, code, correlation_id,
       to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     FROM audit_log
     WHERE tenant_id = $1 AND created_at >= $3::timestamptz AND created_at < $4::timestamptz
       AND (created_at, id) < ($5::timestamptz, $6::uuid) ${which}
     ORDER BY created_at DESC, id DESC LIMIT $2`,
  );
}

const auditPage = page<Which>('audit_page', '');
const auditPageOfAction = page<[...Which, action: string]>('audit_page_of_action', 'AND action = $7');

/** Behind which every entry is. */
const END: AuditCursor = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

/** Where entries are kept. */
export interface AuditStore {
  /**
   * Adds an entry of the scope's user to the scope's tenant; what is too long is cut.
   *
   * @throws UnavailableError while the database is not there
   */
  add(entry: AuditEntry, scope: TenantScope): Promise<void>;
}

/** The audit log in PostgreSQL. */
export class TypeOrmAuditStore implements AuditReader, AuditStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async add(entry: AuditEntry, scope: TenantScope): Promise<void> {
    await this.unitOfWork.pipeline(scope, addEntry(entry, scope));
  }

  async list(query: AuditQuery, scope: ReadingScope): Promise<RecordedEntry[]> {
    const { action, limit, from = '-infinity', to = 'infinity', after = END } = query;
    const which: Which = [scope.tenantId, limit, from, to, ...after];
    const asked = action === undefined ? auditPage(...which) : auditPageOfAction(...which, action);
    const [{ rows }] = await this.unitOfWork.readTenant(scope, asked);
    return rows;
  }
}
