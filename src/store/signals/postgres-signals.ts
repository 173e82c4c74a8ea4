import type { Client } from 'pg';
import { backoff } from '../../common/backoff.js';
import type { Clock } from '../../common/clock.js';
import { checkSignal, Listeners } from '../../common/signals/listeners.js';
import type { SignalHindrance, SignalListener, Signals } from '../../common/signals/signals.port.js';
import type { StoreLogger } from '../availability/store-logger.js';
import type { DatabaseSource } from '../availability/database-source.js';
import { messageOf } from '../connection/connection-errors.js';
import { singleClient } from '../connection/single-client.js';
import { quoted } from '../schema/names.js';
import { NoEchoError, requireEcho } from './require-echo.js';
import { SignalSeal } from './signal-seal.js';

export interface SignalOptions {
  /** Where to listen: a server, not a pool of connections that gives them to others between transactions. */
  readonly source: DatabaseSource;
  /** What the names of channels begin with: services on one database are told apart by it. */
  readonly prefix: string;
  readonly connectTimeout: number;
  /** What all who belong together seal by; asked for each connection. */
  readonly key: () => Promise<Buffer>;
  readonly clock: Clock;
  readonly logger: StoreLogger;
}

/** Messages that may wait to be sent. */
const MOST_WAITING = 1000;
/** Milliseconds from one look at the connection to the next, and for what is asked on it. */
const LOOK_INTERVAL = 10_000;
const QUERY_TIMEOUT = 5000;
/** Which process of the database serves the connection, and the seconds of its clock. */
const SESSION = `SELECT pg_backend_pid() AS pid, floor(extract(epoch FROM clock_timestamp()))::float8 AS now`;

interface Session {
  readonly pid: number;
  readonly now: number;
}

/** A connection that is up. */
interface Line {
  readonly client: Client;
  readonly seal: SignalSeal;
}

/**
 * Signals by LISTEN and NOTIFY, on one connection of its own, which is made again whenever it is lost. Nothing waits for
 * it: without it the process knows its own alone.
 */
export class PostgresSignals implements Signals {
  readonly #listeners = new Listeners();
  readonly #onConnected = new Set<() => void>();
  readonly #closing = new AbortController();
  #line: Line | undefined;
  #hindrance: SignalHindrance | undefined;
  #work: Promise<void> | undefined;
  #waiting = 0;

  constructor(private readonly options: SignalOptions) {}

  get isConnected(): boolean {
    return this.#line !== undefined;
  }

  get hindrance(): SignalHindrance | undefined {
    return this.isConnected ? undefined : (this.#hindrance ?? 'unreachable');
  }

  /** Begins to connect, and returns at once. */
  start(): void {
    this.#work ??= this.#keepUp();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  async publish(topic: string, message: string): Promise<boolean> {
    checkSignal(message);
    const line = this.#line;
    if (line === undefined || this.#waiting >= MOST_WAITING) return false;
    this.#waiting += 1;
    try {
      const sealed = line.seal.seal(topic, message);
      await line.client.query('SELECT pg_notify($1, $2)', [this.#channel(topic), sealed]);
      return true;
    } catch {
      return false;
    } finally {
      this.#waiting -= 1;
    }
  }

  subscribe(topic: string, listener: SignalListener): () => void {
    if (this.#listeners.add(topic, listener)) this.#ask(`LISTEN ${quoted(this.#channel(topic))}`);
    return () => {
      if (this.#listeners.remove(topic, listener)) this.#ask(`UNLISTEN ${quoted(this.#channel(topic))}`);
    };
  }

  onConnected(listener: () => void): () => void {
    this.#onConnected.add(listener);
    if (this.isConnected) listener();
    return () => void this.#onConnected.delete(listener);
  }

  async #keepUp(): Promise<void> {
    const { clock, logger } = this.options;
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.#serve(() => (failures = 0));
      } catch (error) {
        this.#hindrance = error instanceof NoEchoError ? 'pooled' : undefined;
        if (failures === 0 && !signal.aborted) {
          logger.warn(`Other replicas cannot be told of answers: ${messageOf(error)}`);
        }
      }
      await clock.sleep(backoff(failures, clock), signal);
    }
  }

  /** Connects, and stays until the connection is lost or all is to end. */
  async #serve(onUp: () => void): Promise<void> {
    const { clock } = this.options;
    const { signal } = this.#closing;
    const client = await this.#newClient();
    const lost = new AbortController();
    client.once('end', () => lost.abort());
    const over = AbortSignal.any([signal, lost.signal]);
    const cut = (): void => void client.connection.stream.destroy();
    signal.addEventListener('abort', cut, { once: true });
    try {
      await client.connect();
      const another = async (): Promise<Client> => {
        const speaker = await this.#newClient();
        await speaker.connect();
        return speaker;
      };
      await requireEcho(client, this.#channel('echo'), { another, clock });
      const seal = await this.#sealFor(client, over);
      client.on('notification', ({ channel, payload = '', processId }) => {
        const topic = channel.slice(this.#channel('').length);
        const message = seal.open(topic, payload, processId);
        if (message !== undefined) this.#listeners.tell(topic, message);
      });
      for (const topic of this.#listeners.topics) {
        await client.query(`LISTEN ${quoted(this.#channel(topic))}`);
      }
      this.#line = { client, seal };
      onUp();
      for (const listener of this.#onConnected) listener();
      while (!over.aborted) {
        await clock.sleep(LOOK_INTERVAL, over);
        if (!over.aborted) seal.now = (await sessionOf(client)).now;
      }
      if (!signal.aborted) throw new Error('the connection was lost');
    } finally {
      this.#line = undefined;
      signal.removeEventListener('abort', cut);
      // one that has fallen silent answers no good-bye
      cut();
    }
  }

  async #sealFor(client: Client, over: AbortSignal): Promise<SignalSeal> {
    const lost = Promise.withResolvers<never>();
    over.throwIfAborted();
    over.addEventListener('abort', () => lost.reject(new Error('the connection was lost')), { once: true });
    const key = await Promise.race([this.options.key(), lost.promise]);
    const { pid, now } = await sessionOf(client);
    return new SignalSeal(key, pid, now);
  }

  async #newClient(): Promise<Client> {
    const { source, connectTimeout } = this.options;
    return singleClient(await source.url(this.#closing.signal), 'chatkit-signals', {
      connectionTimeoutMillis: connectTimeout,
      query_timeout: QUERY_TIMEOUT,
      keepAlive: true,
    });
  }

  /** What fails because the connection is lost is asked again with the next one. */
  #ask(statement: string): void {
    this.#line?.client.query(statement).catch(() => undefined);
  }

  #channel(topic: string): string {
    return `${this.options.prefix}_${topic}`;
  }
}

async function sessionOf(client: Client): Promise<Session> {
  const { rows } = await client.query<Session>(SESSION);
  const [session] = rows;
  if (session === undefined) throw new Error('the database does not say which session it is');
  return session;
}
