import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A user of the operating system. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const OWN_ACCOUNT = 'chatkit-postgres';

/**
 * Who the database server runs as: PostgreSQL refuses to be root, so root needs another user for it, one
 * that is there or one made for it.
 *
 * @returns undefined when the server can run as whoever runs this process
 */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (account ??= findOrMake().catch((error: unknown) => {
    account = undefined;
    throw error;
  }));
}

/** Looked for once: each look is a process. */
let account: Promise<Account> | undefined;

async function findOrMake(): Promise<Account> {
  const known = (await find('postgres')) ?? (await find(OWN_ACCOUNT));
  if (known !== undefined) return known;
  await create();
  const made = (await find(OWN_ACCOUNT)) ?? (await find('nobody'));
  if (made !== undefined) return made;
  throw new Error('PostgreSQL does not run as root, and there is no other user it could run as');
}

async function find(name: string): Promise<Account | undefined> {
  const { stdout } = await run('id', [name]).catch(() => ({ stdout: '' }));
  const [uid, gid] = ['uid', 'gid'].map((key) => new RegExp(`\\b${key}=(\\d+)`).exec(stdout)?.[1]);
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

async function create(): Promise<void> {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false'];
  await run('useradd', [...options, OWN_ACCOUNT]).catch(() => undefined);
}

/** Whether the account may pass every folder on the way to `path`, and may enter `path` if it is one. */
export async function canReach(path: string, account: Account): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { uid, gid, mode } = await stat(folder);
    const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
    if ((bits & 0o1) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
