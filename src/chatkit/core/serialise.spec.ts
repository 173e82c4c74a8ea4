import { encodeEvent, publicAttachment, publicItem, publicThread } from './serialise.js';
import type { Attachment } from './wire/attachments.js';
import type { ThreadStreamEvent } from './wire/events.js';
import type { ThreadItem } from './wire/items.js';
import type { Annotation } from './wire/sources.js';
import type { Task } from './wire/tasks.js';
import type { Thread, ThreadMetadata } from './wire/threads.js';
import type { ThreadItemUpdate } from './wire/updates.js';
import type { WidgetRoot } from './wire/widgets.js';

/** One of each type, so that a type that is added is missing here. */
type OneOfEach<T extends { type: string }> = { [Type in T['type']]: Extract<T, { type: Type }> };

const base = { id: 'i', thread_id: 't', created_at: '2026-01-02T03:04:05.678Z' };
const file: Attachment = {
  type: 'file',
  id: 'a',
  name: 'n.txt',
  mime_type: 'text/plain',
  upload_descriptor: { url: 'https://files.test/', method: 'PUT', headers: { 'x-any': 'header' } },
  thread_id: 't',
};
const image: Attachment = { ...file, type: 'image', preview_url: 'https://files.test/p' };
const annotations: Annotation[] = [
  { type: 'annotation', index: 3, source: { type: 'file', title: 'F', filename: 'f.pdf' } },
  { type: 'annotation', index: 4, source: { type: 'url', title: 'U', url: 'https://a.test/' } },
  {
    type: 'annotation',
    source: { type: 'entity', title: 'E', id: 'e', interactive: true, data: { any: 1 } },
  },
];
const content = { type: 'output_text' as const, text: 'words', annotations };
const widget: WidgetRoot = { type: 'Basic', anything: { newer: true } };
const tasks: OneOfEach<Task> = {
  custom: { type: 'custom', status_indicator: 'none', title: 't', icon: 'bolt', content: 'c' },
  web_search: {
    type: 'web_search',
    status_indicator: 'loading',
    title_query: 'q',
    queries: ['q'],
    sources: [{ type: 'url', title: 'U', url: 'https://a.test/', attribution: 'A' }],
  },
  thought: { type: 'thought', status_indicator: 'complete', content: 'hm' },
  file: { type: 'file', status_indicator: 'none', sources: [{ type: 'file', title: 'F', filename: 'f' }] },
  image: { type: 'image', status_indicator: 'none', title: 'i' },
};
const items: OneOfEach<ThreadItem> = {
  user_message: {
    ...base,
    type: 'user_message',
    content: [
      { type: 'input_text', text: 'hi' },
      { type: 'input_tag', id: 'x', text: 'X', data: { any: 1 }, group: 'g', interactive: false },
    ],
    attachments: [file, image],
    quoted_text: 'q',
    inference_options: { tool_choice: { id: 'tool' }, model: 'm' },
  },
  assistant_message: { ...base, type: 'assistant_message', content: [content] },
  client_tool_call: {
    ...base,
    type: 'client_tool_call',
    status: 'completed',
    call_id: 'c',
    name: 'n',
    arguments: { any: 1 },
    output: { any: 1 },
  },
  widget: { ...base, type: 'widget', widget, copy_text: 'copy' },
  generated_image: { ...base, type: 'generated_image', image: { id: 'g', url: 'https://a.test/i.png' } },
  structured_input: {
    ...base,
    type: 'structured_input',
    status: 'answered',
    inputs: [
      {
        type: 'freeform',
        id: 'f',
        question: '?',
        description: 'd',
        answer: { values: ['v'], skipped: false },
      },
      { type: 'multiple_choice', id: 'm', question: '?', options: [{ value: 'v' }], multiple: true },
    ],
  },
  workflow: {
    ...base,
    type: 'workflow',
    workflow: {
      type: 'custom',
      tasks: Object.values(tasks),
      summary: { title: 's', icon: 'bolt' },
      expanded: true,
    },
  },
  task: { ...base, type: 'task', task: tasks.thought },
  hidden_context_item: { ...base, type: 'hidden_context_item', content: 'c' },
  sdk_hidden_context: { ...base, type: 'sdk_hidden_context', content: 'c' },
  end_of_turn: { ...base, type: 'end_of_turn' },
};
const part = { content_index: 0 };
const updates: OneOfEach<ThreadItemUpdate> = {
  'assistant_message.content_part.added': { type: 'assistant_message.content_part.added', ...part, content },
  'assistant_message.content_part.text_delta': {
    type: 'assistant_message.content_part.text_delta',
    ...part,
    delta: 'more',
  },
  'assistant_message.content_part.annotation_added': {
    type: 'assistant_message.content_part.annotation_added',
    ...part,
    annotation_index: 0,
    annotation: { type: 'annotation', source: { type: 'url', title: 'U', url: 'https://a.test/' } },
  },
  'assistant_message.content_part.done': { type: 'assistant_message.content_part.done', ...part, content },
  'widget.streaming_text.value_delta': {
    type: 'widget.streaming_text.value_delta',
    component_id: 'c',
    delta: 'd',
    done: true,
  },
  'widget.root.updated': { type: 'widget.root.updated', widget },
  'widget.component.updated': { type: 'widget.component.updated', component_id: 'c', component: widget },
  'workflow.task.added': { type: 'workflow.task.added', task_index: 0, task: tasks.web_search },
  'workflow.task.updated': { type: 'workflow.task.updated', task_index: 0, task: tasks.file },
  'generated_image.updated': {
    type: 'generated_image.updated',
    image: { id: 'g', url: 'https://a.test/i.png' },
    progress: 0.5,
  },
};
const thread: Thread = {
  title: 'T',
  id: 't',
  created_at: base.created_at,
  status: { type: 'locked', reason: 'r' },
  allowed_image_domains: ['a.test'],
  metadata: {},
  items: { data: [items.user_message, items.assistant_message], has_more: true, after: 'i' },
};
const events: OneOfEach<ThreadStreamEvent> = {
  'thread.created': { type: 'thread.created', thread },
  'thread.updated': { type: 'thread.updated', thread },
  'thread.item.added': { type: 'thread.item.added', item: items.workflow },
  'thread.item.updated': {
    type: 'thread.item.updated',
    item_id: 'i',
    update: updates['widget.root.updated'],
  },
  'thread.item.done': { type: 'thread.item.done', item: items.assistant_message },
  'thread.item.removed': { type: 'thread.item.removed', item_id: 'i' },
  'thread.item.replaced': { type: 'thread.item.replaced', item: items.structured_input },
  stream_options: { type: 'stream_options', stream_options: { allow_cancel: true } },
  progress_update: { type: 'progress_update', icon: 'bolt', text: 'p' },
  client_effect: { type: 'client_effect', name: 'n', data: { any: 1 } },
  error: { type: 'error', code: 'custom', message: 'm', allow_retry: true },
  notice: { type: 'notice', level: 'info', message: 'm', title: 't' },
};

/** What belongs to the integration, or to clients newer than this code, whatever is in it. */
const FREE = new Set(['data', 'arguments', 'output', 'headers', 'widget', 'component']);

/** The same with a private field and metadata in every object of the wire. */
function withPrivate<T>(value: T): T;
function withPrivate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => withPrivate(entry));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  // of a page of items, `data` is the list of them
  const inner = entries.map(([name, entry]) => [
    name,
    FREE.has(name) && !Array.isArray(entry) ? entry : withPrivate<unknown>(entry),
  ]);
  return { ...Object.fromEntries(inner), secret: 'private', metadata: { secret: 'private' } };
}

const samples: [name: string, event: ThreadStreamEvent][] = [
  ...Object.entries(events),
  ...Object.entries(items).map(([type, item]): [string, ThreadStreamEvent] => [
    `the item ${type}`,
    { type: 'thread.item.done', item },
  ]),
  ...Object.entries(updates).map(([type, update]): [string, ThreadStreamEvent] => [
    `the update ${type}`,
    { type: 'thread.item.updated', item_id: 'i', update },
  ]),
];

describe('An event on its way to a client', () => {
  it.each(samples)('carries all of the wire, and nothing else: %s', (_name, event) => {
    expect(encodeEvent(event)).toBe(JSON.stringify(event));
    expect(encodeEvent(withPrivate(event))).toBe(JSON.stringify(event));
  });

  it('leaves what it was made from as it is', () => {
    const event = withPrivate(events['thread.item.done']);
    const before = structuredClone(event);
    encodeEvent(event);
    expect(event).toEqual(before);
  });

  it('of no known type says only that, and an item of none what all items have', () => {
    const item = { ...base, type: 'newer', secret: 'private' };
    const newer: unknown[] = [
      { type: 'newer', secret: 'private' },
      { type: 'thread.item.done', item },
    ];
    expect(newer.map((event) => encodeEvent(event as ThreadStreamEvent))).toEqual([
      JSON.stringify({ type: 'newer' }),
      JSON.stringify({ type: 'thread.item.done', item: { ...base, type: 'newer' } }),
    ]);
  });
});

describe('What answers a request without a stream', () => {
  it('carries nothing private either', () => {
    const { items: page, ...stored } = withPrivate({ ...thread, items: thread.items });
    const metadata: ThreadMetadata = { ...stored, metadata: { secret: 'private' } };
    expect(publicThread(metadata, page)).toEqual(thread);
    expect(publicAttachment(withPrivate(image))).toEqual(image);
    expect(publicItem(withPrivate(items.user_message))).toEqual(items.user_message);
  });
});
