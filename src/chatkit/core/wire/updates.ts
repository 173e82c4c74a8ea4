import * as z from 'zod';
import { assistantMessageContent, generatedImage } from './items.js';
import { boolean, integer, number, optional } from './primitives.js';
import { annotation } from './sources.js';
import { task } from './tasks.js';
import { widgetComponent, widgetRoot } from './widgets.js';

/** A change to an item while it streams. */
export const threadItemUpdate = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('assistant_message.content_part.added'),
    content_index: integer,
    content: assistantMessageContent,
  }),
  z.object({
    type: z.literal('assistant_message.content_part.text_delta'),
    content_index: integer,
    delta: z.string(),
  }),
  z.object({
    type: z.literal('assistant_message.content_part.annotation_added'),
    content_index: integer,
    annotation_index: integer,
    annotation,
  }),
  z.object({
    type: z.literal('assistant_message.content_part.done'),
    content_index: integer,
    content: assistantMessageContent,
  }),
  z.object({
    type: z.literal('widget.streaming_text.value_delta'),
    component_id: z.string(),
    delta: z.string(),
    done: boolean,
  }),
  z.object({ type: z.literal('widget.root.updated'), widget: widgetRoot }),
  z.object({
    type: z.literal('widget.component.updated'),
    component_id: z.string(),
    component: widgetComponent,
  }),
  z.object({ type: z.literal('workflow.task.added'), task_index: integer, task }),
  z.object({ type: z.literal('workflow.task.updated'), task_index: integer, task }),
  z.object({
    type: z.literal('generated_image.updated'),
    image: generatedImage,
    progress: optional(number),
  }),
]);
/** Any of the ten kinds of change to an item that is being streamed. */
export type ThreadItemUpdate = z.infer<typeof threadItemUpdate>;
