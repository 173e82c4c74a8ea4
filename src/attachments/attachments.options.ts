import type { Clock } from '../common/clock.js';
import type { AttachmentsConfig } from '../config/attachments.config.js';

const MINUTE = 60_000;

/** What `ChatKitAttachmentsModule.forRoot()` takes, or a factory of `forRootAsync()` makes. */
export interface ChatKitAttachmentsOptions {
  readonly config: AttachmentsConfig;
  /** Folder uploads arrive in, and are kept in without a bucket. */
  readonly directory: string;
  /** Folder that keeps a secret made here; without it, and without a configured one, links end with the process. */
  readonly secretDirectory?: string | undefined;
  /** Address browsers reach this server at, without a trailing slash. */
  readonly publicUrl: string;
  /** Milliseconds a client may leave an image unread. Default 30 s. */
  readonly stallTimeoutMs?: number;
  /** Origins whose pages may upload from another site. Default none. */
  readonly corsOrigins?: readonly string[];
  /** Default: the machine's. */
  readonly clock?: Clock;
}

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

/** Injection token of {@link ChatKitAttachmentsOptions}. */
export const ATTACHMENTS_MODULE_OPTIONS = Symbol('ATTACHMENTS_MODULE_OPTIONS');

/** Injection token of the path that the routes are mounted at. */
export const ATTACHMENTS_PATH = Symbol('ATTACHMENTS_PATH');

/** Injection token of the `Clock`. */
export const ATTACHMENTS_CLOCK = Symbol('ATTACHMENTS_CLOCK');

/** Injection token of the `BlobStore` files are kept in. */
export const BLOB_STORE = Symbol('BLOB_STORE');

/** Injection token of the `AttachmentRecords`. */
export const ATTACHMENT_RECORDS = Symbol('ATTACHMENT_RECORDS');

/** Injection token of the `Store<TenantScope>` that keeps the records. */
export const ATTACHMENT_THREADS = Symbol('ATTACHMENT_THREADS');

/** The limits that a configuration sets. */
export function limitsOf({ config, publicUrl }: ChatKitAttachmentsOptions): AttachmentsOptions {
  return {
    publicUrl,
    types: new Set(config.types),
    maxBytes: config.maxBytes,
    maxPerMessage: config.maxPerMessage,
    maxWaiting: config.maxWaiting,
    linkMs: config.linkMinutes * MINUTE,
    sessionLinks: config.sessionLinks,
    orphanMs: config.orphanHours * 60 * MINUTE,
    sweepMs: config.sweepMinutes * MINUTE,
  };
}
