import type { Script } from './harness.js';
import type { RecordedRequest } from './recorder.js';

const AT = '2026-01-01T00:00:00Z';

/** The thread that scripted answers belong to. */
export const THREAD = 'thr_scripted';

type Json = Readonly<Record<string, unknown>>;
type Body = RecordedRequest['body'];

/** A thread as a server sends it. */
export function thread(more: Json = {}): Json {
  const items = { data: [], has_more: false };
  return { id: THREAD, created_at: AT, status: { type: 'active' }, items, ...more };
}

/** An item with what every item has. */
export function item(type: string, more: Json = {}): Json {
  return { type, id: `${type}_1`, thread_id: THREAD, created_at: AT, ...more };
}

export function user(text: string, more: Json = {}): Json {
  const content = [{ type: 'input_text', text }];
  return item('user_message', { content, attachments: [], inference_options: {}, ...more });
}

export function answer(text: string, more: Json = {}): Json {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return item('assistant_message', { content, ...more });
}

export function widget(children: readonly unknown[], more: Json = {}): Json {
  return item('widget', { widget: { type: 'Card', children }, ...more });
}

export function added(value: Json): Json {
  return { type: 'thread.item.added', item: value };
}

export function done(value: Json): Json {
  return { type: 'thread.item.done', item: value };
}

export function update(itemId: string, change: Json): Json {
  return { type: 'thread.item.updated', item_id: itemId, update: change };
}

/** A change of the first part of the answer. */
export function change(type: string, more: Json = {}): Json {
  return update('assistant_message_1', {
    type: `assistant_message.content_part.${type}`,
    content_index: 0,
    ...more,
  });
}

/** True for requests that carry a message. */
export function carriesMessage(body: Body): boolean {
  return typeof body?.params['input'] === 'object' && body.type !== 'threads.add_structured_input';
}

/** How a server begins its answer to a message: the thread if it is new, and the message as it is kept. */
export function begun(body: Body, serial = 1): Json[] {
  const input = body?.params['input'] as Json | undefined;
  const kept = item('user_message', { ...input, id: `user_message_${serial}`, attachments: [] });
  const made = body?.type === 'threads.create' ? [{ type: 'thread.created', thread: thread() }] : [];
  return [...made, done(kept)];
}

/** Answers every message with these events, after those that every answer begins with. */
export function replying(...events: readonly Json[]): Script {
  let serial = 0;
  return (body) => {
    if (!carriesMessage(body)) return undefined;
    serial += 1;
    return [...begun(body, serial), ...events];
  };
}

/** Answers every message with these items. */
export function showing(...items: readonly Json[]): Script {
  return replying(...items.map(done));
}
