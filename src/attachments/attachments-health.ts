import type { StorageStatus, WatchedBlobStore } from './blobs/watched-blob-store.js';
import type { FileScans } from './scan/file-scans.js';

/** What is known of all that uploads depend on; costs nothing. */
export class AttachmentsHealth {
  /** @param scans absent where there is no scanner */
  constructor(
    private readonly blobs: WatchedBlobStore,
    private readonly scans: FileScans | undefined,
  ) {}

  /** How the storage is and, where that is well, the scanner, which the reason names then. */
  status(): StorageStatus {
    const storage = this.blobs.status();
    const scanner = this.scans?.lastError;
    if (storage.lastError !== undefined || scanner === undefined) return storage;
    return { ...storage, lastError: { ...scanner, reason: `scanner: ${scanner.reason}` } };
  }
}
