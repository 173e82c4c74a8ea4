import type { IncomingMessage } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN = new Set<unknown>(['same-origin', 'none']);

/**
 * Whether a request that authenticates by cookie was sent by a page of an allowed origin. Where a browser leaves the origin
 * out, what changes something has to declare itself same-origin, and what reads must not declare itself to be of another
 * page: unless the browser goes there itself, when that page sees nothing of the answer.
 */
export function originAllowed({ method, headers }: IncomingMessage, allowed: ReadonlySet<string>): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
  if (origin !== undefined) return allowed.has(origin);
  if (!SAFE_METHODS.has(method ?? 'GET')) return site === 'same-origin';
  return site === undefined || OWN.has(site) || mode === 'navigate';
}
