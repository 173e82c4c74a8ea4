import * as z from 'zod';
import { iconName } from './icons.js';
import { threadItem } from './items.js';
import { boolean, jsonObject, optional } from './primitives.js';
import { thread } from './threads.js';
import { threadItemUpdate } from './updates.js';

export const streamOptions = z.object({ allow_cancel: boolean });
/** Settings of a running stream. */
export type StreamOptions = z.infer<typeof streamOptions>;

/** Everything a stream can carry to a client. */
export const threadStreamEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thread.created'), thread }),
  z.object({ type: z.literal('thread.updated'), thread }),
  z.object({ type: z.literal('thread.item.added'), item: threadItem }),
  z.object({ type: z.literal('thread.item.updated'), item_id: z.string(), update: threadItemUpdate }),
  z.object({ type: z.literal('thread.item.done'), item: threadItem }),
  z.object({ type: z.literal('thread.item.removed'), item_id: z.string() }),
  z.object({ type: z.literal('thread.item.replaced'), item: threadItem }),
  z.object({ type: z.literal('stream_options'), stream_options: streamOptions }),
  z.object({ type: z.literal('progress_update'), icon: optional(iconName), text: z.string() }),
  z.object({ type: z.literal('client_effect'), name: z.string(), data: jsonObject.default({}) }),
  z.object({
    type: z.literal('error'),
    code: z.string().default('custom'),
    message: optional(z.string()),
    allow_retry: boolean.default(false),
  }),
  z.object({
    type: z.literal('notice'),
    level: z.enum(['info', 'warning', 'danger']),
    message: z.string(),
    title: optional(z.string()),
  }),
]);
/** Any of the twelve kinds of event of a stream. */
export type ThreadStreamEvent = z.infer<typeof threadStreamEvent>;
