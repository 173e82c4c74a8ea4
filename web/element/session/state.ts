import type { FailureCode } from './failure.js';
import type { Item, ThreadInfo } from './wire.js';

export interface Progress {
  readonly text: string;
  readonly icon?: string;
}

export interface Notice {
  readonly key: number;
  readonly level: 'info' | 'warning' | 'danger';
  readonly message: string;
  readonly title?: string;
}

/** A failure that the conversation shows; the code chooses the text unless the server gave its own. */
export interface Problem {
  readonly code: FailureCode;
  readonly message?: string;
  readonly canRetry: boolean;
}

export interface OlderItems {
  readonly hasMore: boolean;
  readonly cursor?: string;
  readonly status: 'idle' | 'loading' | 'failed';
}

export type FeedbackKind = 'positive' | 'negative';

/** Everything the conversation view shows. Replaced, never mutated: what is unchanged keeps its identity. */
export interface ChatState {
  readonly view: 'start' | 'loading' | 'thread' | 'failed';
  readonly threadId: string | null;
  readonly thread?: ThreadInfo;
  readonly items: readonly Item[];
  /** Ids of items that are still being streamed. */
  readonly live: ReadonlySet<string>;
  readonly older: OlderItems;
  readonly turn: 'idle' | 'waiting' | 'streaming' | 'recovering';
  readonly canStop: boolean;
  readonly stopped: boolean;
  readonly progress?: Progress;
  readonly problem?: Problem;
  readonly notices: readonly Notice[];
  /** Feedback given in this session, by the id of the turn's first item. */
  readonly feedback: Readonly<Record<string, FeedbackKind>>;
  /** Raised when a turn starts, so that a view can place it. */
  readonly turnCount: number;
  /** True once a turn was started in the shown thread, as against one that was only loaded. */
  readonly active: boolean;
}

export const EMPTY_STATE: ChatState = {
  view: 'start',
  threadId: null,
  items: [],
  live: new Set(),
  older: { hasMore: false, status: 'idle' },
  turn: 'idle',
  canStop: false,
  stopped: false,
  notices: [],
  feedback: {},
  turnCount: 0,
  active: false,
};

/** The state with one member taken out, for members that are optional. */
export function without(state: ChatState, key: 'progress' | 'problem' | 'thread'): ChatState {
  if (state[key] === undefined) return state;
  const { [key]: _, ...rest } = state;
  return rest;
}

export function startTurn(state: ChatState): ChatState {
  const clean = without(without(state, 'problem'), 'progress');
  return {
    ...clean,
    turn: 'waiting',
    canStop: false,
    stopped: false,
    active: true,
    turnCount: state.turnCount + 1,
  };
}

/**
 * How a turn came to its end: its stream ended, it told of an error, or it was cut off, by the user or by the
 * network.
 */
export type Ending = 'complete' | 'failed' | 'cut';

/** Ends the turn with what the server keeps of it. */
export function endTurn(state: ChatState, ending: Ending): ChatState {
  const clean = without(state, 'progress');
  const items = state.items.filter((item) => !state.live.has(item.id) || isKept(item, ending));
  return { ...clean, items, live: new Set(), turn: 'idle', canStop: false };
}

/**
 * Of what was announced but never finished, servers store the text that was cut off, and nothing that an error
 * ended. What a stream leaves unfinished without a word stays until the server has been asked.
 */
function isKept(item: Item, ending: Ending): boolean {
  if (item.type !== 'assistant_message') return ending === 'complete';
  return ending !== 'failed' && item.content.some((part) => part.text.trim() !== '');
}

export function isBusy(state: ChatState): boolean {
  return state.turn !== 'idle';
}

/** True when the thread takes no further messages for now or for good. */
export function isShut(state: ChatState): boolean {
  return state.thread !== undefined && state.thread.status.type !== 'active';
}
