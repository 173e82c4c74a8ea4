import * as z from 'zod';
import { attachment } from './attachments.js';
import { boolean, jsonObject, optional, timestamp } from './primitives.js';
import { annotation } from './sources.js';
import { structuredInput } from './structured-input.js';
import { task, workflow } from './tasks.js';
import { widgetRoot } from './widgets.js';

const base = { id: z.string(), thread_id: z.string(), created_at: timestamp };

export const userMessageContent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input_text'), text: z.string() }),
  z.object({
    type: z.literal('input_tag'),
    id: z.string(),
    text: z.string(),
    data: jsonObject,
    group: optional(z.string()),
    interactive: boolean.default(false),
  }),
]);
/** A piece of what a user wrote: text, which is never Markdown, or a tag for something the page knows. */
export type UserMessageContent = z.infer<typeof userMessageContent>;

export const inferenceOptions = z.object({
  tool_choice: optional(z.object({ id: z.string() })),
  model: optional(z.string()),
});
/** What the user chose in the composer: a tool, a model. */
export type InferenceOptions = z.infer<typeof inferenceOptions>;

export const assistantMessageContent = z.object({
  annotations: z.array(annotation).default([]),
  text: z.string(),
  type: z.literal('output_text').default('output_text'),
});
/** A piece of an answer: Markdown with citations. */
export type AssistantMessageContent = z.infer<typeof assistantMessageContent>;

export const generatedImage = z.object({ id: z.string(), url: z.string() });
/** A picture that was made, by its address. */
export type GeneratedImage = z.infer<typeof generatedImage>;

export const userMessageItem = z.object({
  ...base,
  type: z.literal('user_message'),
  content: z.array(userMessageContent),
  attachments: z.array(attachment).default([]),
  quoted_text: optional(z.string()),
  inference_options: inferenceOptions,
});
export const assistantMessageItem = z.object({
  ...base,
  type: z.literal('assistant_message'),
  content: z.array(assistantMessageContent),
});
export const clientToolCallItem = z.object({
  ...base,
  type: z.literal('client_tool_call'),
  status: z.enum(['pending', 'completed']).default('pending'),
  call_id: z.string(),
  name: z.string(),
  arguments: jsonObject,
  output: optional(z.unknown()),
});
export const widgetItem = z.object({
  ...base,
  type: z.literal('widget'),
  widget: widgetRoot,
  copy_text: optional(z.string()),
});
export const generatedImageItem = z.object({
  ...base,
  type: z.literal('generated_image'),
  image: optional(generatedImage),
});
export const structuredInputItem = z.object({
  ...base,
  type: z.literal('structured_input'),
  status: z.enum(['pending', 'answered', 'skipped']).default('pending'),
  inputs: z.array(structuredInput),
});
export const workflowItem = z.object({ ...base, type: z.literal('workflow'), workflow });
export const taskItem = z.object({ ...base, type: z.literal('task'), task });
export const hiddenContextItem = z.object({
  ...base,
  type: z.literal('hidden_context_item'),
  content: optional(z.unknown()),
});
export const sdkHiddenContextItem = z.object({
  ...base,
  type: z.literal('sdk_hidden_context'),
  content: z.string(),
});
export const endOfTurnItem = z.object({ ...base, type: z.literal('end_of_turn') });

/** Everything a thread can hold. Hidden context is stored but never reaches a client. */
export const threadItem = z.discriminatedUnion('type', [
  userMessageItem,
  assistantMessageItem,
  clientToolCallItem,
  widgetItem,
  generatedImageItem,
  structuredInputItem,
  workflowItem,
  taskItem,
  hiddenContextItem,
  sdkHiddenContextItem,
  endOfTurnItem,
]);
/** Any of the eleven kinds of item, as it is stored and sent. */
export type ThreadItem = z.infer<typeof threadItem>;
/** What the user sent. */
export type UserMessageItem = z.infer<typeof userMessageItem>;
/** An answer in words. */
export type AssistantMessageItem = z.infer<typeof assistantMessageItem>;
/** A call that the page carries out; pending until the page sends its output. */
export type ClientToolCallItem = z.infer<typeof clientToolCallItem>;
/** A widget shown as an answer; `copy_text` is what copying it gives. */
export type WidgetItem = z.infer<typeof widgetItem>;
/** A picture shown as an answer; without an image while it is being made. */
export type GeneratedImageItem = z.infer<typeof generatedImageItem>;
/** Questions in a form, and once answered their answers. */
export type StructuredInputItem = z.infer<typeof structuredInputItem>;
/** Steps of work shown to the user together. */
export type WorkflowItem = z.infer<typeof workflowItem>;
/** One step of work shown by itself. */
export type TaskItem = z.infer<typeof taskItem>;
/** Context that the integration adds for the model; never sent to a client. */
export type HiddenContextItem = z.infer<typeof hiddenContextItem>;
/** Context that the library itself adds, such as a cancellation; never sent to a client. */
export type SdkHiddenContextItem = z.infer<typeof sdkHiddenContextItem>;
/** Marks that the assistant has ended its turn. */
export type EndOfTurnItem = z.infer<typeof endOfTurnItem>;

/** The types of the items that are kept from clients. */
export const hiddenTypes = [
  'hidden_context_item',
  'sdk_hidden_context',
] as const satisfies ThreadItem['type'][];

/** Whether an item is kept from clients. */
export function isHidden(item: ThreadItem): item is HiddenContextItem | SdkHiddenContextItem {
  return item.type === 'hidden_context_item' || item.type === 'sdk_hidden_context';
}
