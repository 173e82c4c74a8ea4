import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type { Clock } from '../../common/clock.js';
import { UnavailableError } from '../../chatkit/core/index.js';
import { reasonOf, type LastError } from '../failure-reason.js';
import type { BlobStore, ListedBlob, LocalFile, StoredBlob } from './blob-store.js';

/** What health reports about the place files are kept in. */
export interface StorageStatus {
  readonly kind: 'folder' | 'bucket';
  /** What was asked of it last, if it failed. */
  readonly lastError?: LastError;
}

/** A BlobStore of which it is known how it is, and whose failures are a passing lack of files to everybody else. */
export class WatchedBlobStore implements BlobStore {
  readonly #logger = new ChatKitLogger('Attachments');
  #lastError: LastError | undefined;

  /** @param now milliseconds since the epoch */
  constructor(
    private readonly inner: BlobStore,
    private readonly kind: StorageStatus['kind'],
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** The status now; costs nothing. */
  status(): StorageStatus {
    const { kind } = this;
    return this.#lastError === undefined ? { kind } : { kind, lastError: this.#lastError };
  }

  /** @throws UnavailableError, as all of these */
  put(key: string, file: LocalFile): Promise<void> {
    return this.#watch(() => this.inner.put(key, file));
  }

  get(key: string): Promise<StoredBlob | undefined> {
    return this.#watch(() => this.inner.get(key));
  }

  delete(key: string): Promise<void> {
    return this.#watch(() => this.inner.delete(key));
  }

  list(limit: number, after?: string): Promise<readonly ListedBlob[]> {
    return this.#watch(() => this.inner.list(limit, after));
  }

  removeEmptyFolders(folder: string): Promise<void> {
    return this.#watch(async () => this.inner.removeEmptyFolders?.(folder));
  }

  async #watch<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.#lastError = undefined;
      return result;
    } catch (cause) {
      const reason = reasonOf(cause);
      if (this.#lastError?.reason !== reason) this.#logger.warn('files cannot be had', { reason });
      this.#lastError = { reason, at: new Date(this.clock.now()).toISOString() };
      const error = new UnavailableError('Files are not available at the moment');
      error.cause = cause;
      throw error;
    }
  }
}
