import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.js';
import { endWithUs } from './end-with-us.js';
import { isAlive } from './lock-file.js';
import { exists, makePrivateFolder, type Place } from './place.js';

const run = promisify(execFile);

const IN_WORK = '.init-';

/** The server must not inherit settings for other databases (PGDATA, PGOPTIONS and the like). */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export interface NewCluster {
  readonly user: string;
  readonly password: string;
  /** False for throw-away clusters: nothing is forced to the disk. */
  readonly durable: boolean;
  /** Gives up making it. */
  readonly signal: AbortSignal | undefined;
}

/** Folders in which this process is making one. */
const inWork = new Set<string>();

/**
 * Makes the data folder unless it is there. It appears under its name only when complete, so a start that
 * was cut off, or two at once, leave no half-made one behind. What a killed start left of it is removed.
 */
export async function initialise(
  { binaries, data }: Place,
  account: Account | undefined,
  cluster: NewCluster,
): Promise<void> {
  await removeAbandoned(data);
  if (await exists(join(data, 'PG_VERSION'))) return;
  cluster.signal?.throwIfAborted();
  const workshop = await mkdtemp(`${data}${IN_WORK}${process.pid}-`);
  inWork.add(workshop);
  try {
    const made = join(workshop, 'data');
    await makePrivateFolder(workshop, account);
    await runInitdb(join(binaries, 'bin', 'initdb'), { workshop, made }, account, cluster);
    await rename(made, data).catch(async (error: unknown) => {
      if (!(await exists(join(data, 'PG_VERSION')))) throw error;
    });
  } finally {
    await rm(workshop, { recursive: true, force: true });
    inWork.delete(workshop);
  }
}

async function runInitdb(
  program: string,
  { workshop, made }: { readonly workshop: string; readonly made: string },
  account: Account | undefined,
  { user, password, durable, signal }: NewCluster,
): Promise<void> {
  const passwordFile = join(workshop, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
  const options = [
    `--pgdata=${made}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...(durable ? [] : ['--no-sync']),
  ];
  const running = run(program, options, { ...account, cwd: workshop, env: SERVER_ENVIRONMENT });
  const { pid } = running.child;
  const letGo = pid === undefined ? undefined : endWithUs(pid);
  const giveUp = (): void => void running.child.kill();
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted === true) giveUp();
  try {
    await running;
  } finally {
    signal?.removeEventListener('abort', giveUp);
    letGo?.();
  }
}

/** Removes what starts have begun that were killed; it holds the password. */
async function removeAbandoned(data: string): Promise<void> {
  const prefix = `${basename(data)}${IN_WORK}`;
  for (const name of await readdir(dirname(data))) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(dirname(data), name);
    const maker = Number.parseInt(name.slice(prefix.length), 10);
    const isOurs = maker === process.pid;
    if (isOurs ? inWork.has(folder) : isAlive(maker)) continue;
    // what was killed a moment ago may still be writing
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}
