import type { Attachment } from './wire/attachments.js';
import type { ThreadStreamEvent } from './wire/events.js';
import type { ThreadItem } from './wire/items.js';
import { isHidden } from './wire/items.js';
import type { Page, Thread, ThreadMetadata } from './wire/threads.js';

/** Gives an attachment the links that a client is shown at this moment. */
export type Present = (attachment: Attachment) => Attachment;

/** The attachment without what belongs to the integration alone. */
export function publicAttachment(attachment: Attachment): Attachment {
  if (attachment.metadata === undefined) return attachment;
  const { metadata: _private, ...rest } = attachment;
  return rest;
}

/** The item with its attachments as a client is shown them now. Copies only an item that has some. */
export function presentItem<T extends ThreadItem>(item: T, present: Present): T {
  if (item.type !== 'user_message' || item.attachments.length === 0) return item;
  return { ...item, attachments: item.attachments.map(present) };
}

/** The item as a client may see it. Copies only when there is something to leave out. */
export function publicItem<T extends ThreadItem>(item: T): T {
  if (item.type !== 'user_message' || !item.attachments.some((a) => a.metadata !== undefined)) return item;
  return { ...item, attachments: item.attachments.map(publicAttachment) };
}

/** The page without hidden items; its cursor stays, since it is the store's. */
export function publicItems(page: Page<ThreadItem>, present: Present): Page<ThreadItem> {
  const shown = page.data.filter((item) => !isHidden(item));
  return { ...page, data: shown.map((item) => publicItem(presentItem(item, present))) };
}

/** The thread as a client may see it: metadata emptied. */
export function publicThread(
  thread: ThreadMetadata,
  items: Page<ThreadItem> = { data: [], has_more: false },
  present: Present = (attachment) => attachment,
): Thread {
  return {
    title: thread.title,
    id: thread.id,
    created_at: thread.created_at,
    status: thread.status,
    allowed_image_domains: thread.allowed_image_domains,
    metadata: {},
    items: publicItems(items, present),
  };
}

/** The JSON text of one event as it goes on the wire; absent fields are left out, no newlines. */
export function encodeEvent(event: ThreadStreamEvent): string {
  switch (event.type) {
    case 'thread.created':
    case 'thread.updated':
      return JSON.stringify({ type: event.type, thread: publicThread(event.thread, event.thread.items) });
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced':
      return JSON.stringify({ type: event.type, item: publicItem(event.item) });
    default:
      return JSON.stringify(event);
  }
}
