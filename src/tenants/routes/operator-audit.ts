import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { AuditTrail } from '../../chatkit/audit/audit-trail.port.js';
import { recordOf, type RequestEnd } from '../../chatkit/audit/audited-request.js';
import type { AuditedRequest } from '../../chatkit/audit/audited.decorator.js';
import { storableText } from '../../chatkit/core/text.js';
import { isRecord } from '../../common/is-record.js';

/** Characters of a tenant's name. */
const MAX_NAME = 256;

/** Where it is kept what operators do. */
export interface OperatorTrails {
  /** The log of their own organisation. */
  readonly own: AuditTrail | undefined;
  /** The logs of the tenants that they do it to. */
  readonly ofTenants: AuditTrail | undefined;
}

/**
 * Records what came of an operator's request, in the log of their organisation and of the tenant that it is about.
 *
 * @param operators the tenant of those who count as operators; what strangers try stays with their own organisation
 */
export async function recordOperator(
  { own, ofTenants }: OperatorTrails,
  operators: string,
  execution: ExecutionContext,
  reflector: Reflector,
  end: RequestEnd,
): Promise<void> {
  const record = recordOf(execution, reflector, end);
  if (record === undefined) return;
  const { context, request } = record;
  const isOurs = context.tenantId === operators;
  const entry = isOurs ? ({ ...record.entry, actor: 'operator' } as const) : record.entry;
  await own?.record(entry, context);
  const tenantId = tenantOf(request);
  if (!isOurs || tenantId === undefined || tenantId === context.tenantId) return;
  const target = entry.target === tenantId ? undefined : entry.target;
  await ofTenants?.record({ ...entry, target }, { tenantId, userId: context.userId });
}

/** The tenant that a request is about, by its path or its body. */
function tenantOf({ params, body }: AuditedRequest): string | undefined {
  const named = params['tenant_id'] ?? (isRecord(body) ? body['tenant_id'] : undefined);
  const isName = typeof named === 'string' && named !== '' && named.length <= MAX_NAME;
  return isName && storableText(named) === named ? named : undefined;
}
