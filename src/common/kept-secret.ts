import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './has-code.js';

/**
 * A value made once and read back at later starts, in a file only its owner may read. Without a directory it
 * is made anew each time. Of several processes that start at once, all end up with the same value.
 *
 * @throws {Error} when the directory cannot be written or the file is not what was written
 */
export async function keptSecret<T>(
  directory: string | undefined,
  name: string,
  make: () => Promise<T>,
): Promise<T> {
  if (directory === undefined) return make();
  const path = join(directory, name);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) {
      throw new Error(`${path} cannot be read; delete it to start afresh`, { cause: error });
    }
  }
  // the folder is shared with an embedded database, whose user has to pass through it
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(await make()), { mode: 0o600 });
    // Linking fails when the name is taken, so the first process wins and a half-written file is never seen.
    await link(draft, path).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
