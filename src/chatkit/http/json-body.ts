import {
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { readJson } from './body.js';

const TIMEOUT_MS = 15_000;

/**
 * Reads the body of a REST route as JSON, once the guards have let the caller in.
 *
 * @param limit in bytes
 */
export function JsonBody(limit: number): MethodDecorator {
  const limits = { bodyLimit: limit, audioBodyLimit: limit, bodyTimeoutMs: TIMEOUT_MS };
  const interceptor: NestInterceptor = {
    async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
      const request = execution.switchToHttp().getRequest<Request>();
      request.body = await readJson(request, limits);
      return next.handle();
    },
  };
  return UseInterceptors(interceptor);
}
