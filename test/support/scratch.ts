import { accessSync, constants, statfsSync } from 'node:fs';
import { chmod, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../src/embedded-postgres/lock-file.js';

const IN_MEMORY = '/dev/shm';
/** Several times what a run takes. */
const ROOM = 2 ** 30;
const PREFIX = 'nestjs-chatkit-test-';

/**
 * A folder for what is thrown away, which the user of a database can pass through; it goes with the run of tests at the
 * latest. It is in memory where there is room enough: making and dropping the files of a hundred databases on a disk keeps
 * the kernel busier than the tests are.
 */
export async function makeScratch(): Promise<string> {
  const parent = process.env['TEST_SCRATCH'];
  return open(parent === undefined ? join(roomiest(), PREFIX) : join(parent, 'scratch-'));
}

/** Has all scratch folders from now on lie in one, which belongs to this process. @returns it */
export async function gatherScratch(): Promise<string> {
  const directory = await open(join(roomiest(), `${PREFIX}${process.pid}-`));
  process.env['TEST_SCRATCH'] = directory;
  return directory;
}

/** The scratch folders that processes have left which are no more, and those within. */
export async function leftScratch(): Promise<
  { readonly whole: string; readonly parts: readonly string[] }[]
> {
  const left = [];
  for (const parent of new Set([tmpdir(), IN_MEMORY])) {
    for (const name of await readdir(parent).catch(() => [])) {
      const owner = name.startsWith(PREFIX) ? /-(\d+)-\w+$/.exec(name)?.[1] : undefined;
      if (owner === undefined || isAlive(Number(owner))) continue;
      const whole = join(parent, name);
      const parts = await readdir(whole).catch(() => []);
      left.push({ whole, parts: parts.map((part) => join(whole, part)) });
    }
  }
  return left;
}

async function open(prefix: string): Promise<string> {
  const directory = await mkdtemp(prefix);
  await chmod(directory, 0o755);
  return directory;
}

function roomiest(): string {
  return hasRoom() ? IN_MEMORY : tmpdir();
}

function hasRoom(): boolean {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return Math.min(bavail * bsize, process.availableMemory()) > ROOM;
  } catch {
    return false;
  }
}
