import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { serverAccount, type Account } from './account.js';
import { installedBinaries } from './binaries.js';
import { keptCredentials, type Credentials } from './credentials.js';
import { freePort } from './free-port.js';
import { initialise } from './initialise.js';
import { endWithUs } from './end-with-us.js';
import { isAlive, runningServer, type ServerLock } from './lock-file.js';
import { findPlace, type Place } from './place.js';
import { settledServer, startServer, stopServer, type WatchedServer } from './server-process.js';

export interface EmbeddedPostgresOptions {
  /** Folder that holds everything: the data in `postgres`, credentials and messages beside it. */
  readonly directory: string;
  /** False for throw-away clusters: faster, but a power cut ruins the data. Default true. */
  readonly durable?: boolean;
  /** Where it listens, unless somebody else does. Default: any port that is free */
  readonly port?: number;
}

interface Running extends WatchedServer {
  readonly port: number;
}

const DATABASE = 'postgres';
const START_ATTEMPTS = 3;

/**
 * A PostgreSQL of the application's own, from npm. Its data stay between starts. It listens on the loopback
 * interface alone, on a free port, and asks for a random password that only our user can read.
 */
export class EmbeddedPostgres {
  readonly #files: {
    readonly data: string;
    readonly credentials: string;
    readonly owner: string;
    readonly log: string;
  };
  readonly #durable: boolean;
  #server: (WatchedServer & { readonly url: string }) | undefined;
  #starting: Promise<string> | undefined;
  #lastPort: number;

  constructor({ directory, durable = true, port = 0 }: EmbeddedPostgresOptions) {
    const file = (name: string): string => join(resolve(directory), name);
    this.#files = {
      data: file('postgres'),
      credentials: file('postgres.json'),
      owner: file('postgres.owner'),
      log: file('postgres.log'),
    };
    this.#durable = durable;
    this.#lastPort = port;
  }

  /**
   * Starts the server unless it runs, and says where it is. It ends with this process, however that ends;
   * one that was left behind nevertheless is taken over, and one that another running process started is
   * shared and not stopped by us.
   *
   * @param signal gives up starting it
   */
  async ensureRunning(signal?: AbortSignal): Promise<string> {
    if (this.#server !== undefined && isAlive(this.#server.pid)) return this.#server.url;
    this.#starting ??= this.#start(signal).finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  /** Stops the server if it is ours to stop, and waits until it is gone. */
  async stop(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.unwatch();
    if (await this.#isOurs()) await stopServer(server.pid);
  }

  async #start(signal: AbortSignal | undefined): Promise<string> {
    this.#server?.unwatch();
    this.#server = undefined;
    const account = await serverAccount();
    const place = await findPlace(installedBinaries(), this.#files.data, account);
    const credentials = await keptCredentials(this.#files.credentials);
    await initialise(place, account, { ...credentials, durable: this.#durable, signal });
    await refuseOtherVersion(place);
    const { port, ...server } = await this.#startOrJoin(place, account, signal);
    this.#lastPort = port;
    const url = urlOf(credentials, port);
    this.#server = { ...server, url };
    return url;
  }

  async #startOrJoin(
    place: Place,
    account: Account | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Running> {
    for (let attempt = 1; ; attempt += 1) {
      const running = await settledServer(place.data, signal);
      if (running !== undefined) return this.#join(running);
      const port = await freePort(this.#lastPort);
      try {
        const options = { port, durable: this.#durable, logFile: this.#files.log, signal };
        const server = await startServer(place, account, options);
        await this.#own();
        return { ...server, port };
      } catch (error) {
        // Another start may have won the race for the data folder or for the port.
        if (attempt >= START_ATTEMPTS || signal?.aborted === true) throw error;
      }
    }
  }

  async #join({ pid, port }: ServerLock): Promise<Running> {
    if (!isAlive(await this.#owner())) await this.#own();
    return { pid, port, unwatch: (await this.#isOurs()) ? endWithUs(pid) : () => undefined };
  }

  async #own(): Promise<void> {
    await writeFile(this.#files.owner, String(process.pid));
  }

  async #owner(): Promise<number> {
    return Number.parseInt(await readFile(this.#files.owner, 'utf8').catch(() => ''), 10) || 0;
  }

  async #isOurs(): Promise<boolean> {
    return (await this.#owner()) === process.pid;
  }
}

function urlOf({ user, password }: Credentials, port: number): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

async function refuseOtherVersion({ binaries, data }: Place): Promise<void> {
  const kept = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  const config = await readFile(join(binaries, 'share', 'postgresql', 'postgres.bki'), 'utf8').catch(
    () => '',
  );
  const installed = /^# PostgreSQL (\d+)/.exec(config)?.[1];
  if (installed === undefined || installed === kept) return;
  throw new Error(
    `${dirname(data)} holds data of PostgreSQL ${kept}, but ${installed} is installed: move the folder away`,
  );
}

/**
 * Address of the embedded database that an application runs right now.
 *
 * @throws Error when none runs there
 */
export async function databaseForTools(directory: string): Promise<string> {
  const file = (name: string): string => join(resolve(directory), name);
  const installed = installedBinaries();
  const { data } = await findPlace(installed, file('postgres'), await serverAccount());
  const running = await runningServer(data);
  if (running === undefined) {
    throw new Error('There is no database: set CHATKIT_DATABASE_URL, or start the application first');
  }
  return urlOf(await keptCredentials(file('postgres.json')), running.port);
}
