import { DataSource } from 'typeorm';
import type { Pool, PoolClient } from 'pg';
import type { TenantScope } from '../../chatkit/core/store/scope.js';
import { FairTurns } from '../../common/fair-turns.js';
import type { Clock } from '../../common/clock.js';
import { connectionTurns } from './connection-turns.js';
import { LastAsked } from '../../common/last-asked.js';
import { SERVICE } from './service-scope.js';
import { dataSourceOptions } from './data-source.js';
import { causeOf, isConnectionLoss, isCut, unavailable } from './connection-errors.js';
import { requireWrites } from './require-writes.js';
import { checkPooler, prepareWithoutNames, setSession } from './pooler.js';

/** Limits on the pool and on what runs through it; times in milliseconds. */
export interface PoolOptions {
  readonly schema: string;
  /** What the connections run under. */
  readonly role: string;
  readonly poolMin: number;
  readonly poolMax: number;
  readonly poolQueueMax: number;
  readonly connectTimeout: number;
  readonly idleTimeout: number;
  /** Whether each connection keeps statements by their names. */
  readonly preparedStatements: boolean;
  readonly clock: Pick<Clock, 'now'>;
}

/** How many connections there are, how many of them nobody uses, and how many callers wait for one. */
export interface PoolFigures {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/** A connection that has not been used for this long is asked whether it is alive before it is used. */
const STALE_AFTER = 10_000;
const CONNECT_ATTEMPTS = 3;
const PROBE_TIMEOUT = 1000;
const KEEP_ALIVE_DELAY = 5000;

/**
 * TypeORM's pool. From the first moment its connections run under the role that row-level
 * security binds, so that a query which bypasses the unit of work finds no rows, whoever signed in. Where another pool
 * stands between, its sessions are others', too: there the unit of work alone sets the role, for each transaction.
 */
export class ConnectionPool {
  readonly #lastUsed = new WeakMap<PoolClient, number>();
  readonly #turns: FairTurns;
  readonly #asked: LastAsked;

  private constructor(
    private readonly dataSource: DataSource,
    private readonly pool: Pool,
    private readonly options: PoolOptions,
  ) {
    this.#asked = new LastAsked(options.clock);
    this.#turns = new FairTurns(connectionTurns(options, this.#asked));
  }

  /** Opens the pool and its first connection. `onLoss` hears of idle connections that die. */
  static async open(
    url: string,
    options: PoolOptions,
    onLoss: (error: Error) => void,
  ): Promise<ConnectionPool> {
    const dataSource = new DataSource({
      ...dataSourceOptions(url, options.schema),
      applicationName: 'chatkit',
      connectTimeoutMS: options.connectTimeout,
      poolSize: options.poolMax,
      poolErrorHandler: onLoss,
      extra: {
        min: options.poolMin,
        idleTimeoutMillis: options.idleTimeout,
        keepAlive: true,
        keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY,
        onConnect: (client: PoolClient) => bindSession(client, options),
      },
    });
    await dataSource.initialize();
    const { master } = dataSource.driver as unknown as { readonly master: Pool };
    return new ConnectionPool(dataSource, master, options);
  }

  get figures(): PoolFigures {
    const { totalCount, idleCount, waitingCount } = this.pool;
    return { total: totalCount, idle: idleCount, waiting: waitingCount + this.#turns.waiting };
  }

  /**
   * A connection that was alive a moment ago, when it is the owner's turn. Give it back with release().
   *
   * @throws UnavailableError when too many wait already, of all or of the same owner, or none becomes free in time
   */
  async acquire(owner: TenantScope): Promise<PoolClient> {
    if (owner.tenantId !== SERVICE.tenantId) this.#asked.note(owner.tenantId);
    const leave = this.#turns.enter(owner) ?? (await this.#turn(owner));
    try {
      return whenReleased(await this.#alive(), leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #turn(owner: TenantScope): Promise<() => void> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(unavailable()), this.options.connectTimeout);
    try {
      return await this.#turns.wait(owner, patience.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async #alive(): Promise<PoolClient> {
    for (;;) {
      const client = await this.#checkOut();
      const now = this.options.clock.now();
      const lastUsed = this.#lastUsed.get(client) ?? now;
      this.#lastUsed.set(client, now);
      if (now - lastUsed < STALE_AFTER || (await isAlive(client))) return client;
      client.release(true);
    }
  }

  /**
   * Opens connections up to the minimum and runs `check` on each, so that the first callers wait for none.
   * Connections that fail it are replaced; when a replacement fails too, it is the server's fault.
   */
  async warmUp(check: (client: PoolClient) => Promise<unknown>): Promise<void> {
    const count = Math.max(1, this.options.poolMin);
    const outcomes = await Promise.allSettled(Array.from({ length: count }, () => this.#checked(check)));
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') outcome.value.release();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** Takes an idle connection or opens one; one that is cut while it opens gets another chance. */
  async #checkOut(): Promise<PoolClient> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.pool.connect();
      } catch (error) {
        if (!isCut(error) || attempt >= CONNECT_ATTEMPTS) throw error;
      }
    }
  }

  async #checked(check: (client: PoolClient) => Promise<unknown>): Promise<PoolClient> {
    for (let attempt = 0; ; attempt += 1) {
      const client = await this.#checkOut();
      try {
        await check(client);
        this.#lastUsed.set(client, this.options.clock.now());
        return client;
      } catch (error) {
        client.release(true);
        if (!isConnectionLoss(causeOf(error)) || attempt > this.options.poolMax) throw error;
      }
    }
  }

  /** Closes every connection once it is given back. */
  async close(): Promise<void> {
    await this.dataSource.destroy();
  }
}

/** Has `then` called when the connection is given back, which is once. */
function whenReleased(client: PoolClient, then: () => void): PoolClient {
  const release = client.release.bind(client);
  client.release = (error) => {
    release(error);
    then();
  };
  return client;
}

const pooled = new WeakSet<PoolClient>();

/**
 * Fails when the server does not answer within a second, or takes no writes.
 *
 * @throws PoolerError when the pool before it has been set up otherwise than is counted on
 */
export async function probe(client: PoolClient): Promise<void> {
  const timer = setTimeout(() => client.connection.stream.destroy(), PROBE_TIMEOUT);
  try {
    await requireWrites(client);
    if (pooled.has(client)) await checkPooler(client);
  } finally {
    clearTimeout(timer);
  }
}

async function isAlive(client: PoolClient): Promise<boolean> {
  return probe(client).then(
    () => true,
    () => false,
  );
}

async function bindSession(client: PoolClient, options: PoolOptions): Promise<void> {
  // A loss rejects the statements under way as well; without a listener it would end the process.
  client.on('error', () => undefined);
  const settings = {
    role: options.role,
    search_path: `${options.schema}, pg_temp`,
    default_transaction_isolation: 'read committed',
  };
  if (!options.preparedStatements) prepareWithoutNames(client.connection);
  // the pool's own limit ends with the log-in; a server that falls silent after it must not keep the place
  const timer = setTimeout(() => client.connection.stream.destroy(), options.connectTimeout);
  try {
    if (await setSession(client, settings)) return;
    pooled.add(client);
    await checkPooler(client);
  } finally {
    clearTimeout(timer);
  }
}
