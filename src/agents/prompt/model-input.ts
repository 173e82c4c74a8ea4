import type { AgentInputItem } from '@openai/agents';
import type { ClientToolCallItem, ThreadItem } from '../../chatkit/core/index.js';
import { messageText } from './data-text.js';
import { entriesOf, type Entry } from './item-text.js';

/** Longest text of one message or tool output that is given to the model. */
const MAX_TEXT = 100_000;

function user(text: string): AgentInputItem {
  return {
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text: messageText(text, MAX_TEXT) }],
  };
}

function fromEntry({ speaker, text }: Entry): AgentInputItem {
  switch (speaker) {
    case 'quoted by user':
      return user(`The user is referring to this in particular:\n${text}`);
    case 'shown to user':
      return user(`The portal showed this to the user:\n${text}`);
    case 'context':
      return user(`Context from the portal, not shown to the user:\n${text}`);
    case 'assistant':
      return {
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: messageText(text, MAX_TEXT) }],
      };
    default:
      return user(text);
  }
}

function fromToolCall({
  call_id: callId,
  name,
  arguments: given,
  output,
}: ClientToolCallItem): AgentInputItem[] {
  const result = messageText(JSON.stringify(output ?? null), MAX_TEXT);
  return [
    { type: 'function_call', callId, name, arguments: JSON.stringify(given), status: 'completed' },
    { type: 'function_call_result', callId, name, output: result, status: 'completed' },
  ];
}

/** Items of a thread as input of the model, in the shapes the agents SDK defines. */
export function toModelInput(items: readonly ThreadItem[]): AgentInputItem[] {
  return items.flatMap((item) =>
    item.type === 'client_tool_call' && item.status === 'completed'
      ? fromToolCall(item)
      : entriesOf(item).map(fromEntry),
  );
}
