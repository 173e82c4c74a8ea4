/** Limits and addresses of attachments. */
export interface AttachmentsOptions {
  /** Address browsers reach this server at, without a trailing slash. */
  readonly publicUrl: string;
  /** Media types that may be uploaded. */
  readonly types: ReadonlySet<string>;
  /** Bytes. */
  readonly maxBytes: number;
  readonly maxPerMessage: number;
  /** Files of one user that were not sent yet. */
  readonly maxWaiting: number;
  /** Longest time a link to an image works. */
  readonly linkMs: number;
  /** Whether it works only in the session it was made in, where there is one. */
  readonly sessionLinks: boolean;
  /** Age at which files that belong to nothing are removed. */
  readonly orphanMs: number;
  /** Time between two looks for such files. */
  readonly sweepMs: number;
}

/** Injection token of {@link AttachmentsOptions}. */
export const ATTACHMENTS_OPTIONS = Symbol('ATTACHMENTS_OPTIONS');

/** Injection token of their `Clock`. */
export const ATTACHMENTS_CLOCK = Symbol('ATTACHMENTS_CLOCK');

/** Injection token of the `BlobStore` files are kept in. */
export const BLOB_STORE = Symbol('BLOB_STORE');

/** Injection token of the `AttachmentRecords`. */
export const ATTACHMENT_RECORDS = Symbol('ATTACHMENT_RECORDS');

/** Injection token of the `Store<TenantScope>` that keeps the records. */
export const ATTACHMENT_THREADS = Symbol('ATTACHMENT_THREADS');
