import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { finalize, type Observable } from 'rxjs';
import { requestContext } from '../../auth/context/request-store.js';
import { withLogScope } from '../../common/logging/log-scope.js';
import { admissionOf } from './request-limits.js';

/**
 * Has a request of a REST route count as one under way until its work is done, also when its client has left before, and its log
 * lines say whose it is. Comes before what reads the body.
 */
@Injectable()
export class HeldRequestInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<Request>();
    const context = requestContext(request);
    if (context === undefined) return next.handle();
    const release = admissionOf(request)?.hold();
    return withLogScope(context, () => next.handle()).pipe(finalize(() => release?.()));
  }
}
