import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { Tracer } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import { requestContext } from '../auth/context/request-store.js';
import { correlationId } from '../auth/http/correlation-id.js';
import { RequestLog } from './log/request-log.js';
import { MetricsObserver } from './metrics/metrics-observer.js';
import { withRecord, type RequestRecord } from './request-record.js';
import { TRACER } from './telemetry.tokens.js';
import { ServerSpan } from './traces/server-span.js';

/** Observes a request from its first byte to its last: a record for its log line, its span, its measure. */
@Injectable()
export class HttpObservation implements NestMiddleware<Request, Response> {
  constructor(
    private readonly log: RequestLog,
    private readonly metrics: MetricsObserver,
    @Inject(TRACER) private readonly tracer: Tracer,
  ) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const begun = performance.now();
    ServerSpan.around(this.tracer, request, (span) => {
      withRecord((record) => {
        response.once('close', () => {
          const milliseconds = performance.now() - begun;
          const end = (): void => this.#ended(request, response, { record, span, milliseconds });
          // an answer goes on after its client has left, until everything is stored
          if (record.request !== undefined && record.end === undefined) record.onEnd = end;
          else end();
        });
        next();
      });
    });
  }

  #ended(
    request: Request,
    response: Response,
    {
      record,
      span,
      milliseconds,
    }: { readonly record: RequestRecord; readonly span: ServerSpan; readonly milliseconds: number },
  ): void {
    const { method } = request;
    const status = response.headersSent ? response.statusCode : undefined;
    const route = routeOf(request);
    const context = requestContext(request);
    this.metrics.httpAnswered(method, route, status, milliseconds);
    this.log.answered({
      record,
      method,
      path: request.originalUrl.split('?', 1)[0] ?? '',
      status,
      milliseconds,
      correlationId: correlationId(request, response),
      traceId: span.traceId,
      tenantId: context?.tenantId,
      userId: context?.userId,
    });
    span.end(method, route, status);
  }
}

/** The pattern of the route that took the request. */
function routeOf({ route }: Request): string | undefined {
  const path: unknown = (route as { readonly path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : undefined;
}
