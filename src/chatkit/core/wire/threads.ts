import * as z from 'zod';
import { threadItem, type ThreadItem } from './items.js';
import { boolean, jsonObject, optional, timestamp } from './primitives.js';

/** Whether the user may write in a thread, and if not, why. */
export const threadStatus = z.discriminatedUnion('type', [
  z.object({ type: z.literal('active') }),
  z.object({ type: z.literal('locked'), reason: optional(z.string()) }),
  z.object({ type: z.literal('closed'), reason: optional(z.string()) }),
]);
/** Open, locked for a while or closed for good; the latter two with a reason to show. */
export type ThreadStatus = z.infer<typeof threadStatus>;

export const threadMetadata = z.object({
  title: optional(z.string()),
  id: z.string(),
  created_at: timestamp,
  status: threadStatus.default({ type: 'active' }),
  allowed_image_domains: optional(z.array(z.string())),
  metadata: jsonObject.default({}),
});
/** A thread without its items. `metadata` belongs to the integration and never reaches a client. */
export type ThreadMetadata = z.infer<typeof threadMetadata>;

/** A part of a list. `after` is the cursor of the next part, there only when `has_more` is. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  after?: string | undefined;
}

export const thread = threadMetadata.extend({
  items: z.object({
    data: z.array(threadItem).default([]),
    has_more: boolean.default(false),
    after: optional(z.string()),
  }),
});
/** A thread as clients see it. */
export type Thread = ThreadMetadata & { items: Page<ThreadItem> };
