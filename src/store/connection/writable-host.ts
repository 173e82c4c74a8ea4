import { hostUrls } from '../../config/postgres-url.js';
import { isReadOnly } from './connection-errors.js';
import { requireWrites } from './require-writes.js';
import { singleClient } from './single-client.js';

/** Milliseconds that a host has to answer. */
const TIMEOUT = 5000;

/**
 * Which of the hosts that a URL names takes writes: the first that says so, since all are asked at once. A URL of one host
 * is not looked at.
 *
 * @throws ReadOnlyError when there are hosts, and all are standbys; else what keeps the first from being asked
 */
export async function writableHost(url: string): Promise<string> {
  const urls = hostUrls(url);
  const [first = url, ...others] = urls;
  if (others.length === 0) return first;
  try {
    return await Promise.any(urls.map(requireWritable));
  } catch (error) {
    const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
    throw errors.find(isReadOnly) ?? errors[0];
  }
}

async function requireWritable(url: string): Promise<string> {
  const client = singleClient(url, 'chatkit-search', {
    connectionTimeoutMillis: TIMEOUT,
    query_timeout: TIMEOUT,
  });
  try {
    await client.connect();
    await requireWrites(client);
    return url;
  } finally {
    await client.end().catch(() => undefined);
  }
}
