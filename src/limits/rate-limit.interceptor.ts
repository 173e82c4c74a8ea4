import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { requestContext } from '../auth/context/request-store.js';
import { EndpointError } from '../chatkit/http/endpoint-error.js';
import { Observers } from '../common/observer/observers.js';
import { RateLimiter, rateLimitHeaders } from './rate-limiter.js';

// kept beside the request, as its context is: a second endpoint of the same application does not count again
const counted = new WeakSet<Request>();

/** Counts the requests of everybody whom a guard has let in, on all routes, and refuses those beyond a limit. */
@Injectable()
export class RateLimitInterceptor implements NestInterceptor {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly observers: Observers,
  ) {}

  /** @throws EndpointError rate_limited */
  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (execution.getType() !== 'http') return next.handle();
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    const context = requestContext(request);
    if (context === undefined || counted.has(request)) return next.handle();
    counted.add(request);
    const states = await this.limiter.count(context);
    if (states.length === 0) return next.handle();
    const headers = rateLimitHeaders(states);
    const last = states.at(-1);
    if (last?.isExceeded === true) {
      this.observers.limitReached(`${last.policy}_requests`);
      const who = last.policy === 'user' ? 'one user' : 'one organisation';
      throw new EndpointError('rate_limited', `No more than ${last.limit} requests of ${who} a minute`, {
        'retry-after': String(last.reset),
        ...headers,
      });
    }
    const response = http.getResponse<Response>();
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    return next.handle();
  }
}
