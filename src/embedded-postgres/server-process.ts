import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.js';
import { endWithUs, sendSignal } from './end-with-us.js';
import { SERVER_ENVIRONMENT } from './initialise.js';
import { isAlive, readLock, runningServer, type ServerLock } from './lock-file.js';
import type { Place } from './place.js';

const POLL = 10;
const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 10_000;
const LOG_TAIL = 2000;

const THROW_AWAY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

export interface ServerOptions {
  readonly port: number;
  readonly durable: boolean;
  /** Where the server writes its messages; emptied at each start. */
  readonly logFile: string;
  /** Gives up starting it. */
  readonly signal: AbortSignal | undefined;
}

/** A server that ends with us. */
export interface WatchedServer {
  readonly pid: number;
  /** Lets go of it. */
  readonly unwatch: () => void;
}

/**
 * Starts the server and waits until it takes connections. It is put in a process group of its own, so that
 * Ctrl-C reaches the application alone, which stops the server once it has no use for it any more.
 */
export async function startServer(
  { binaries, data }: Place,
  account: Account | undefined,
  { port, durable, logFile, signal }: ServerOptions,
): Promise<WatchedServer> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'lc_messages=C',
    ...(durable ? [] : THROW_AWAY),
  ].flatMap((setting) => ['-c', setting]);
  const log = await open(logFile, 'w', 0o600);
  try {
    const child = spawn(join(binaries, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...settings], {
      ...account,
      cwd: data,
      env: SERVER_ENVIRONMENT,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    const { pid = 0 } = child;
    const unwatch = pid === 0 ? () => undefined : endWithUs(pid);
    await untilReady(child, data, { logFile, signal }).catch((error: unknown) => {
      unwatch();
      throw error;
    });
    return { pid, unwatch };
  } finally {
    await log.close();
  }
}

async function untilReady(
  child: ChildProcess,
  data: string,
  { logFile, signal }: Pick<ServerOptions, 'logFile' | 'signal'>,
): Promise<void> {
  const failures: Error[] = [];
  child.once('error', (error) => failures.push(error));
  const deadline = Date.now() + START_TIMEOUT;
  while (failures.length === 0 && child.exitCode === null && child.signalCode === null) {
    const lock = await readLock(data);
    if (lock?.pid === child.pid && lock?.ready === true && signal?.aborted !== true) return;
    if (Date.now() > deadline || signal?.aborted === true) child.kill('SIGINT');
    await sleep(POLL);
  }
  signal?.throwIfAborted();
  const messages = await readFile(logFile, 'utf8').catch(() => '');
  const tail = messages.slice(-LOG_TAIL).toWellFormed();
  throw new Error(`The embedded PostgreSQL did not start:\n${tail}`, { cause: failures[0] });
}

/** The server that takes connections on the data folder, once one that is starting or stopping has done so. */
export async function settledServer(
  data: string,
  signal: AbortSignal | undefined,
): Promise<ServerLock | undefined> {
  const deadline = Date.now() + START_TIMEOUT;
  for (;;) {
    signal?.throwIfAborted();
    const running = await runningServer(data);
    if (running === undefined || running.ready) return running;
    if (Date.now() > deadline) throw new Error(`A server neither starts nor stops: process ${running.pid}`);
    await sleep(POLL);
  }
}

/** Ends a server: connections are cut, everything acknowledged is on disk. */
export async function stopServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    sendSignal(pid, signal);
    const deadline = Date.now() + STOP_TIMEOUT;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return;
      await sleep(POLL);
    }
  }
  throw new Error(`The embedded PostgreSQL (process ${pid}) does not stop`);
}
