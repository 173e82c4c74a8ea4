import type { ThreadItem, ThreadStreamEvent } from '../../chatkit/core/index.js';
import { NOTHING } from '../convert/converted.js';
import type { AgentContext } from './agent-context.js';

/** Items after which an open workflow goes on: the user sees nothing of them. */
const UNSEEN = new Set<ThreadItem['type']>(['client_tool_call', 'hidden_context_item']);

/** What one run puts in the thread: closes workflows in time, and can take everything back. */
export class RunOutput {
  readonly #produced = new Set<string>();

  constructor(private readonly context: AgentContext<unknown>) {}

  /** Goes on with the workflow that the thread ends with, before a client tool call too. */
  async resume(newest: readonly ThreadItem[] | undefined): Promise<void> {
    const [last, before] = newest ?? (await this.#load());
    if (last?.type === 'workflow') this.context.workflowItem = structuredClone(last);
    else if (last?.type === 'client_tool_call' && before?.type === 'workflow') {
      this.context.workflowItem = structuredClone(before);
    }
  }

  async #load(): Promise<ThreadItem[]> {
    const { store, thread, requestContext } = this.context;
    return (await store.loadThreadItems(thread.id, { limit: 2, order: 'desc' }, requestContext)).data;
  }

  /** What comes before an event made from the model's: a message closes the open workflow. */
  beforeModel(event: ThreadStreamEvent): readonly ThreadStreamEvent[] {
    if (event.type !== 'thread.item.added') return NOTHING;
    this.#produced.add(event.item.id);
    return event.item.type === 'assistant_message' ? this.context.closeWorkflow() : NOTHING;
  }

  /** An event that a tool has sent. Anything visible closes the open workflow. */
  *fromTool(event: ThreadStreamEvent): Iterable<ThreadStreamEvent> {
    if (event.type === 'thread.item.added' || event.type === 'thread.item.done') {
      const { item } = event;
      const open = this.context.workflowItem;
      if (open !== undefined && open.id !== item.id && !UNSEEN.has(item.type)) {
        yield* this.context.closeWorkflow();
      }
      if (event.type === 'thread.item.added' && item.type === 'workflow' && open?.id !== item.id) {
        this.context.workflowItem = structuredClone(item);
      }
      this.#produced.add(item.id);
    }
    yield event;
  }

  /** The removal of everything the run has put in the thread. */
  *takenBack(callIds: readonly string[]): Iterable<ThreadStreamEvent> {
    const open = this.context.workflowItem;
    if (open !== undefined && this.#produced.has(open.id)) this.context.workflowItem = undefined;
    for (const id of new Set([...this.#produced, ...callIds])) {
      yield { type: 'thread.item.removed', item_id: id };
    }
  }

  /** Stores a workflow that is still open, so that the next turn goes on with it. */
  async keepWorkflow(): Promise<void> {
    const { workflowItem, store, thread, requestContext } = this.context;
    if (workflowItem !== undefined) await store.addThreadItem(thread.id, workflowItem, requestContext);
  }
}
