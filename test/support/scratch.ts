import { accessSync, constants, statfsSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
/** Several times what a run takes. */
const ROOM = 2 ** 30;
const PREFIX = 'nestjs-chatkit-test-';

/**
 * A folder for what is thrown away, which the user of a database can pass through. It is in memory where there is room
 * enough: making and dropping the files of a hundred databases on a disk keeps the kernel busier than the tests are.
 */
export async function makeScratch(): Promise<string> {
  const directory = await mkdtemp(join(hasRoom() ? IN_MEMORY : tmpdir(), PREFIX));
  await chmod(directory, 0o755);
  return directory;
}

/** Where such folders may be. */
export const scratchParents = [tmpdir(), IN_MEMORY];

export function isScratch(name: string): boolean {
  return name.startsWith(PREFIX);
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
