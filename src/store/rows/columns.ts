import { isShownWhole, publicThread } from '../../chatkit/core/serialise.js';
import { storableText } from '../../chatkit/core/text.js';
import type { Attachment } from '../../chatkit/core/wire/attachments.js';
import type { ThreadItem } from '../../chatkit/core/wire/items.js';
import type { ThreadMetadata } from '../../chatkit/core/wire/threads.js';
import type { ItemColumns } from './item-statements.js';
import type { ThreadColumns } from './thread-statements.js';

/** The columns of a thread's row behind its id. What a list shows of it is made once, when it is written. */
export function threadColumns(thread: ThreadMetadata): ThreadColumns {
  const title = thread.title === undefined ? null : storableText(thread.title);
  return [title, thread.status.type, JSON.stringify(thread), JSON.stringify(publicThread(thread))];
}

/** The columns of an item's row behind those of its thread. */
export function itemColumns(item: ThreadItem): ItemColumns {
  return [item.id, item.type, JSON.stringify(item), isShownWhole(item)];
}

/** How large the file of an attachment is, where whoever keeps files has said so. */
export function bytesOf({ metadata }: Attachment): number | null {
  const size = metadata?.['size'];
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null;
}
