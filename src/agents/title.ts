import type { UserMessageItem } from '../chatkit/core/index.js';
import { cleanLine } from './prompt/data-text.js';
import { userText } from './prompt/item-text.js';

/** Longest title made from a message, in characters. */
export const MAX_TITLE = 60;

/** A title from the first words of a message, on one line; undefined when there are none. */
export function titleFrom(message: UserMessageItem): string | undefined {
  const line = cleanLine(userText(message), 1000).replace(/^[\s#>*\-`]+/, '');
  if (line.length <= MAX_TITLE) return line === '' ? undefined : line;
  const cut = line
    .slice(0, MAX_TITLE - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > MAX_TITLE / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
