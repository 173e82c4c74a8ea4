import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { CHATKIT_AUDIT_TRAIL, type AuditTrail } from './audit-trail.port.js';
import { recordRequest, type RequestEnd } from './audited-request.js';

/** Records what came of requests that guards have let in, before they are answered. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(CHATKIT_AUDIT_TRAIL) private readonly trail?: AuditTrail,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { trail, reflector } = this;
    if (trail === undefined) return next.handle();
    return from(recorded(next, (end) => recordRequest(trail, execution, reflector, end)));
  }
}

/** What the handler gives, once `record` has heard what came of it. */
export async function recorded(
  next: CallHandler<unknown>,
  record: (end: RequestEnd) => Promise<void>,
): Promise<unknown> {
  let result: unknown;
  try {
    result = await lastValueFrom(next.handle(), { defaultValue: undefined });
  } catch (error) {
    await record({ error });
    throw error;
  }
  await record({ result });
  return result;
}
