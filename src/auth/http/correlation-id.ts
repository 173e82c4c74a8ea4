import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const HEADERS = ['x-request-id', 'x-correlation-id'] as const;
const SAFE = /^[\w.:@/+=-]{1,128}$/;
const assigned = new WeakMap<IncomingMessage, string>();

/**
 * The id that ties log lines and errors of one request together: the client's own if it is harmless, else a
 * random one. The same request always gets the same answer, and the response carries it too.
 */
export function correlationId(request: IncomingMessage, response: ServerResponse): string {
  const known = assigned.get(request);
  if (known !== undefined) return known;
  const sent = HEADERS.map((name) => request.headers[name]).find(
    (value): value is string => typeof value === 'string' && SAFE.test(value),
  );
  const id = sent ?? randomUUID();
  assigned.set(request, id);
  if (!response.headersSent) response.setHeader('x-correlation-id', id);
  return id;
}
