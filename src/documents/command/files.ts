import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { EXTENSIONS } from '../ingest/format.js';
import { CommandError } from '../../common/command-error.js';

/** A file to be ingested. */
export interface IngestFile {
  readonly path: string;
  /** Its path below the folder that was named, with slashes; of a file that was named, its name. */
  readonly name: string;
  readonly bytes: number;
}

const MAX_FILES = 100_000;

/**
 * The files of those paths, in order of their names: a file is taken whatever it is called, of a folder all files
 * that end like a document, but for hidden ones.
 *
 * @throws CommandError when there is no such path
 */
export async function filesOf(paths: readonly string[]): Promise<IngestFile[]> {
  const files: IngestFile[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => {
      throw new CommandError(`There is no file or folder ${path}`);
    });
    if (found.isDirectory()) files.push(...(await filesIn(path)));
    else files.push({ path, name: basename(path), bytes: found.size });
    if (files.length > MAX_FILES) throw new CommandError(`More than ${MAX_FILES} files are too many at once`);
  }
  return files;
}

async function filesIn(folder: string): Promise<IngestFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && EXTENSIONS.includes(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(folder, path).split(sep).join('/') }))
    .filter(({ name }) => !/(?:^|\/)(?:\.|node_modules\/)/.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(paths.map(async ({ path, name }) => ({ path, name, bytes: (await stat(path)).size })));
}
