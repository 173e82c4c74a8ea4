import { Pool, type PoolClient } from 'pg';
import { asUnavailable } from '../connection/connection-errors.js';
import { forgetPrepared } from './prepared.js';

/** Where connections lead, and how. */
export interface MaintenanceConnectionOptions {
  /** Address of the database as it is now, with the login that owns the tables. */
  readonly url: () => string;
  /** Milliseconds to wait for the connection. */
  readonly connectTimeout: number;
}

/** A connection, to be given back with `client.release()`. */
export interface MaintenanceConnection {
  readonly client: PoolClient;
  /** Whether a unit of work has used it before: it may have been cut since. */
  readonly isKept: boolean;
}

/** Milliseconds: as long as one unit of work of the same task follows another, and no longer than a loss goes unseen. */
const IDLE_TIMEOUT = 1000;

/**
 * Connections under the login that owns the tables, as many as are asked for at once. One that is given back stays open for
 * a moment, since the maintenance of a tenant is hundreds of units of work in a row.
 */
export class MaintenanceConnections {
  #pool: Pool | undefined;
  #url: string | undefined;
  readonly #used = new WeakSet<PoolClient>();

  constructor(private readonly options: MaintenanceConnectionOptions) {}

  /** @throws UnavailableError when the database is not there */
  async acquire(): Promise<MaintenanceConnection> {
    const url = this.options.url();
    if (url !== this.#url) this.close();
    this.#url = url;
    this.#pool ??= this.#open(url);
    try {
      const client = await this.#pool.connect();
      // by one name, statements of maintenance say another thing of each schema
      forgetPrepared(client.connection);
      const isKept = this.#used.has(client);
      this.#used.add(client);
      return { client, isKept };
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /**
   * Has every connection closed once it is given back, which is not waited for: a server that has fallen silent answers no
   * good-bye. Whoever asks after that gets a new one.
   */
  close(): void {
    void this.#pool?.end();
    this.#pool = undefined;
  }

  #open(url: string): Pool {
    const { connectTimeout } = this.options;
    const pool = new Pool({
      connectionString: url,
      application_name: 'chatkit-maintenance',
      connectionTimeoutMillis: connectTimeout,
      idleTimeoutMillis: IDLE_TIMEOUT,
      keepAlive: true,
      max: Infinity,
      allowExitOnIdle: true,
    });
    // one that is lost while nobody uses it is not used again
    pool.on('error', () => undefined);
    pool.on('connect', (client) => {
      // a loss rejects the statement under way as well; without a listener it would end the process
      client.on('error', () => undefined);
    });
    return pool;
  }
}
