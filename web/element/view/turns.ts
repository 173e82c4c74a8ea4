import { parts } from '../parts/parts.js';
import type { Item, UserMessageItem } from '../session/wire.js';
import { widgetText } from '../session/widget-tree.js';

/** A user message and what answers it. */
export interface TurnGroup {
  readonly key: string;
  readonly user: UserMessageItem | undefined;
  readonly items: readonly Item[];
}

/** Groups items into turns; what comes before the first user message is a turn of its own. */
export function groupTurns(items: readonly Item[]): readonly TurnGroup[] {
  const turns: { key: string; user: UserMessageItem | undefined; items: Item[] }[] = [];
  for (const item of items) {
    const key = item.shown_as ?? item.id;
    if (item.type === 'user_message') {
      turns.push({ key, user: item, items: [] });
      continue;
    }
    const current = turns.at(-1);
    if (current) current.items.push(item);
    else turns.push({ key, user: undefined, items: [item] });
  }
  return turns;
}

const INVISIBLE = new Set<Item['type']>(['client_tool_call', 'end_of_turn']);

/** Questions that wait for their answers are shown in place of the composer. */
function isPending(item: Item): boolean {
  return item.type === 'structured_input' && item.status === 'pending';
}

export function visible(items: readonly Item[]): readonly Item[] {
  return items.filter((item) => !INVISIBLE.has(item.type) && !isPending(item));
}

/** What the copy button copies: answers as they were written, widgets by their copy text. */
export function copyText(items: readonly Item[]): string {
  return items.map(copyOf).filter(Boolean).join('\n\n');
}

function copyOf(item: Item): string {
  if (item.type === 'assistant_message') return item.content.map((part) => part.text).join('\n\n');
  if (item.type === 'widget') return item.copy_text ?? widgetText(item.widget);
  return item.type === 'generated_image' ? (item.image?.url ?? '') : '';
}

/** The words of an answer, for announcements. */
export function spokenText(items: readonly Item[]): string {
  return items
    .map((item) => {
      if (item.type === 'assistant_message')
        return item.content.map((part) => withoutMarkup(part.text)).join(' ');
      return item.type === 'widget' ? (item.copy_text ?? widgetText(item.widget)) : '';
    })
    .filter(Boolean)
    .join(' ');
}

/** The words of a text, for announcements. */
export function withoutMarkup(text: string): string {
  return parts.markdown.value?.plainText(text) ?? text;
}
