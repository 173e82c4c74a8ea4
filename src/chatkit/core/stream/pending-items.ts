import type { ThreadStreamEvent } from '../wire/events.js';
import type { AssistantMessageItem, ThreadItem } from '../wire/items.js';
import type { ThreadItemUpdate } from '../wire/updates.js';
import { ShownText } from './shown-text.js';

interface Pending {
  readonly item: ThreadItem;
  /** Of those parts of a message that have grown since they were given as a whole. */
  readonly texts: Map<number, ShownText>;
}

/** Items announced but not done, kept up to date so that a cancelled stream can save what was shown. */
export class PendingItems {
  readonly #items = new Map<string, Pending>();

  /** The pending items as they stand, oldest first. */
  list(): ThreadItem[] {
    return Array.from(this.#items.values(), upToDate);
  }

  track(event: ThreadStreamEvent): void {
    switch (event.type) {
      case 'thread.item.added':
        // respond() may go on changing its own object
        this.#items.set(event.item.id, { item: structuredClone(event.item), texts: new Map() });
        break;
      case 'thread.item.done':
      case 'thread.item.replaced':
        this.#items.delete(event.item.id);
        break;
      case 'thread.item.removed':
        this.#items.delete(event.item_id);
        break;
      case 'thread.item.updated': {
        const pending = this.#items.get(event.item_id);
        if (pending !== undefined) applyUpdate(pending, event.update);
        break;
      }
      case 'thread.created':
      case 'thread.updated':
      case 'stream_options':
      case 'progress_update':
      case 'client_effect':
      case 'error':
      case 'notice':
        break;
      default:
        event satisfies never;
    }
  }
}

/** Whether the user can read something in the message. */
export function hasText({ content }: AssistantMessageItem): boolean {
  return content.some((part) => part.text.trim() !== '');
}

/** The item, with the texts of its parts as they stand. */
function upToDate({ item, texts }: Pending): ThreadItem {
  if (item.type === 'assistant_message') {
    for (const [index, part] of item.content.entries()) part.text = texts.get(index)?.toString() ?? part.text;
  }
  return item;
}

function applyUpdate({ item, texts }: Pending, update: ThreadItemUpdate): void {
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.text_delta':
    case 'assistant_message.content_part.annotation_added':
    case 'assistant_message.content_part.done':
      if (item.type === 'assistant_message') updatePart(item, texts, update);
      break;
    case 'workflow.task.added':
      if (item.type === 'workflow') item.workflow.tasks.push(update.task);
      break;
    case 'workflow.task.updated':
      if (item.type === 'workflow') item.workflow.tasks[update.task_index] = update.task;
      break;
    // what is kept of a cancelled answer is its text and its steps
    case 'widget.streaming_text.value_delta':
    case 'widget.root.updated':
    case 'widget.component.updated':
    case 'generated_image.updated':
      break;
    default:
      update satisfies never;
  }
}

function updatePart(
  { content }: AssistantMessageItem,
  texts: Map<number, ShownText>,
  update: Extract<ThreadItemUpdate, { content_index: number }>,
): void {
  for (let next = content.length; next <= update.content_index; next++) {
    content.push({ type: 'output_text', text: '', annotations: [] });
  }
  const part = content[update.content_index];
  if (part === undefined) return;
  switch (update.type) {
    case 'assistant_message.content_part.text_delta': {
      const shown = texts.get(update.content_index) ?? new ShownText(part.text);
      shown.add(update);
      texts.set(update.content_index, shown);
      break;
    }
    case 'assistant_message.content_part.annotation_added':
      part.annotations.splice(update.annotation_index, 0, update.annotation);
      break;
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      texts.delete(update.content_index);
      content[update.content_index] = { ...update.content, annotations: [...update.content.annotations] };
      break;
    default:
      update satisfies never;
  }
}
