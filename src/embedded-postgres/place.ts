import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { canReach, type Account } from './account.js';

/** Where the server's programs and its data are. */
export interface Place {
  readonly binaries: string;
  readonly data: string;
}

/**
 * Finds a place that the server's user can reach. Under a closed home folder it can reach neither the
 * installed programs nor the data folder, so both get a stable place under the temporary folder.
 */
export async function findPlace(
  installed: string,
  data: string,
  account: Account | undefined,
): Promise<Place> {
  const wanted = resolve(data);
  const folder = dirname(wanted);
  await mkdir(folder, { recursive: true });
  if (account === undefined) return { binaries: installed, data: wanted };
  // The folder is ours; passing through it shows nobody what is in it.
  await chmod(folder, (await stat(folder)).mode | 0o011);
  return {
    binaries: (await canReach(installed, account)) ? installed : await copyOf(installed, account),
    data: (await canReach(folder, account)) ? wanted : join(await shelter(wanted, account), 'data'),
  };
}

async function copyOf(installed: string, account: Account): Promise<string> {
  const { mtimeMs, size } = await stat(join(installed, 'bin', 'postgres'));
  const home = await shelter(`${installed}:${mtimeMs}:${size}`, account);
  const target = join(home, 'native');
  if (await exists(target)) return target;
  const partial = join(home, `native.${randomBytes(6).toString('hex')}`);
  await cp(installed, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, target).catch(async (error: unknown) => {
    await rm(partial, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  });
  return target;
}

/** A folder under the temporary folder that nobody but us can have filled. */
async function shelter(key: string, account: Account): Promise<string> {
  const parent = (await canReach(tmpdir(), account)) ? tmpdir() : '/tmp';
  const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const folder = join(parent, `nestjs-chatkit-${name}`);
  await mkdir(folder, { recursive: true });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${folder} belongs to somebody else; remove it, or set CHATKIT_DATABASE_URL`);
  }
  await chmod(folder, 0o755);
  return folder;
}

/** Makes a folder that only the server's user may enter. */
export async function makePrivateFolder(path: string, account: Account | undefined): Promise<void> {
  await mkdir(path, { recursive: true });
  if (account !== undefined) await chown(path, account.uid, account.gid);
  await chmod(path, 0o700);
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
