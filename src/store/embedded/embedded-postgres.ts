import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { serverAccount, type Account } from './account.js';
import { installedBinaries } from './binaries.js';
import { keptCredentials, type Credentials } from './credentials.js';
import { freePort } from './free-port.js';
import { initialise } from './initialise.js';
import { isAlive, runningServer } from './lock-file.js';
import { findPlace, type Place } from './place.js';
import { onProcessEnd } from './process-end.js';
import { sendSignal, startServer, stopServer } from './server-process.js';

export interface EmbeddedPostgresOptions {
  /** Folder that holds everything: the data in `postgres`, credentials and messages beside it. */
  readonly directory: string;
  /** False for throw-away clusters: faster, but a power cut ruins the data. Default true. */
  readonly durable?: boolean;
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
  #server: { readonly pid: number; readonly url: string; readonly unwatch: () => void } | undefined;
  #starting: Promise<string> | undefined;
  #lastPort = 0;

  constructor({ directory, durable = true }: EmbeddedPostgresOptions) {
    const file = (name: string): string => join(resolve(directory), name);
    this.#files = {
      data: file('postgres'),
      credentials: file('postgres.json'),
      owner: file('postgres.owner'),
      log: file('postgres.log'),
    };
    this.#durable = durable;
  }

  /**
   * Starts the server unless it runs, and says where it is. A server that an earlier, killed run left
   * behind is taken over; one that another running process started is shared and not stopped by us.
   */
  async ensureRunning(): Promise<string> {
    if (this.#server !== undefined && isAlive(this.#server.pid)) return this.#server.url;
    this.#starting ??= this.#start().finally(() => (this.#starting = undefined));
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

  async #start(): Promise<string> {
    this.#server?.unwatch();
    this.#server = undefined;
    const account = await serverAccount();
    const place = await findPlace(installedBinaries(), this.#files.data, account);
    const credentials = await keptCredentials(this.#files.credentials);
    await initialise(place, account, { ...credentials, durable: this.#durable });
    await refuseOtherVersion(place);
    const { pid, port } = await this.#startOrTakeOver(place, account);
    this.#lastPort = port;
    const url = urlOf(credentials, port);
    const unwatch = onProcessEnd(() => sendSignal(pid, 'SIGINT'));
    if (!(await this.#isOurs())) unwatch();
    this.#server = { pid, url, unwatch };
    return url;
  }

  async #startOrTakeOver(
    place: Place,
    account: Account | undefined,
  ): Promise<{ readonly pid: number; readonly port: number }> {
    for (let attempt = 1; ; attempt += 1) {
      const running = await runningServer(place.data);
      if (running?.ready === true) {
        if (!isAlive(await this.#owner())) await this.#own();
        return running;
      }
      const port = await freePort(this.#lastPort);
      const options = { port, durable: this.#durable, logFile: this.#files.log };
      try {
        const child = await startServer(place, account, options);
        await this.#own();
        return { pid: child.pid ?? 0, port };
      } catch (error) {
        // Another start may have won the race for the data folder or for the port.
        if (attempt >= START_ATTEMPTS) throw error;
      }
    }
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
