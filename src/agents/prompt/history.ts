import type { ThreadItem, UserMessageItem } from '../../chatkit/core/index.js';
import { MAX_ENTRY } from './bounded-item.js';
import { cleanText, dataBlock, dataLine } from '../../model-text/data-text.js';
import { entriesOf } from './item-text.js';

/** How much of what was said before is kept, the newest first. */
export interface HistoryLimits {
  /** Items. */
  readonly count: number;
  /** Characters of all entries together. */
  readonly characters: number;
}

const MAX_LOADED = 100;
/** Enough to find the user's message behind what tools have added since. */
const MIN_LOADED = 20;

/** A thread's newest items, apart: what was said before, and what is to be answered now. */
export interface Conversation {
  /** Oldest first. */
  readonly history: readonly ThreadItem[];
  /** The user's last message and everything after it, oldest first. */
  readonly current: readonly ThreadItem[];
}

/** How many items to load so that `count` messages are among them: some say nothing to a model. */
export function itemsToLoad(count: number): number {
  return Math.min(MAX_LOADED, Math.max(MIN_LOADED, count * 2 + 1));
}

/**
 * Divides a thread before the message to answer.
 *
 * @param newestFirst items as loaded in descending order
 * @param message the new message; without one the last user message is taken, as after a client tool
 */
export function divide(newestFirst: readonly ThreadItem[], message?: UserMessageItem): Conversation {
  const index = newestFirst.findIndex((item) =>
    message === undefined ? item.type === 'user_message' : item.id === message.id,
  );
  if (index === -1 && message !== undefined) {
    return { current: [message], history: newestFirst.toReversed() };
  }
  const end = index === -1 ? newestFirst.length : index + 1;
  return {
    current: newestFirst.slice(0, end).toReversed(),
    history: newestFirst.slice(end).toReversed(),
  };
}

/** The newest items that say something, oldest first, as far as the limits allow. */
export function recent(history: readonly ThreadItem[], limits: HistoryLimits): ThreadItem[] {
  const kept: ThreadItem[] = [];
  let left = limits.characters;
  for (const item of history.toReversed()) {
    if (kept.length >= limits.count) break;
    const entries = entriesOf(item);
    if (entries.length === 0) continue;
    left -= entries.reduce((sum, { text }) => sum + Math.min(text.length, MAX_ENTRY), 0);
    if (left < 0) break;
    kept.push(item);
  }
  return kept.toReversed();
}

/** What was said before as a block of the instructions; nothing when nothing was said. */
export function historyBlock(items: readonly ThreadItem[]): string | undefined {
  const entries = items.flatMap(entriesOf);
  if (entries.length === 0) return undefined;
  const lines = entries.map(({ speaker, text }) => dataLine(speaker, cleanText(text, MAX_ENTRY)));
  return dataBlock('conversation-data', 'What was said before in this conversation, oldest first.', lines);
}
