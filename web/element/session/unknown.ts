import type { ThreadStreamEvent } from '../../../src/chatkit/core/wire/events.js';
import type { ThreadItem } from '../../../src/chatkit/core/wire/items.js';
import type { Source } from '../../../src/chatkit/core/wire/sources.js';
import type { Task } from '../../../src/chatkit/core/wire/tasks.js';
import type { ThreadItemUpdate } from '../../../src/chatkit/core/wire/updates.js';
import { list, record } from './json.js';
import { isHiddenType } from './read-items.js';

/** The names that a union of the protocol has: one that is missing here, or is none of it, does not compile. */
function namesOf<Name extends string>(names: Readonly<Record<Name, true>>): ReadonlySet<string> {
  return new Set(Object.keys(names));
}

const SOURCES = namesOf<Source['type']>({
  url: true,
  file: true,
  entity: true,
});
const TASKS = namesOf<Task['type']>({
  custom: true,
  thought: true,
  web_search: true,
  file: true,
  image: true,
});
const UPDATES = namesOf<ThreadItemUpdate['type']>({
  'assistant_message.content_part.added': true,
  'assistant_message.content_part.text_delta': true,
  'assistant_message.content_part.annotation_added': true,
  'assistant_message.content_part.done': true,
  'widget.root.updated': true,
  'widget.component.updated': true,
  'widget.streaming_text.value_delta': true,
  'workflow.task.added': true,
  'workflow.task.updated': true,
  'generated_image.updated': true,
});
const ITEMS = namesOf<Exclude<ThreadItem['type'], 'hidden_context_item' | 'sdk_hidden_context'>>({
  user_message: true,
  assistant_message: true,
  client_tool_call: true,
  widget: true,
  generated_image: true,
  structured_input: true,
  task: true,
  workflow: true,
  end_of_turn: true,
});
const EVENTS = namesOf<ThreadStreamEvent['type']>({
  'thread.created': true,
  'thread.updated': true,
  'thread.item.added': true,
  'thread.item.done': true,
  'thread.item.replaced': true,
  'thread.item.updated': true,
  'thread.item.removed': true,
  stream_options: true,
  progress_update: true,
  client_effect: true,
  error: true,
  notice: true,
});

/** How many different types are told of, so that a server cannot fill a log. */
const MAX_TOLD = 100;
/** A type is a word of the protocol; anything else might be what somebody said. */
const TYPE_NAME = /^[a-z][\w.]{0,63}$/i;

type Kind = 'event' | 'item' | 'update' | 'task' | 'source' | 'widget';

/** Tells of each type that is newer than this code, once; whoever reads it leaves it out. */
export class UnknownTypes {
  readonly #told = new Set<string>();

  constructor(private readonly tell: (kind: Kind, type: string) => void) {}

  inEvent(value: unknown): void {
    const { type, item, update } = record(value);
    if (type !== 'thread.item.updated') {
      this.#check('event', type, EVENTS);
      if (item !== undefined) this.inItem(item);
      return;
    }
    const { type: change, task, annotation, content } = record(update);
    this.#check('update', change, UPDATES);
    if (task !== undefined) this.#inTask(task);
    if (annotation !== undefined) this.#inAnnotations([annotation]);
    if (content !== undefined) this.#inAnnotations(record(content).annotations);
  }

  inItem(value: unknown): void {
    const { type, content, task, workflow } = record(value);
    if (isHiddenType(type)) return;
    this.#check('item', type, ITEMS);
    if (type === 'assistant_message')
      for (const part of list(content)) this.#inAnnotations(record(part).annotations);
    if (type === 'task') this.#inTask(task);
    if (type === 'workflow') for (const one of list(record(workflow).tasks)) this.#inTask(one);
  }

  /** A component of a widget that nobody could show. */
  component(type: string): void {
    this.#check('widget', type, new Set());
  }

  #inTask(value: unknown): void {
    const { type, sources } = record(value);
    this.#check('task', type, TASKS);
    for (const source of list(sources)) this.#check('source', record(source).type, SOURCES);
  }

  #inAnnotations(value: unknown): void {
    for (const annotation of list(value))
      this.#check('source', record(record(annotation).source).type, SOURCES);
  }

  #check(kind: Kind, type: unknown, known: ReadonlySet<unknown>): void {
    if (known.has(type)) return;
    const name = typeof type === 'string' && TYPE_NAME.test(type) ? type : '';
    const key = `${kind} ${name}`;
    if (this.#told.has(key) || this.#told.size >= MAX_TOLD) return;
    this.#told.add(key);
    this.tell(kind, name);
  }
}
