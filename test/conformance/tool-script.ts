import { setTimeout } from 'node:timers/promises';
import type { RunStreamEvent } from '@openai/agents';
import { accumulateText, type AgentContext, type TextComponent } from '../../src/agents/index.js';
import {
  task,
  widgetComponent,
  widgetRoot,
  workflow,
  type WidgetRoot,
} from '../../src/chatkit/core/index.js';
import type { ToolOperation } from './agent-scenario.js';
import { assign, parseEvent } from './scripted-values.js';
import { mapStrings } from './symbols.js';

type Nested = NonNullable<ToolOperation['accumulate_text']>;

/** What a scenario's tool does with its context, operation by operation. */
export class ToolScript {
  constructor(
    private readonly context: AgentContext,
    private readonly nested: (agent: Nested) => Promise<AsyncIterable<RunStreamEvent>>,
  ) {}

  /** @returns what the tool answers */
  async perform(script: readonly ToolOperation[]): Promise<unknown> {
    const { id } = this.context.thread;
    for (const op of mapStrings(script, (text) => text.replaceAll('$thread', id)) as ToolOperation[]) {
      if ('return' in op) return op.return;
      await this.#operate(op);
    }
    return '';
  }

  async #operate(op: ToolOperation): Promise<void> {
    const { context } = this;
    const copyText = op.copy_text ?? undefined;
    if (op.emit !== undefined) await context.stream(parseEvent(op.emit));
    else if (op.widget !== undefined) await context.streamWidget(widgetRoot.parse(op.widget), copyText);
    else if (op.widget_states !== undefined) await context.streamWidget(states(op.widget_states), copyText);
    else if (op.accumulate_text !== undefined) {
      await context.streamWidget(this.#written(op.accumulate_text), copyText);
    } else if (op.start_workflow !== undefined)
      await context.startWorkflow(workflow.parse(op.start_workflow));
    else if (op.add_task !== undefined) await context.addWorkflowTask(task.parse(op.add_task));
    else if (op.update_task !== undefined) {
      await context.updateWorkflowTask(task.parse(op.update_task), op.index ?? 0);
    } else if (op.end_workflow !== undefined) await this.#endWorkflow(op.end_workflow);
    else if (op.client_tool_call !== undefined) context.clientToolCall = op.client_tool_call;
    else if (op.thread !== undefined) assign(context.thread, op.thread);
    else if (op.sleep_ms !== undefined) await setTimeout(op.sleep_ms);
    else if (op.raise !== undefined) throw new Error(op.raise);
    else throw new Error(`unknown operation ${JSON.stringify(op)}`);
  }

  #endWorkflow({ summary, expanded }: NonNullable<ToolOperation['end_workflow']>): Promise<void> {
    const parsed = workflow.parse({ type: 'custom', tasks: [], summary });
    return this.context.endWorkflow(parsed.summary, expanded);
  }

  /** Another agent's text, as the one child of a card. */
  async *#written(spec: Nested): AsyncGenerator<WidgetRoot> {
    const component = widgetComponent.parse(spec.component) as TextComponent;
    for await (const child of accumulateText(await this.nested(spec), component)) {
      yield widgetRoot.parse({ type: 'Card', children: [child] });
    }
  }
}

async function* states(roots: readonly unknown[]): AsyncGenerator<WidgetRoot> {
  for (const root of roots) yield widgetRoot.parse(root);
}
