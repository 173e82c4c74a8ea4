import * as z from 'zod';
import { jsonObject, optional, url } from './primitives.js';

const base = {
  id: z.string(),
  name: z.string(),
  mime_type: z.string(),
  upload_descriptor: optional(
    z.object({ url, method: z.enum(['POST', 'PUT']), headers: z.record(z.string(), z.string()).default({}) }),
  ),
  thread_id: optional(z.string()),
  metadata: optional(jsonObject),
};

/**
 * A file or image of a user. `upload_descriptor` is there while a two-phase upload is open, `thread_id`
 * once a message carries it; `metadata` belongs to the integration and never reaches a client.
 */
export const attachment = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('file') }),
  z.object({ ...base, type: z.literal('image'), preview_url: url }),
]);
/** A file or an image that a message may name. */
export type Attachment = z.infer<typeof attachment>;
