import { applyUpdate } from './apply-update.js';
import { compact, filled, oneOf, record, text } from './json.js';
import type { JsonRecord } from './json.js';
import { readItem, readThread } from './read-items.js';
import { without } from './state.js';
import type { ChatState } from './state.js';
import type { Item } from './wire.js';

const LOCAL_PREFIX = 'local-';
const MAX_NOTICES = 5;

/** The id of a message shown before the server has confirmed it. */
export function localId(serial: number): string {
  return `${LOCAL_PREFIX}${serial}`;
}

export function isLocal(item: Item): boolean {
  return item.id.startsWith(LOCAL_PREFIX);
}

/**
 * Applies one event of a response stream. Pure: the same state and event always give the same state.
 * Events, items and updates it does not know leave the state as it is.
 */
export function apply(state: ChatState, value: unknown): ChatState {
  const event = record(value);
  switch (event.type) {
    case 'thread.created':
    case 'thread.updated': {
      const thread = readThread(event.thread);
      return thread ? { ...state, thread, threadId: thread.id, view: 'thread' } : state;
    }
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced':
      return putItem(state, event);
    case 'thread.item.updated':
      return updateItem(state, event);
    case 'thread.item.removed':
      return removeItem(state, event.item_id);
    case 'stream_options':
      return { ...state, canStop: record(event.stream_options).allow_cancel === true };
    case 'progress_update': {
      const line = filled(event.text);
      return line === undefined
        ? state
        : { ...state, progress: compact({ text: line, icon: text(event.icon) }) };
    }
    case 'error':
      return { ...state, problem: readProblem(event) };
    case 'notice':
      return addNotice(state, event);
    default:
      return state;
  }
}

function readProblem(event: JsonRecord): NonNullable<ChatState['problem']> {
  return compact({
    code: event.code === 'stream.error' ? ('stream.error' as const) : ('custom' as const),
    message: event.code === 'stream.error' ? undefined : filled(event.message),
    canRetry: event.allow_retry === true,
  });
}

function addNotice(state: ChatState, event: JsonRecord): ChatState {
  const message = filled(event.message);
  if (message === undefined) return state;
  const key = (state.notices.at(-1)?.key ?? 0) + 1;
  const level = oneOf(event.level, ['info', 'warning', 'danger'], 'info');
  const notice = compact({ key, level, message, title: filled(event.title) });
  return { ...state, notices: [...state.notices, notice].slice(-MAX_NOTICES) };
}

function putItem(state: ChatState, event: JsonRecord): ChatState {
  const item = readItem(event.item);
  if (!item) return state;
  const known = state.items.findIndex((other) => other.id === item.id);
  const at = known === -1 && item.type === 'user_message' ? state.items.findLastIndex(isLocal) : known;
  const before = state.items[at];
  const after = succeed(before, item);
  const live = new Set([...state.live].filter((id) => id !== item.id && id !== before?.id));
  if (event.type === 'thread.item.added') live.add(item.id);
  const moves = before === undefined || state.live.has(item.id);
  const items = moves
    ? place(
        state.items.filter((other) => other !== before),
        after,
        live,
      )
    : state.items.with(at, after);
  const next: ChatState = { ...state, items, live };
  if (item.type === 'user_message') return next;
  const answering: ChatState = next.turn === 'waiting' ? { ...next, turn: 'streaming' } : next;
  return hasText(item) ? without(answering, 'progress') : answering;
}

function removeItem(state: ChatState, id: unknown): ChatState {
  const live = new Set([...state.live].filter((other) => other !== id));
  return { ...state, items: state.items.filter((item) => item.id !== id), live };
}

/** Servers store in the order in which items end: a finished one comes before those that still go on. */
function place(items: readonly Item[], item: Item, live: ReadonlySet<string>): readonly Item[] {
  const at = live.has(item.id) ? -1 : items.findIndex((other) => live.has(other.id));
  return at === -1 ? [...items, item] : items.toSpliced(at, 0, item);
}

/** The item in place of another one, shown as the same. */
export function succeed(before: Item | undefined, after: Item): Item {
  const shownAs = before?.shown_as ?? (before && before.id !== after.id ? before.id : undefined);
  return shownAs === undefined ? after : { ...after, shown_as: shownAs };
}

function updateItem(state: ChatState, event: JsonRecord): ChatState {
  const at = state.items.findLastIndex((item) => item.id === event.item_id);
  const before = state.items[at];
  if (!before) return state;
  const after = applyUpdate(before, event.update);
  if (after === before) return state;
  const next = { ...state, items: state.items.with(at, after) };
  return hasText(after) ? without(next, 'progress') : next;
}

function hasText(item: Item): boolean {
  return item.type === 'assistant_message' && item.content.some((part) => part.text !== '');
}
