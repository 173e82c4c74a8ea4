import type { Attachment, TenantScope } from '../chatkit/core/index.js';

/** What must be known of a user's attachments beyond what the Store tells. */
export interface AttachmentRecords {
  /** How many wait to be sent, once those from before that time are forgotten. */
  countWaiting(before: Date, scope: TenantScope): Promise<number>;
  /** Replaces one that waits to be sent; false when there is no such attachment any more. */
  replaceWaiting(attachment: Attachment, scope: TenantScope): Promise<boolean>;
  /** Which of these are there, once those that wait since before that time are forgotten. */
  known(ids: readonly string[], before: Date, scope: TenantScope): Promise<ReadonlySet<string>>;
}
