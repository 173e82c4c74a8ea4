import { attachment, type Attachment } from './wire/attachments.js';
import { threadStreamEvent, type ThreadStreamEvent } from './wire/events.js';
import { isHidden, threadItem, type ThreadItem } from './wire/items.js';
import { namedFields } from './wire/named-fields.js';
import { threadStatus, type Page, type Thread, type ThreadMetadata } from './wire/threads.js';

/** Gives an attachment the links that a client is shown at this moment. */
export type Present = (attachment: Attachment) => Attachment;

const unchanged: Present = (attachment) => attachment;

/** The attachment as a client may see it: the fields of the wire, without metadata. */
export const publicAttachment = namedFields(attachment);

/** The item as a client may see it: the fields of the wire, without metadata of its attachments. */
export const publicItem = namedFields(threadItem);

const publicStatus = namedFields(threadStatus);
const publicEvent = namedFields(threadStreamEvent);

/** The item with its attachments as a client is shown them now. Copies only an item that has some. */
export function presentItem<T extends ThreadItem>(item: T, present: Present): T {
  if (item.type !== 'user_message' || item.attachments.length === 0) return item;
  return { ...item, attachments: item.attachments.map(present) };
}

/** Whether clients are shown the item as it is stored: nothing is taken out of it, and no links are added. */
export function isShownWhole(item: ThreadItem): boolean {
  return presentItem(item, unchanged) === item && publicItem(item) === item;
}

/** The page with what a client may see of each entry; its cursor stays, since it is the store's. */
export function publicPage<T, U>({ data, has_more, after }: Page<T>, show: (entry: T) => U): Page<U> {
  return { data: data.map(show), has_more, after };
}

/** The page without hidden items. */
export function publicItems(page: Page<ThreadItem>, present: Present): Page<ThreadItem> {
  const data = page.data.filter((item) => !isHidden(item));
  return publicPage({ ...page, data }, (item) => publicItem(presentItem(item, present)));
}

/** The thread as a client may see it: metadata emptied. */
export function publicThread(
  thread: ThreadMetadata,
  items: Page<ThreadItem> = { data: [], has_more: false },
  present: Present = unchanged,
): Thread {
  return { ...publicMetadata(thread), items: publicItems(items, present) };
}

/** The JSON text of the thread as a client may see it, with that of a page of its items. */
export function threadText(thread: ThreadMetadata, items: string): string {
  return `${JSON.stringify(publicMetadata(thread)).slice(0, -1)},"items":${items}}`;
}

function publicMetadata(thread: ThreadMetadata): ThreadMetadata {
  return {
    title: thread.title,
    id: thread.id,
    created_at: thread.created_at,
    status: publicStatus(thread.status),
    allowed_image_domains: thread.allowed_image_domains,
    metadata: {},
  } satisfies Record<keyof ThreadMetadata, unknown>;
}

/** The JSON text of one event as it goes on the wire; absent fields are left out, no newlines. */
export function encodeEvent(event: ThreadStreamEvent): string {
  if (event.type === 'thread.created' || event.type === 'thread.updated') {
    return JSON.stringify({ type: event.type, thread: publicThread(event.thread, event.thread.items) });
  }
  // most events are this one
  if (
    event.type === 'thread.item.updated' &&
    event.update.type === 'assistant_message.content_part.text_delta'
  ) {
    const { type, content_index, delta } = event.update;
    const update = `{"type":"${type}","content_index":${JSON.stringify(content_index)},"delta":${JSON.stringify(delta)}}`;
    return `{"type":"${event.type}","item_id":${JSON.stringify(event.item_id)},"update":${update}}`;
  }
  return JSON.stringify(publicEvent(event));
}
