import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a server says about itself in the lock file of its data folder. */
export interface ServerLock {
  readonly pid: number;
  readonly port: number;
  /** Whether it takes connections. */
  readonly ready: boolean;
}

/** Reads the lock file; undefined when there is none, or none that is complete yet. */
export async function readLock(data: string): Promise<ServerLock | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number.parseInt(lines[3] ?? '', 10) || 0, ready: lines[7] === 'ready' };
}

/**
 * Finds the server that runs on the data folder, if one does. After a reboot or in a new container the
 * process id in a left-over lock file can belong to something else, and PostgreSQL would then refuse to
 * start: such a lock is removed. One whose process is gone is left to PostgreSQL, which also looks for
 * survivors of the old server.
 */
export async function runningServer(data: string): Promise<ServerLock | undefined> {
  const lock = await readLock(data);
  if (lock === undefined || !isKnown(lock.pid)) return undefined;
  if (isAlive(lock.pid) && (await commandOf(lock.pid)).includes(data)) return lock;
  await rm(join(data, 'postmaster.pid'), { force: true });
  return undefined;
}

/** Whether a process of that id runs, be it ours or not. One that ended but was never waited for does not. */
export function isAlive(pid: number): boolean {
  return pid > 0 && isKnown(pid) && !isZombie(pid);
}

function isKnown(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isZombie(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function commandOf(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return stdout;
  }
}
