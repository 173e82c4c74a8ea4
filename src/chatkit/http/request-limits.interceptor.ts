import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { finalize, type Observable } from 'rxjs';
import { withLogScope } from '../../common/logging/log-scope.js';
import { requestContext } from '../../auth/context/request-store.js';
import { FairStarts } from './fair-starts.js';
import { admissionOf, RequestLimits } from './request-limits.js';

/**
 * Counts the requests of everybody whom a guard has let in, on all routes of the application: interceptors of all
 * routes come after the guards, and before those that read a body.
 */
@Injectable()
export class RequestLimitsInterceptor implements NestInterceptor {
  constructor(
    private readonly limits: RequestLimits,
    private readonly starts: FairStarts,
  ) {}

  /** @throws EndpointError too_many_requests */
  intercept(
    execution: ExecutionContext,
    next: CallHandler,
  ): Observable<unknown> | Promise<Observable<unknown>> {
    if (execution.getType() !== 'http') return next.handle();
    const request = execution.switchToHttp().getRequest<Request>();
    const context = requestContext(request);
    // a second endpoint of the same application does not count again
    if (context === undefined || admissionOf(request) !== undefined) return next.handle();
    const admission = this.limits.admit(request, context);
    const begin = (): Observable<unknown> =>
      withLogScope(context, () => next.handle()).pipe(finalize(() => admission.leave()));
    return this.starts.turn(context.tenantId)?.then(begin) ?? begin();
  }
}
