import { compact, filled, isRecord, number, oneOf, readAll, record, text } from './json.js';
import type { JsonRecord } from './json.js';
import {
  readAttachment,
  readQuestion,
  readTask,
  readTextPart,
  readUserContent,
  readWorkflow,
} from './read-parts.js';
import type { InferenceOptions, Item, ItemBase, Page, ThreadInfo, WidgetNode } from './wire.js';

const HIDDEN = new Set(['hidden_context_item', 'sdk_hidden_context']);

/** True for items that must never be shown, even when a server sends them. */
export function isHiddenType(type: unknown): boolean {
  return typeof type === 'string' && HIDDEN.has(type);
}

export function readThread(value: unknown): ThreadInfo | undefined {
  const thread = record(value);
  const id = filled(thread.id);
  if (id === undefined) return undefined;
  const status = record(thread.status);
  return compact({
    id,
    created_at: text(thread.created_at) ?? '',
    status: compact({
      type: oneOf(status.type, ['active', 'locked', 'closed'], 'active'),
      reason: filled(status.reason),
    }),
    title: filled(thread.title),
    allowed_image_domains: Array.isArray(thread.allowed_image_domains)
      ? thread.allowed_image_domains.filter((domain): domain is string => typeof domain === 'string')
      : undefined,
  });
}

export function readPage<T>(value: unknown, read: (entry: unknown) => T | undefined): Page<T> {
  const page = record(value);
  return compact({
    data: readAll(page.data, read),
    has_more: page.has_more === true,
    after: filled(page.after),
  });
}

export function readWidget(value: unknown): WidgetNode | undefined {
  if (!isRecord(value)) return undefined;
  return typeof value.type === 'string' ? (value as WidgetNode) : undefined;
}

function readInferenceOptions(value: unknown): InferenceOptions {
  const options = record(value);
  const tool = text(record(options.tool_choice).id);
  return compact({ tool_choice: tool === undefined ? undefined : { id: tool }, model: text(options.model) });
}

function readImage(value: unknown): { id: string; url: string } | undefined {
  const image = record(value);
  const url = filled(image.url);
  return url === undefined ? undefined : { id: text(image.id) ?? '', url };
}

/** Reads an item of any of the visible types; undefined for hidden ones and for types newer than this code. */
export function readItem(value: unknown): Item | undefined {
  const item = record(value);
  const id = filled(item.id);
  if (id === undefined) return undefined;
  return readTyped(item, {
    id,
    thread_id: text(item.thread_id) ?? '',
    created_at: text(item.created_at) ?? '',
  });
}

function readTyped(item: JsonRecord, base: ItemBase): Item | undefined {
  switch (item.type) {
    case 'user_message':
      return compact({
        ...base,
        type: 'user_message' as const,
        content: readAll(item.content, readUserContent),
        attachments: readAll(item.attachments, readAttachment),
        quoted_text: filled(item.quoted_text),
        inference_options: readInferenceOptions(item.inference_options),
      });
    case 'assistant_message':
      return { ...base, type: 'assistant_message', content: readAll(item.content, readTextPart) };
    case 'client_tool_call':
      return {
        ...base,
        type: 'client_tool_call',
        status: oneOf(item.status, ['pending', 'completed'], 'completed'),
        name: text(item.name) ?? '',
        arguments: record(item.arguments),
      };
    case 'widget': {
      const widget = readWidget(item.widget);
      return (
        widget && compact({ ...base, type: 'widget' as const, widget, copy_text: filled(item.copy_text) })
      );
    }
    case 'generated_image':
      return compact({
        ...base,
        type: 'generated_image' as const,
        image: readImage(item.image),
        progress: number(item.progress),
      });
    case 'structured_input':
      return {
        ...base,
        type: 'structured_input',
        status: oneOf(item.status, ['pending', 'answered', 'skipped'], 'pending'),
        inputs: readAll(item.inputs, readQuestion),
      };
    case 'task': {
      const task = readTask(item.task);
      return task && task.type !== 'unknown' ? { ...base, type: 'task', task } : undefined;
    }
    case 'workflow':
      return { ...base, type: 'workflow', workflow: readWorkflow(item.workflow) };
    case 'end_of_turn':
      return { ...base, type: 'end_of_turn' };
    default:
      return undefined;
  }
}

export { readImage };
