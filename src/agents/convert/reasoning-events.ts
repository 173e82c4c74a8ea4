import type { Task, ThreadItemUpdate, ThreadStreamEvent, WorkflowItem } from '../../chatkit/core/index.js';
import type { AgentContext } from '../run/agent-context.js';
import { snapshot } from './snapshot.js';
import { textOf } from './text-of.js';
import type { ResponsesEvent } from './responses-event.js';

type Thought = Extract<Task, { type: 'thought' }>;

/** The part of a summary that an event speaks of. */
interface Place {
  readonly item_id: string;
  readonly summary_index: number;
}

/** Turns what a model tells about its thinking into tasks of the open workflow, or of a new one. */
export class ReasoningEvents {
  /** The thought that is shown while it grows. */
  #growing: { readonly place: Place; readonly task: Thought } | undefined;

  constructor(private readonly context: AgentContext<unknown>) {}

  convert(event: ResponsesEvent): ThreadStreamEvent[] {
    const { workflowItem: item } = this.context;
    switch (event.type) {
      case 'response.output_item.added':
        return this.begin();
      case 'response.reasoning_summary_text.delta':
        return item === undefined ? [] : this.#delta(item, event, textOf(event.delta));
      case 'response.reasoning_summary_text.done':
        return item === undefined ? [] : [this.#done(item, event, textOf(event.text))];
      default:
        return [];
    }
  }

  /** The model has begun to think, whether it tells what or not. */
  begin(): ThreadStreamEvent[] {
    if (this.context.workflowItem !== undefined) return [];
    const item = this.context.newWorkflow({ type: 'reasoning', tasks: [], expanded: false });
    this.context.workflowItem = item;
    return [{ type: 'thread.item.added', item: snapshot(item) }];
  }

  /** Only a workflow's first thought is shown while it grows: it should be seen early. */
  #delta(item: WorkflowItem, place: Place, delta: string): ThreadStreamEvent[] {
    const { workflow } = item;
    if (workflow.type === 'reasoning' && workflow.tasks.length === 0) {
      this.#growing = { place, task: thought(delta) };
      return [this.#add(item, this.#growing.task)];
    }
    const task = this.#grownAt(item, place);
    if (task === undefined) return [];
    task.content += delta;
    return [this.#update(item, task)];
  }

  #done(item: WorkflowItem, place: Place, text: string): ThreadStreamEvent {
    const task = this.#grownAt(item, place);
    if (task === undefined) return this.#add(item, thought(text));
    this.#growing = undefined;
    task.content = text;
    return this.#update(item, task);
  }

  #grownAt({ workflow }: WorkflowItem, { item_id, summary_index }: Place): Thought | undefined {
    if (this.#growing === undefined) return undefined;
    const { place, task } = this.#growing;
    const isSame = place.item_id === item_id && place.summary_index === summary_index;
    return isSame && workflow.tasks.includes(task) ? task : undefined;
  }

  #add(item: WorkflowItem, task: Thought): ThreadStreamEvent {
    item.workflow.tasks.push(task);
    return event(item, {
      type: 'workflow.task.added',
      task: { ...task },
      task_index: item.workflow.tasks.length - 1,
    });
  }

  #update(item: WorkflowItem, task: Thought): ThreadStreamEvent {
    const task_index = item.workflow.tasks.indexOf(task);
    return event(item, { type: 'workflow.task.updated', task: { ...task }, task_index });
  }
}

function thought(content: string): Thought {
  return { type: 'thought', status_indicator: 'none', content };
}

function event({ id }: WorkflowItem, update: ThreadItemUpdate): ThreadStreamEvent {
  return { type: 'thread.item.updated', item_id: id, update };
}
