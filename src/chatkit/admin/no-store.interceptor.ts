import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Observable } from 'rxjs';

/** Keeps answers out of every cache. */
@Injectable()
export class NoStoreInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    execution.switchToHttp().getResponse<ServerResponse>().setHeader('cache-control', 'no-store');
    return next.handle();
  }
}
