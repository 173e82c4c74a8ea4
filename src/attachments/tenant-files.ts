import type { TenantScope } from '../chatkit/core/index.js';
import type { FilesOwner, TenantFiles } from '../common/tenant-files.port.js';
import type { BlobStore } from './blobs/blob-store.js';
import { folderOf, keyOf } from './scope-keys.js';

/** Files looked for, and removed, in one step. */
const FILES_PER_STEP = 500;
/** Removed at once. */
const AT_ONCE = 8;

/** Removes files by their keys, which begin with the tenant and the user. */
export class BlobTenantFiles implements TenantFiles {
  constructor(private readonly blobs: BlobStore) {}

  async *removeAll(owner: FilesOwner, signal?: AbortSignal): AsyncGenerator<number, void, undefined> {
    const folder = folderOf(owner);
    for (let after = folder; ;) {
      signal?.throwIfAborted();
      const listed = await this.blobs.list(FILES_PER_STEP, after);
      const keys = listed.map(({ key }) => key).filter((key) => key.startsWith(folder));
      await this.#delete(keys);
      if (keys.length > 0) yield keys.length;
      const last = keys.at(-1);
      if (last === undefined || keys.length < FILES_PER_STEP) break;
      after = last;
    }
    await this.blobs.removeEmptyFolders?.(folder);
  }

  async remove(owner: TenantScope, attachmentIds: readonly string[]): Promise<void> {
    await this.#delete(attachmentIds.map((id) => keyOf(owner, id)));
  }

  async #delete(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      await Promise.all(keys.slice(at, at + AT_ONCE).map((key) => this.blobs.delete(key)));
    }
  }
}
