import type { ThreadItem } from '../../chatkit/core/index.js';
import { cleanText } from '../../model-text/data-text.js';

/** Longest text of one item that was said before, in UTF-16 units. */
export const MAX_ENTRY = 4000;

function bounded(text: string): string {
  return text.length > MAX_ENTRY ? cleanText(text, MAX_ENTRY) : text;
}

/** What is no text goes as it is when it is short, else as the beginning of its JSON. */
function boundedValue(value: unknown): unknown {
  if (typeof value === 'string') return bounded(value);
  const json = JSON.stringify(value) ?? '';
  return json.length > MAX_ENTRY ? bounded(json) : value;
}

/** An item of the history whose texts are no longer than they would be in the instructions. */
export function boundedItem(item: ThreadItem): ThreadItem {
  switch (item.type) {
    case 'user_message': {
      const content = item.content.map((part) =>
        part.type === 'input_text' ? { ...part, text: bounded(part.text) } : part,
      );
      return { ...item, content, quoted_text: item.quoted_text && bounded(item.quoted_text) };
    }
    case 'assistant_message':
      return { ...item, content: item.content.map((part) => ({ ...part, text: bounded(part.text) })) };
    case 'widget':
      return { ...item, copy_text: item.copy_text && bounded(item.copy_text) };
    case 'client_tool_call':
      return { ...item, output: boundedValue(item.output) };
    case 'hidden_context_item':
      return { ...item, content: boundedValue(item.content) };
    case 'sdk_hidden_context':
      return { ...item, content: bounded(item.content) };
    case 'end_of_turn':
    case 'generated_image':
    case 'structured_input':
    case 'task':
    case 'workflow':
      return item;
    default:
      return item satisfies never;
  }
}
