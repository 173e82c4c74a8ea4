import type { BlobStore } from '../attachments/blobs/blob-store.js';
import { keyOf } from '../attachments/scope-keys.js';
import { UnsupportedError, type TenantScope } from '../chatkit/core/index.js';
import type { ExportFiles } from '../tenants/index.js';

/**
 * The files of attachments, where the server keeps them.
 *
 * @param opened asked when there is the first attachment
 */
export function exportedFiles(opened: () => Promise<BlobStore>): ExportFiles {
  let blobs: Promise<BlobStore> | undefined;
  return {
    async open(scope, attachmentId) {
      const key = storedKey(scope, attachmentId);
      blobs ??= opened();
      const found = key === undefined ? undefined : await (await blobs).get(key);
      if (key === undefined || found === undefined) return undefined;
      // without the tenant, whose export it is
      return { path: key.slice(key.indexOf('/') + 1), content: found.content };
    },
  };
}

/** @returns undefined for identifiers that no file can be kept for */
function storedKey(scope: TenantScope, attachmentId: string): string | undefined {
  try {
    return keyOf(scope, attachmentId);
  } catch (error) {
    if (error instanceof UnsupportedError) return undefined;
    throw error;
  }
}
