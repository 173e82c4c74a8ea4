import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../chatkit/audit/audit-trail.port.js';
import { cut } from '../chatkit/core/cut.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import { storableText } from '../chatkit/core/text.js';
import { statement, type Statement } from '../store/index.js';

type Entry = [
  tenantId: string,
  actorId: string,
  actor: string,
  action: string,
  target: string | null,
  outcome: string,
  code: string | null,
  correlationId: string | null,
  id: string,
];

/**
 * What adds an entry of the scope's user to the scope's tenant; what is too long is cut.
 *
 * @param id of the entry. Default: a new one
 */
export type AddEntry = (entry: AuditEntry, scope: TenantScope, id?: string) => Statement<unknown>;

/**
 * @param name of the statement
 * @param table as SQL text
 * @param ifThere what becomes of an entry that is there already, as SQL text. Default: it is an error
 */
export function addingTo(name: string, table: string, ifThere = ''): AddEntry {
  const insert = statement<Entry>(
    name,
    `INSERT INTO ${table} (tenant_id, actor_id, actor, action, target, outcome, code, correlation_id, id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ${ifThere}`,
  );
  return ({ action, target, outcome, code, actor, correlationId }, { tenantId, userId }, id = randomUUID()) =>
    insert(
      ...([tenantId, userId, actor, bounded(action, 100), bounded(target, 255)] as const),
      ...([outcome, bounded(code, 100), bounded(correlationId, 128), id] as const),
    );
}

function bounded(text: string, max: number): string;
function bounded(text: string | undefined, max: number): string | null;
function bounded(text: string | undefined, max: number): string | null {
  return text === undefined ? null : cut(storableText(text), max);
}
