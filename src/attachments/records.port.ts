import type { Attachment, TenantScope } from '../chatkit/core/index.js';

/** What must be known of a user's attachments beyond what the Store tells. */
export interface AttachmentRecords {
  /**
   * How many wait to be sent, once those from before that time are forgotten.
   *
   * @param bytes of a file that is to come
   * @throws LimitReachedError when there is no room for it
   */
  countWaiting(before: Date, scope: TenantScope, bytes: number): Promise<number>;
  /**
   * Claims one that waits for its file, until it is replaced: of those who send it at the same time, on whichever instance,
   * one alone is told true.
   *
   * @param attachment with the `size` of its file in its metadata
   * @throws LimitReachedError when there is no room for the file
   */
  claimWaiting(attachment: Attachment, scope: TenantScope): Promise<boolean>;
  /** Replaces one that waits to be sent; false when there is no such attachment any more. */
  replaceWaiting(attachment: Attachment, scope: TenantScope): Promise<boolean>;
  /** Which of these are there, or are on legal hold, once those that wait since before that time are forgotten. */
  known(ids: readonly string[], before: Date, scope: TenantScope): Promise<ReadonlySet<string>>;
  /** Whether files of the user have to stay when they are removed. Default: they need not. */
  isHeld?(scope: TenantScope): Promise<boolean>;
}
