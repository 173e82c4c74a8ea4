import type { ThreadStreamEvent } from '../wire/events.js';
import type { AssistantMessageItem, ThreadItem, WorkflowItem } from '../wire/items.js';
import type { ThreadItemUpdate } from '../wire/updates.js';

/** Items announced but not done, kept up to date so that a cancelled stream can save what was shown. */
export class PendingItems {
  readonly #items = new Map<string, ThreadItem>();

  /** The pending items as they stand, oldest first. */
  list(): ThreadItem[] {
    return [...this.#items.values()];
  }

  track(event: ThreadStreamEvent): void {
    switch (event.type) {
      case 'thread.item.added':
        // respond() may go on changing its own object
        this.#items.set(event.item.id, structuredClone(event.item));
        break;
      case 'thread.item.done':
      case 'thread.item.replaced':
        this.#items.delete(event.item.id);
        break;
      case 'thread.item.removed':
        this.#items.delete(event.item_id);
        break;
      case 'thread.item.updated': {
        const item = this.#items.get(event.item_id);
        if (item?.type === 'assistant_message') updateMessage(item, event.update);
        else if (item?.type === 'workflow') updateWorkflow(item, event.update);
        break;
      }
    }
  }
}

/** Whether the user can read something in the message. */
export function hasText({ content }: AssistantMessageItem): boolean {
  return content.some((part) => part.text.trim() !== '');
}

function updateMessage({ content }: AssistantMessageItem, update: ThreadItemUpdate): void {
  if (!('content_index' in update)) return;
  for (let next = content.length; next <= update.content_index; next++) {
    content.push({ type: 'output_text', text: '', annotations: [] });
  }
  const part = content[update.content_index];
  if (part === undefined) return;
  switch (update.type) {
    case 'assistant_message.content_part.text_delta':
      part.text += update.delta;
      break;
    case 'assistant_message.content_part.annotation_added':
      part.annotations.splice(update.annotation_index, 0, update.annotation);
      break;
    default:
      content[update.content_index] = { ...update.content, annotations: [...update.content.annotations] };
  }
}

function updateWorkflow({ workflow }: WorkflowItem, update: ThreadItemUpdate): void {
  if (update.type === 'workflow.task.added') workflow.tasks.push(update.task);
  else if (update.type === 'workflow.task.updated') workflow.tasks[update.task_index] = update.task;
}
