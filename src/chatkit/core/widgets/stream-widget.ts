import { generateId } from '../ids.js';
import type { ThreadStreamEvent } from '../wire/events.js';
import type { WidgetItem } from '../wire/items.js';
import type { ThreadMetadata } from '../wire/threads.js';
import type { WidgetRoot } from '../wire/widgets.js';
import { diffWidget } from './widget-diff.js';

/** How the item of a streamed widget is made. */
export interface StreamWidgetOptions {
  /** What copying the widget gives. */
  readonly copyText?: string | undefined;
  /** Default: a new message id. */
  readonly id?: string;
  /** Default: the system's time. */
  readonly clock?: () => Date;
}

/**
 * The events that show a widget: one finished, or one that changes, of which each state is given
 * whole. Follows `stream_widget` of the reference.
 */
export async function* streamWidget(
  thread: Pick<ThreadMetadata, 'id'>,
  widget: WidgetRoot | AsyncIterable<WidgetRoot>,
  { copyText, id = generateId('message'), clock = () => new Date() }: StreamWidgetOptions = {},
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  const item = (state: WidgetRoot): WidgetItem => ({
    type: 'widget',
    id,
    thread_id: thread.id,
    created_at,
    widget: state,
    copy_text: copyText,
  });
  const created_at = clock().toISOString();
  if (!(Symbol.asyncIterator in widget)) {
    yield { type: 'thread.item.done', item: item(widget) };
    return;
  }
  let last: WidgetRoot | undefined;
  for await (const state of widget) {
    if (last === undefined) {
      yield { type: 'thread.item.added', item: item(state) };
    } else {
      for (const update of diffWidget(last, state)) {
        yield { type: 'thread.item.updated', item_id: id, update };
      }
    }
    last = state;
  }
  if (last !== undefined) yield { type: 'thread.item.done', item: item(last) };
}
