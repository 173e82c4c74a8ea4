import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Observable } from 'rxjs';

/** Keeps answers out of every cache, and browsers from taking them for something else. */
@Injectable()
export class NoStoreInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = execution.switchToHttp().getResponse<ServerResponse>();
    response.setHeader('cache-control', 'no-store').setHeader('x-content-type-options', 'nosniff');
    return next.handle();
  }
}
