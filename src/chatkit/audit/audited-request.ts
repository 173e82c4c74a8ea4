import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { RequestContext } from '../../auth/context/request-context.js';
import { requestContext } from '../../auth/context/request-store.js';
import { failureOf } from '../http/failure.js';
import type { AuditEntry, AuditTrail } from './audit-trail.port.js';
import { AUDITED_METADATA, type AuditedAction, type AuditedRequest } from './audited.decorator.js';

/** As ids are; anything else that stands in a path may be text of somebody, or a token. */
const TARGET = /^[\w.:@-]{1,128}$/;

/** What came of a request: a result, or what was thrown. */
export type RequestEnd = { readonly result: unknown } | { readonly error: unknown };

/** What is to be recorded of a request, and who has sent it. */
export interface RequestRecord {
  /** As a member has done it. */
  readonly entry: AuditEntry;
  readonly context: RequestContext;
  readonly request: AuditedRequest;
}

/** Records what came of a request, unless nobody is known to have sent it, or its route has no name. */
export async function recordRequest(
  trail: AuditTrail | undefined,
  execution: ExecutionContext,
  reflector: Reflector,
  end: RequestEnd,
): Promise<void> {
  const record = recordOf(execution, reflector, end);
  if (record !== undefined) await trail?.record(record.entry, record.context);
}

/** @returns undefined where nobody is known to have sent it, or its route has no name */
export function recordOf(
  execution: ExecutionContext,
  reflector: Reflector,
  end: RequestEnd,
): RequestRecord | undefined {
  const sent = execution.switchToHttp().getRequest<Request>();
  const context = requestContext(sent);
  const audited = reflector.get<AuditedAction | undefined>(AUDITED_METADATA, execution.getHandler());
  if (context === undefined || audited === undefined) return undefined;
  const body: unknown = sent.body;
  const result = 'result' in end ? end.result : undefined;
  const request = { params: sent.params, query: sent.query, body, result };
  const failed = 'error' in end ? failureOf(end.error) : undefined;
  const target = audited.target(request);
  const entry: AuditEntry = {
    action: audited.action,
    target: typeof target === 'string' && TARGET.test(target) ? target : undefined,
    outcome: failed === undefined ? 'done' : failed.status === 403 ? 'refused' : 'failed',
    code: failed?.code,
    actor: 'member',
    isReading: audited.isReading ?? (sent.method === 'GET' || sent.method === 'HEAD'),
    correlationId: context.correlationId,
  };
  return { entry, context, request };
}
