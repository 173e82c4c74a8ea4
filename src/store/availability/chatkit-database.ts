import type { PoolClient } from 'pg';
import type { TenantScope } from '../../chatkit/core/store/scope.js';
import {
  asUnavailable,
  causeOf,
  isPoolBusy,
  messageOf,
  unavailable,
} from '../connection/connection-errors.js';
import { ConnectionPool, probe, type PoolFigures } from '../connection/connection-pool.js';
import { bringUpToDate } from '../connection/migrator.js';
import { SERVICE } from '../connection/service-scope.js';
import { boundRoleOf, LOGIN_ROLE } from '../schema/names.js';
import { observed } from '../../common/observer/observed.js';
import { backoff } from '../../common/backoff.js';
import type { DatabaseOptions } from './database-options.js';
import type { DatabaseSource } from './database-source.js';
import { ObservableState, type DatabaseState, type StateListener } from './database-state.js';
import { reasonOf } from './down-reason.js';
import { Impairments, type Impairment } from './impairments.js';

/** Run on each new connection at start, so that the first requests find their statements prepared. */
export type WarmUp = (client: PoolClient) => Promise<unknown>;

const CLOSE_TIMEOUT = 3000;
const NO_CONNECTIONS: PoolFigures = { total: 0, idle: 0, waiting: 0 };

/**
 * Keeps the database connected: brings it up in the background, notices when it goes away, and brings it up
 * again. While it is not up, whoever wants a connection is refused at once.
 */
export class ChatKitDatabase {
  readonly #state: ObservableState;
  readonly #closing = new AbortController();
  #pool: ConnectionPool | undefined;
  #poolUrl: string | undefined;
  #migrationUrl: string | undefined;
  #role: string;
  #work: Promise<void> | undefined;
  #suspicion: Promise<void> | undefined;
  readonly #impairments: Impairments;

  constructor(private readonly options: DatabaseOptions) {
    this.#role = boundRoleOf(options.schema);
    this.#impairments = new Impairments(options.probeTimeout, options.logger);
    this.#state = new ObservableState(
      options.source === undefined
        ? { status: 'disabled', reason: 'not_configured' }
        : { status: 'connecting' },
      () => options.clock.now(),
    );
  }

  /** What is run on new connections at start; the unit of work sets it. */
  warmUp: WarmUp = () => Promise.resolve();

  get state(): DatabaseState {
    return this.#state.current;
  }

  /** What keeps a database that is up from serving, as it was when it was last looked at. */
  get impairment(): Impairment | undefined {
    return this.#impairments.current;
  }

  /** Connections of the pool; all zero while there is none. */
  get figures(): PoolFigures {
    return this.#pool?.figures ?? NO_CONNECTIONS;
  }

  /** The role that statements run under. */
  get role(): string {
    return this.#role;
  }

  /** Address to migrate by as it is now, for tenants' schemas. */
  get url(): string {
    if (this.#migrationUrl === undefined) throw unavailable();
    return this.#migrationUrl;
  }

  /** Tells of every change of the state. @returns stops telling */
  onChange(listener: StateListener): () => void {
    return this.#state.subscribe(listener);
  }

  /** Begins to connect, and returns at once: an application starts whether or not its database is there. */
  start(): void {
    this.options.features.complete();
    if (this.options.source === undefined || this.#work !== undefined) return;
    this.#work = this.#keepUp(this.options.source);
  }

  /** Resolves once the database is up. @throws UnavailableError when it is disabled or closed before */
  async whenUp(): Promise<void> {
    if (this.state.status === 'up') return;
    await new Promise<void>((resolve, reject) => {
      const look = ({ status, ...state }: DatabaseState): void => {
        const closed = 'reason' in state && state.reason === 'closed';
        if (status !== 'up' && status !== 'disabled' && !closed) return;
        stop();
        if (status === 'up') resolve();
        else reject(unavailable());
      };
      const stop = this.onChange(look);
      look(this.state);
    });
  }

  /**
   * A connection, for the unit of work alone, which `owner` waits for. Give it back with release().
   *
   * @throws UnavailableError at once while the database is not up or too many wait
   */
  async acquire(owner: TenantScope): Promise<PoolClient> {
    const pool = this.#pool;
    if (pool === undefined || this.state.status !== 'up') throw unavailable();
    const { observer } = this.options;
    const acquire = (): Promise<PoolClient> => pool.acquire(owner);
    try {
      return await (observer?.areThere === true
        ? observed(acquire, (end) => observer.connectionAwaited(end))
        : acquire());
    } catch (error) {
      this.#lostIfGone(error);
      throw asUnavailable(error);
    }
  }

  /** A connection was lost; finds out whether the server was, too. */
  checkConnection(): void {
    const pool = this.#pool;
    if (pool === undefined || this.state.status !== 'up') return;
    this.#suspicion ??= this.#examine(pool).finally(() => (this.#suspicion = undefined));
  }

  /** Stops everything: waits for connections in use, then stops the server where it is ours. */
  async close(): Promise<void> {
    if (this.options.source === undefined) return;
    this.#closing.abort();
    this.#state.become({ status: 'down', reason: 'closed' });
    await this.#patiently(this.#work);
    await this.#patiently(this.#suspicion);
    await this.#dropPool();
    await this.options.source.close();
  }

  /** Waits, but not for ever: a server that has fallen silent answers no good-bye either. */
  async #patiently(task: Promise<unknown> | undefined): Promise<void> {
    const enough = new AbortController();
    await Promise.race([task, this.options.clock.sleep(CLOSE_TIMEOUT, enough.signal)]);
    enough.abort();
  }

  async #keepUp(source: DatabaseSource): Promise<void> {
    const { clock } = this.options;
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.#bringUp(source);
        failures = 0;
        await this.#watch();
      } catch (error) {
        if (signal.aborted) return;
        const reason = reasonOf(causeOf(error)) ?? 'refused';
        if (failures === 0) this.options.logger.warn(`The chat database is ${reason}: ${messageOf(error)}`);
        this.#state.become({ status: 'down', reason });
        // its connections know of statements what may not be so
        if (reason === 'misconfigured') await this.#dropPool();
        await clock.sleep(backoff(failures, clock), signal);
        failures += 1;
      }
    }
  }

  async #bringUp(source: DatabaseSource): Promise<void> {
    const url = await source.url(this.#closing.signal);
    const migrationUrl = (await this.options.migrationSource?.url(this.#closing.signal)) ?? url;
    const role = await this.#migrate(migrationUrl);
    if (url !== this.#poolUrl || role !== this.#role) await this.#dropPool();
    this.#take(role);
    this.#pool ??= await ConnectionPool.open(url, { ...this.options, role }, () => this.checkConnection());
    this.#poolUrl = url;
    this.#migrationUrl = migrationUrl;
    await this.#pool.warmUp(probe);
    this.#impairments.isPoolBusy = false;
    await this.#pool.warmUp((client) => this.warmUp(client));
    await this.#tryWrite(this.#pool);
    if (this.#closing.signal.aborted) return;
    this.#become('up');
    this.options.logger.log('The chat database is up');
  }

  /** While nobody else uses the pool, one of its connections will do. */
  async #tryWrite(pool: ConnectionPool): Promise<void> {
    const client = await pool.acquire(SERVICE);
    try {
      await this.#impairments.probeOn(client, this.#closing.signal);
    } finally {
      client.release();
    }
  }

  /** @returns the role that statements run under */
  #migrate(url: string): Promise<string> {
    const { schema, isolation, servingLogin, connectTimeout, features, mayMigrate, observer, logger } =
      this.options;
    const loginMayServe = isolation === 'row' && servingLogin === undefined;
    const migrating = { connectTimeout, features, mayMigrate, servingLogin, loginMayServe, logger };
    let count = 0;
    const onPending = (pending: number): void => {
      count = pending;
      this.#become('migrating');
    };
    return observed(
      () => bringUpToDate(url, schema, migrating, onPending),
      (end) => {
        const done = end.outcome === 'completed' ? { count } : {};
        if (count > 0) observer?.maintained({ task: 'migration', ...end, ...done });
      },
    );
  }

  #take(role: string): void {
    if (role === LOGIN_ROLE && role !== this.#role) {
      this.options.logger.warn(
        'The database login may not make a role: row-level security binds the login itself, as owner of the tables',
      );
    }
    this.#role = role;
  }

  /** Probes from time to time, until the database is no longer up. */
  async #watch(): Promise<void> {
    while (this.state.status === 'up') {
      const change = new AbortController();
      const stop = this.onChange(() => change.abort());
      await this.options.clock.sleep(this.options.probeInterval, change.signal);
      stop();
      this.checkConnection();
      const url = this.#poolUrl;
      if (this.state.status === 'up' && url !== undefined) {
        await this.#impairments.probe(url, this.#closing.signal);
      }
      await this.#suspicion;
    }
  }

  async #examine(pool: ConnectionPool): Promise<void> {
    try {
      await pool.warmUp(probe);
      this.#impairments.isPoolBusy = false;
    } catch (error) {
      // all that time no connection has become free, which is more than having much to do
      if (isPoolBusy(error)) this.#impairments.isPoolBusy = true;
      this.#lostIfGone(error);
    }
  }

  /** A pool that is merely busy says nothing about the server. */
  #lostIfGone(error: unknown): void {
    const reason = reasonOf(causeOf(error));
    if (this.state.status !== 'up' || reason === undefined) return;
    this.options.logger.warn(`The chat database is gone: ${messageOf(error)}`);
    this.#state.become({ status: 'down', reason });
  }

  #become(status: 'migrating' | 'up'): void {
    if (!this.#closing.signal.aborted) this.#state.become({ status });
  }

  async #dropPool(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    this.#poolUrl = undefined;
    this.#migrationUrl = undefined;
    await this.#patiently(pool?.close());
  }
}
