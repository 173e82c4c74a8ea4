import type { IncomingMessage } from 'node:http';
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type Tracer,
} from '@opentelemetry/api';

const INTERNAL_ERROR = 500;

/** The span of one HTTP request, unless an instrumentation of the host has made one. */
export class ServerSpan {
  private constructor(private readonly span: Span | undefined) {}

  /** Begins it below what the caller traces, and runs `work` inside of it. */
  static around(tracer: Tracer, request: IncomingMessage, work: (span: ServerSpan) => void): void {
    if (trace.getActiveSpan() !== undefined) {
      work(new ServerSpan(undefined));
      return;
    }
    const parent = propagation.extract(context.active(), request.headers);
    const method = request.method ?? 'GET';
    const attributes = { 'http.request.method': method, 'url.scheme': 'http' };
    const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
    context.with(trace.setSpan(parent, span), () => work(new ServerSpan(span)));
  }

  /** Id of the trace that the request belongs to; undefined where nothing is traced. */
  get traceId(): string | undefined {
    const found = (this.span ?? trace.getActiveSpan())?.spanContext();
    return found === undefined || !trace.isSpanContextValid(found) ? undefined : found.traceId;
  }

  /** @param status undefined when nothing was sent */
  end(method: string, route: string | undefined, status: number | undefined): void {
    const { span } = this;
    if (span === undefined) return;
    if (route !== undefined) span.updateName(`${method} ${route}`).setAttribute('http.route', route);
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    if (status !== undefined && status >= INTERNAL_ERROR) {
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  }
}
