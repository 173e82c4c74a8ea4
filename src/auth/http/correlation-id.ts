import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const SAFE = /^[\w.:@/+=-]{1,128}$/;
/** A trace that a caller has begun, by W3C Trace Context: version, trace, span, flags. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;
const NO_TRACE = '0'.repeat(32);
const assigned = new WeakMap<IncomingMessage, string>();

/**
 * The id that ties log lines and errors of one request together: the client's own if it is harmless, else
 * the trace that the request belongs to, else a random one. The same request always gets the same answer, and the response carries it too.
 */
export function correlationId(request: IncomingMessage, response: ServerResponse): string {
  const known = assigned.get(request);
  if (known !== undefined) return known;
  const { headers } = request;
  const id =
    harmless(headers['x-request-id']) ??
    harmless(headers['x-correlation-id']) ??
    traceOf(headers['traceparent']) ??
    randomUUID();
  assigned.set(request, id);
  if (!response.headersSent) response.setHeader('x-correlation-id', id);
  return id;
}

function harmless(sent: string | string[] | undefined): string | undefined {
  return typeof sent === 'string' && SAFE.test(sent) ? sent : undefined;
}

function traceOf(sent: string | string[] | undefined): string | undefined {
  const id = typeof sent === 'string' ? TRACEPARENT.exec(sent)?.[1] : undefined;
  return id === NO_TRACE ? undefined : id;
}
