import { writableHost } from '../connection/writable-host.js';
import { EmbeddedPostgres } from '../../embedded-postgres/embedded-postgres.js';

/** Where the database is. */
export interface DatabaseSource {
  /**
   * Address to connect to; starts the server where it is ours. May change from one call to the next.
   *
   * @param signal gives up starting it
   */
  url(signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** A database that others run; where the URL names several hosts, the one that takes writes. */
export function externalDatabase(url: string): DatabaseSource {
  return { url: () => writableHost(url), close: () => Promise.resolve() };
}

/** A database that we run ourselves. */
export function embeddedDatabase(directory: string): DatabaseSource {
  const server = new EmbeddedPostgres({ directory });
  return { url: (signal) => server.ensureRunning(signal), close: () => server.stop() };
}
