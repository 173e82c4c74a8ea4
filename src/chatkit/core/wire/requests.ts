import * as z from 'zod';
import { action } from './actions.js';
import { inferenceOptions, userMessageContent } from './items.js';
import { atMost, id, integer, jsonObject, optional } from './primitives.js';
import { structuredInputSubmission } from './structured-input.js';

const metadata = jsonObject.default({});
const page = {
  limit: optional(integer.pipe(z.int().min(0))),
  order: z.enum(['asc', 'desc']).default('desc'),
  after: optional(id),
};

/** Most attachments one message may name. */
export const MAX_ATTACHMENTS = 50;
/** Most parts (text and tags) the text of one message may have. */
export const MAX_CONTENT_PARTS = 1000;
/** Most items one piece of feedback may name. */
export const MAX_FEEDBACK_ITEMS = 1000;
/** Characters of a title: a page of threads carries a hundred of them. */
const MAX_TITLE_LENGTH = 10_000;

/**
 * What the user wrote. `metadata` is not part of the stored message: integrations send the page
 * context in it, and it reaches respond() through the request's context.
 */
export const userMessageInput = z.object({
  content: atMost(MAX_CONTENT_PARTS, z.array(userMessageContent)),
  attachments: atMost(MAX_ATTACHMENTS, z.array(id)),
  quoted_text: optional(z.string()),
  inference_options: inferenceOptions,
  metadata: optional(jsonObject),
});
/** A message as a client sends it. */
export type UserMessageInput = z.infer<typeof userMessageInput>;

export const attachmentCreateParams = z.object({
  name: z.string(),
  size: integer.pipe(z.int().min(0)),
  mime_type: z.string(),
});
/** What a client says of a file before it uploads it; the size in bytes. */
export type AttachmentCreateParams = z.infer<typeof attachmentCreateParams>;

const customAction = z.object({ thread_id: id, item_id: optional(id), action });

function request<const Type extends string, Params extends z.ZodType>(type: Type, params: Params) {
  return z.object({ type: z.literal(type), params, metadata });
}

const streamingRequests = [
  request('threads.create', z.object({ input: userMessageInput })),
  request('threads.add_user_message', z.object({ input: userMessageInput, thread_id: id })),
  request('threads.add_client_tool_output', z.object({ thread_id: id, result: z.unknown() })),
  request(
    'threads.add_structured_input',
    z.object({ thread_id: id, item_id: id, input: structuredInputSubmission }),
  ),
  request('threads.retry_after_item', z.object({ thread_id: id, item_id: id })),
  request('threads.custom_action', customAction),
  request('threads.join', z.object({ thread_id: id })),
] as const;

const plainRequests = [
  request('threads.get_by_id', z.object({ thread_id: id })),
  request('threads.list', z.object(page)),
  request('items.list', z.object({ ...page, thread_id: id })),
  request(
    'items.feedback',
    z.object({
      thread_id: id,
      item_ids: atMost(MAX_FEEDBACK_ITEMS, z.array(id)),
      kind: z.enum(['positive', 'negative']),
    }),
  ),
  request('attachments.create', attachmentCreateParams),
  request('attachments.delete', z.object({ attachment_id: id })),
  request('threads.update', z.object({ thread_id: id, title: z.string().max(MAX_TITLE_LENGTH) })),
  request('threads.delete', z.object({ thread_id: id })),
  request('threads.stop', z.object({ thread_id: id })),
  request('input.transcribe', z.object({ audio_base64: z.string(), mime_type: z.string() })),
  request('threads.sync_custom_action', customAction),
] as const;

/** Every request a client can send; the first seven are answered by a stream. */
export const chatKitRequest = z.discriminatedUnion('type', [...streamingRequests, ...plainRequests]);
/** Any of the eighteen requests, with its defaults filled in: the reference's, and `threads.join` and `threads.stop`. */
export type ChatKitRequest = z.infer<typeof chatKitRequest>;
/** The seven that are answered by a stream. */
export type StreamingRequest = z.infer<(typeof streamingRequests)[number]>;
/** The eleven that are answered by one JSON document. */
export type PlainRequest = z.infer<(typeof plainRequests)[number]>;
/** The request of one type. */
export type RequestOf<Type extends ChatKitRequest['type']> = Extract<ChatKitRequest, { type: Type }>;
/** A user’s opinion of an answer. */
export type FeedbackKind = RequestOf<'items.feedback'>['params']['kind'];

const streamingTypes = new Set<string>(streamingRequests.map((schema) => schema.shape.type.value));

/** Whether the answer is a stream of events rather than one JSON document. */
export function isStreamingRequest(value: ChatKitRequest): value is StreamingRequest {
  return streamingTypes.has(value.type);
}
