import type { RunItem } from '@openai/agents';
import type { ThreadStreamEvent } from '../../chatkit/core/index.js';
import type { AgentContext } from './agent-context.js';

/** Where ids come from, see StreamAgentResponseOptions. */
export type IdSource = 'own' | 'model';

/** The tool calls of a run, and the one among them that the page has to make. */
export class ToolCalls {
  /** The model's ids of the function calls. */
  readonly ids: string[] = [];
  #last: { readonly id: string | undefined; readonly callId: string } | undefined;

  constructor(
    private readonly context: AgentContext<unknown>,
    private readonly source: IdSource,
  ) {}

  /** The model has called a tool, one of ours or one that its provider runs. */
  called(item: RunItem['rawItem']): void {
    this.#last = undefined;
    if (item === undefined || item.type !== 'function_call') return;
    const id = this.source === 'model' ? item.id : undefined;
    this.#last = { id, callId: item.callId };
    if (id !== undefined) this.ids.push(id);
  }

  /** The call of the page, if a tool has asked for one; it answers the model's last call. */
  *handedOver(): Iterable<ThreadStreamEvent> {
    const { clientToolCall: call, thread } = this.context;
    if (call === undefined) return;
    yield {
      type: 'thread.item.done',
      item: {
        type: 'client_tool_call',
        id: this.#last?.id ?? this.context.generateId('tool_call'),
        thread_id: thread.id,
        created_at: this.context.now(),
        status: 'pending',
        call_id: this.#last?.callId ?? this.context.generateId('tool_call'),
        name: call.name,
        arguments: { ...call.arguments },
      },
    };
  }
}
