import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../../common/has-code.js';
import type { BlobStore, ListedBlob, LocalFile, StoredBlob } from './blob-store.js';

const KEY = /^[a-z0-9_]{1,255}(\/[a-z0-9_]{1,255}){0,9}$/;

/** Files in a folder, which only this user may read. */
export class DiskBlobStore implements BlobStore {
  /** @param directory on the file system on which files to be put are, since they are moved */
  constructor(private readonly directory: string) {}

  async put(key: string, { path }: LocalFile): Promise<void> {
    const target = this.#pathOf(key);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rename(path, target);
  }

  async get(key: string): Promise<StoredBlob | undefined> {
    try {
      const file = await open(this.#pathOf(key));
      const { size } = await file.stat();
      const content = file.createReadStream();
      return { size, content, discard: () => void content.destroy() };
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  async list(limit: number, after = ''): Promise<readonly ListedBlob[]> {
    const found: ListedBlob[] = [];
    for await (const blob of this.#walk('', after)) {
      found.push(blob);
      if (found.length >= limit) break;
    }
    return found;
  }

  async removeEmptyFolders(folder: string): Promise<void> {
    const entries = await readdir(this.#pathOf(folder.slice(0, -1)), { withFileTypes: true }).catch(gone);
    for (const entry of entries) {
      if (entry.isDirectory()) await this.removeEmptyFolders(`${folder}${entry.name}/`);
    }
    await rmdir(this.#pathOf(folder.slice(0, -1))).catch(stillUsed);
  }

  async *#walk(folder: string, after: string): AsyncGenerator<ListedBlob> {
    const entries = await readdir(join(this.directory, folder), { withFileTypes: true }).catch(gone);
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const key = `${folder}${entry.name}`;
      if (entry.isDirectory()) {
        // what the cursor lies in is looked through, what lies before it is not
        if (`${key}/` > after || after.startsWith(`${key}/`)) yield* this.#walk(`${key}/`, after);
      } else if (key > after && KEY.test(key)) {
        const facts = await stat(join(this.directory, key)).catch(gone);
        if ('mtimeMs' in facts) yield { key, storedAt: facts.mtimeMs };
      }
    }
  }

  #pathOf(key: string): string {
    if (!KEY.test(key)) throw new TypeError('not a key of a file');
    return join(this.directory, key);
  }
}

/** What others have removed in the meantime is empty. */
function gone(error: unknown): Dirent[] {
  if (hasCode(error, 'ENOENT')) return [];
  throw error;
}

/** What somebody has put there in the meantime stays. */
function stillUsed(error: unknown): void {
  if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].some((code) => hasCode(error, code))) throw error;
}
