import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { RequestContext } from '../../auth/context/request-context.js';
import { requestContext } from '../../auth/context/request-store.js';
import { failureOf } from '../http/failure.js';
import type { AuditEntry, AuditTrail } from './audit-trail.port.js';
import { AUDITED_METADATA, type AuditedAction } from './audited.decorator.js';

/** As ids are; anything else that stands in a path may be text of somebody, or a token. */
const TARGET = /^[\w.:@-]{1,128}$/;

/** What came of a request: a result, or what was thrown. */
export type RequestEnd = { readonly result: unknown } | { readonly error: unknown };

/** Records what came of a request, unless nobody is known to have sent it, or its route has no name. */
export async function recordRequest(
  trail: AuditTrail | undefined,
  execution: ExecutionContext,
  reflector: Reflector,
  end: RequestEnd,
): Promise<void> {
  const request = execution.switchToHttp().getRequest<Request>();
  const context = requestContext(request);
  const audited = reflector.get<AuditedAction | undefined>(AUDITED_METADATA, execution.getHandler());
  if (context !== undefined && audited !== undefined) {
    await trail?.record(entryOf(audited, request, context, end), context);
  }
}

function entryOf(
  audited: AuditedAction,
  request: Request,
  { correlationId }: RequestContext,
  end: RequestEnd,
): AuditEntry {
  const failed = 'error' in end ? failureOf(end.error) : undefined;
  const target = audited.target({
    params: request.params,
    result: 'result' in end ? end.result : undefined,
  });
  return {
    action: audited.action,
    target: typeof target === 'string' && TARGET.test(target) ? target : undefined,
    outcome: failed === undefined ? 'done' : failed.status === 403 ? 'refused' : 'failed',
    code: failed?.code,
    actor: 'member',
    isReading: request.method === 'GET' || request.method === 'HEAD',
    correlationId,
  };
}
