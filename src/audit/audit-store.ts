import type { AuditEntry } from '../chatkit/audit/audit-trail.port.js';
import { cut } from '../chatkit/core/cut.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import { storableText } from '../chatkit/core/text.js';
import { statement, type ReadingScope, type UnitOfWork } from '../store/index.js';
import type { AuditCursor, AuditQuery, AuditReader, RecordedEntry } from './audit-reader.port.js';

type Entry = [
  tenantId: string,
  actorId: string,
  actor: string,
  action: string,
  target: string | null,
  outcome: string,
  code: string | null,
  correlationId: string | null,
];

const insertEntry = statement<Entry>(
  'audit_add',
  `INSERT INTO audit_log (tenant_id, actor_id, actor, action, target, outcome, code, correlation_id)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

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

/** The audit log in PostgreSQL. */
export class TypeOrmAuditStore implements AuditReader {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Adds an entry of the scope's user to the scope's tenant; what is too long is cut.
   *
   * @throws UnavailableError while the database is not there
   */
  async add(entry: AuditEntry, scope: TenantScope): Promise<void> {
    const { action, target, outcome, code, actor, correlationId } = entry;
    await this.unitOfWork.pipeline(
      scope,
      insertEntry(
        ...([scope.tenantId, scope.userId, actor, bounded(action, 100), bounded(target, 255)] as const),
        ...([outcome, bounded(code, 100), bounded(correlationId, 128)] as const),
      ),
    );
  }

  async list(query: AuditQuery, scope: ReadingScope): Promise<RecordedEntry[]> {
    const { action, limit, from = '-infinity', to = 'infinity', after = END } = query;
    const which: Which = [scope.tenantId, limit, from, to, ...after];
    const asked = action === undefined ? auditPage(...which) : auditPageOfAction(...which, action);
    const [{ rows }] = await this.unitOfWork.readTenant(scope, asked);
    return rows;
  }
}

function bounded(text: string, max: number): string;
function bounded(text: string | undefined, max: number): string | null;
function bounded(text: string | undefined, max: number): string | null {
  return text === undefined ? null : cut(storableText(text), max);
}
