import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const SAFE = /^[\w.:@/+=-]{1,128}$/;
const assigned = new WeakMap<IncomingMessage, string>();

/**
 * The id that ties log lines and errors of one request together: the client's own if it is harmless, else a
 * random one. The same request always gets the same answer, and the response carries it too.
 */
export function correlationId(request: IncomingMessage, response: ServerResponse): string {
  const known = assigned.get(request);
  if (known !== undefined) return known;
  const { headers } = request;
  const id = harmless(headers['x-request-id']) ?? harmless(headers['x-correlation-id']) ?? randomUUID();
  assigned.set(request, id);
  if (!response.headersSent) response.setHeader('x-correlation-id', id);
  return id;
}

function harmless(sent: string | string[] | undefined): string | undefined {
  return typeof sent === 'string' && SAFE.test(sent) ? sent : undefined;
}
