import type { Turn } from './model-server.js';

interface ResponsesEvent {
  readonly type: string;
  readonly delta?: string;
  readonly output_index?: number;
  readonly item?: { readonly type: string; readonly name?: string; readonly call_id?: string };
}

/** A piece of a Chat Completions stream. */
export function chunk(delta: object, finish_reason: string | null = null, id = 'chatcmpl-1'): object {
  const choices = [{ index: 0, delta, finish_reason }];
  return { id, object: 'chat.completion.chunk', created: 1, model: 'm', choices };
}

/** What a provider that speaks Chat Completions would answer where the recorded one said this. */
export function asChatCompletions(turn: Turn): Turn {
  if ('status' in turn) return turn;
  if ('drop' in turn) return { ...turn, events: chunks(turn.events as readonly ResponsesEvent[]) };
  return chunks(turn as readonly ResponsesEvent[]);
}

function chunks(events: readonly ResponsesEvent[]): object[] {
  const calls: number[] = [];
  const converted = events.flatMap((event): object[] => {
    const { item, output_index = 0, delta = '' } = event;
    switch (event.type) {
      case 'response.created':
        return [chunk({ role: 'assistant', content: '' })];
      case 'response.output_text.delta':
        return [chunk({ content: delta })];
      case 'response.refusal.delta':
        return [chunk({ refusal: delta })];
      case 'response.reasoning_summary_text.delta':
        return [chunk({ reasoning: delta })];
      case 'response.output_item.added':
        if (item?.type !== 'function_call') return [];
        calls.push(output_index);
        return [call({ index: calls.length - 1, id: item.call_id, function: { name: item.name } })];
      case 'response.function_call_arguments.delta':
        return [call({ index: calls.indexOf(output_index), function: { arguments: delta } })];
      case 'response.completed':
        return [chunk({}, calls.length > 0 ? 'tool_calls' : 'stop')];
      case 'response.incomplete':
        return [chunk({}, 'length')];
      default:
        return [];
    }
  });
  return converted;
}

function call(piece: object): object {
  return chunk({ tool_calls: [{ type: 'function', ...piece }] });
}
