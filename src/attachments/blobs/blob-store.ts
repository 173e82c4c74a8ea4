/** A file on this machine's disk, complete. */
export interface LocalFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Media type. */
  readonly type: string;
}

/** What a list tells of a stored file. */
export interface ListedBlob {
  readonly key: string;
  /** When it was stored, in milliseconds since the epoch. */
  readonly storedAt: number;
}

/** A stored file on its way out. */
export interface StoredBlob {
  /** Bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
  /** Ends a reading that is not wanted any more. */
  discard(): void;
}

/**
 * Where files are kept, by keys of segments of `a-z`, `0-9` and `_` with slashes between them. Knows nothing
 * of tenants or users: who may see what is decided before it is asked.
 */
export interface BlobStore {
  /** Stores the file, whole or not at all, in place of one of that key. May move it instead of copying it. */
  put(key: string, file: LocalFile): Promise<void>;
  /** The file, or undefined when there is none. */
  get(key: string): Promise<StoredBlob | undefined>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** At most `limit` files in the order of their keys, after the key `after` if one is given. */
  list(limit: number, after?: string): Promise<readonly ListedBlob[]>;
  /** Removes folders in which nothing is any more, below a beginning of keys that ends in a slash, where there are folders. */
  removeEmptyFolders?(folder: string): Promise<void>;
}
