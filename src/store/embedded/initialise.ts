import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.js';
import { exists, makePrivateFolder, type Place } from './place.js';

const run = promisify(execFile);

/** The server must not inherit settings for other databases (PGDATA, PGOPTIONS and the like). */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export interface NewCluster {
  readonly user: string;
  readonly password: string;
  /** False for throw-away clusters: nothing is forced to the disk. */
  readonly durable: boolean;
}

/**
 * Makes the data folder unless it is there. It appears under its name only when complete, so a start that
 * was cut off, or two at once, leave no half-made one behind.
 */
export async function initialise(
  { binaries, data }: Place,
  account: Account | undefined,
  { user, password, durable }: NewCluster,
): Promise<void> {
  if (await exists(join(data, 'PG_VERSION'))) return;
  const partial = `${data}.${randomBytes(6).toString('hex')}`;
  const secrets = await mkdtemp(`${data}.init-`);
  try {
    const passwordFile = join(secrets, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account !== undefined) {
      await chown(secrets, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await makePrivateFolder(partial, account);
    const options = [
      `--pgdata=${partial}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      ...(durable ? [] : ['--no-sync']),
    ];
    const program = join(binaries, 'bin', 'initdb');
    await run(program, options, { ...account, cwd: secrets, env: SERVER_ENVIRONMENT });
    await rename(partial, data).catch(async (error: unknown) => {
      if (!(await exists(join(data, 'PG_VERSION')))) throw error;
    });
  } finally {
    await Promise.all([secrets, partial].map((path) => rm(path, { recursive: true, force: true })));
  }
}
