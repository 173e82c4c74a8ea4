import { Client, type ClientConfig } from 'pg';

/**
 * A connection beside the pool, which whoever asks for it opens and ends.
 *
 * @param name what the server calls it
 */
export function singleClient(
  url: string,
  name: string,
  config: Pick<ClientConfig, 'connectionTimeoutMillis' | 'keepAlive' | 'query_timeout'> = {},
): Client {
  const client = new Client({ connectionString: url, application_name: name, ...config });
  // A loss rejects the statement under way as well; without a listener it would end the process.
  client.on('error', () => undefined);
  return client;
}
