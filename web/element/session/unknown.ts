import { list, record } from './json.js';
import { isHiddenType } from './read-items.js';

const SOURCES = new Set(['url', 'file', 'entity']);
const TASKS = new Set(['custom', 'thought', 'web_search', 'file', 'image']);
const UPDATES = new Set([
  'assistant_message.content_part.added',
  'assistant_message.content_part.text_delta',
  'assistant_message.content_part.annotation_added',
  'assistant_message.content_part.done',
  'widget.root.updated',
  'widget.component.updated',
  'widget.streaming_text.value_delta',
  'workflow.task.added',
  'workflow.task.updated',
  'generated_image.updated',
]);
const ITEMS = new Set([
  'user_message',
  'assistant_message',
  'client_tool_call',
  'widget',
  'generated_image',
  'structured_input',
  'task',
  'workflow',
  'end_of_turn',
]);
const EVENTS = new Set([
  'thread.created',
  'thread.updated',
  'thread.item.added',
  'thread.item.done',
  'thread.item.replaced',
  'thread.item.updated',
  'thread.item.removed',
  'stream_options',
  'progress_update',
  'client_effect',
  'error',
  'notice',
]);

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
