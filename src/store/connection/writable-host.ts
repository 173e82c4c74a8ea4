import { Client } from 'pg';
import { hostUrls } from '../../config/postgres-url.js';
import { isReadOnly, ReadOnlyError } from './connection-errors.js';

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
  const client = new Client({
    connectionString: url,
    application_name: 'chatkit-search',
    connectionTimeoutMillis: TIMEOUT,
    query_timeout: TIMEOUT,
  });
  // a loss rejects the statement under way as well
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly readOnly: string }>(
      `SELECT current_setting('transaction_read_only') AS "readOnly"`,
    );
    if (rows[0]?.readOnly !== 'off') throw new ReadOnlyError();
    return url;
  } finally {
    await client.end().catch(() => undefined);
  }
}
