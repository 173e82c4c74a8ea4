import type { IncomingMessage } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that authenticates by cookie was sent by a page of ours: reading always passes, anything
 * else must name an allowed origin or, where a browser leaves the origin out, declare itself same-origin.
 */
export function originAllowed(request: IncomingMessage, allowed: ReadonlySet<string>): boolean {
  if (SAFE_METHODS.has(request.method ?? 'GET')) return true;
  const { origin } = request.headers;
  if (origin !== undefined) return allowed.has(origin);
  return request.headers['sec-fetch-site'] === 'same-origin';
}
