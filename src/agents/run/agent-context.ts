import type { RequestContext } from '../../auth/context/request-context.js';
import {
  streamWidget,
  type Store,
  type StoreItemType,
  type Task,
  type ThreadItemUpdate,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type WidgetRoot,
  type Workflow,
  type WorkflowItem,
} from '../../chatkit/core/index.js';
import { OperatorError } from '../../chatkit/core/errors.js';
import { EventChannel } from './event-channel.js';
import { snapshot } from '../convert/snapshot.js';
import { summarised, type WorkflowSummary } from './workflow-summary.js';

/** A call that the page is asked to make once the run has ended. */
export interface ClientToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What changes in the course of a run. */
interface RunState {
  readonly events: EventChannel;
  clientToolCall?: ClientToolCall | undefined;
  workflowItem?: WorkflowItem | undefined;
  awaitsUser?: boolean;
}

/** What an AgentContext takes besides its subject. */
export interface AgentContextOptions {
  /** Default: the system's. */
  readonly clock?: () => Date;
}

/**
 * What a run, its tools and the conversion of its events have at hand: one thread, one request. Give it
 * to the run as its context; tools then find it there and show things to the user with it. Each of its
 * methods that sends an event resolves once the event has been passed on. Follows `AgentContext` of the
 * reference.
 */
export class AgentContext<TContext = RequestContext> {
  #run: RunState = { events: new EventChannel() };
  readonly #clock: () => Date;

  constructor(
    /** As handed to respond(): assigned fields are saved and announced. */
    readonly thread: ThreadMetadata,
    readonly store: Store<TContext>,
    readonly requestContext: TContext,
    { clock = () => new Date() }: AgentContextOptions = {},
  ) {
    this.#clock = clock;
  }

  /** Set by a tool that stops the run: the page is asked to make this call. */
  get clientToolCall(): ClientToolCall | undefined {
    return this.#run.clientToolCall;
  }

  set clientToolCall(call: ClientToolCall | undefined) {
    this.#run.clientToolCall = call;
  }

  /** Set by a tool that stops the run: what the user answers comes with a request of its own. */
  get awaitsUser(): boolean {
    return this.#run.awaitsUser ?? false;
  }

  set awaitsUser(awaits: boolean) {
    this.#run.awaitsUser = awaits;
  }

  /** The workflow that tasks and thoughts are added to. */
  get workflowItem(): WorkflowItem | undefined {
    return this.#run.workflowItem;
  }

  set workflowItem(item: WorkflowItem | undefined) {
    this.#run.workflowItem = item;
  }

  /** Read by streamAgentResponse. */
  get events(): EventChannel {
    return this.#run.events;
  }

  /** This context for a part of the run that may take less time: what is shown and set in one is so in both. */
  withRequestContext(requestContext: TContext): AgentContext<TContext> {
    const part = new AgentContext(this.thread, this.store, requestContext, { clock: this.#clock });
    part.#run = this.#run;
    return part;
  }

  /** A new id for something that is about to be put in the thread, or in another one. */
  generateId(type: StoreItemType, thread: ThreadMetadata = this.thread): string {
    return type === 'thread'
      ? this.store.generateThreadId(this.requestContext)
      : this.store.generateItemId(type, thread, this.requestContext);
  }

  /** The time now, in UTC, as the wire writes it. */
  now(): string {
    return this.#clock().toISOString();
  }

  /** Sends an event as it is at this moment. */
  stream(event: ThreadStreamEvent): Promise<void> {
    return this.events.send(snapshot(event));
  }

  /**
   * Shows a widget: a finished one, or one that changes, of which each state is given whole.
   *
   * @param copyText what copying the widget gives
   */
  async streamWidget(widget: WidgetRoot | AsyncIterable<WidgetRoot>, copyText?: string): Promise<void> {
    const id = this.generateId('message');
    for await (const event of streamWidget(this.thread, widget, { copyText, id, clock: this.#clock })) {
      await this.stream(event);
    }
  }

  /** Begins a workflow. A custom one is shown when it has its first task. */
  async startWorkflow(workflow: Workflow): Promise<void> {
    const item = this.newWorkflow(snapshot(workflow));
    this.workflowItem = item;
    if (workflow.type === 'custom' && workflow.tasks.length === 0) return;
    await this.stream({ type: 'thread.item.added', item });
  }

  /** Adds a task to the workflow, or to a new custom one when none is open. */
  async addWorkflowTask(task: Task): Promise<void> {
    this.workflowItem ??= this.newWorkflow({ type: 'custom', tasks: [], expanded: false });
    const item = this.workflowItem;
    const count = item.workflow.tasks.push(snapshot(task));
    if (item.workflow.type === 'custom' && count === 1) {
      await this.stream({ type: 'thread.item.added', item });
    } else {
      await this.#update(item, { type: 'workflow.task.added', task, task_index: count - 1 });
    }
  }

  /**
   * Replaces a task of the workflow.
   *
   * @throws OperatorError when no workflow is open, RangeError when it has no such task
   */
  async updateWorkflowTask(task: Task, index: number): Promise<void> {
    const item = this.workflowItem;
    if (item === undefined) throw new OperatorError('no workflow is open');
    if (item.workflow.tasks[index] === undefined) throw new RangeError(`the workflow has no task ${index}`);
    item.workflow.tasks[index] = snapshot(task);
    await this.#update(item, { type: 'workflow.task.updated', task, task_index: index });
  }

  /**
   * Closes the workflow, if one is open.
   *
   * @param summary default: the one it has, else how long it took
   * @param expanded whether its tasks stay visible
   */
  async endWorkflow(summary?: WorkflowSummary, expanded = false): Promise<void> {
    const item = this.workflowItem;
    if (item === undefined) return;
    this.workflowItem = undefined;
    if (summary !== undefined) item.workflow.summary = summary;
    await this.stream({ type: 'thread.item.done', item: summarised(item, this.#clock(), expanded) });
  }

  /** An item for a workflow that begins now; it is neither kept nor shown yet. */
  newWorkflow(workflow: Workflow): WorkflowItem {
    return {
      type: 'workflow',
      id: this.generateId('workflow'),
      thread_id: this.thread.id,
      created_at: this.now(),
      workflow,
    };
  }

  /** The event that closes the open workflow when something else is shown; none when none is open. */
  closeWorkflow(): ThreadStreamEvent[] {
    const item = this.workflowItem;
    if (item === undefined) return [];
    this.workflowItem = undefined;
    return [{ type: 'thread.item.done', item: snapshot(summarised(item, this.#clock(), false)) }];
  }

  #update({ id }: WorkflowItem, update: ThreadItemUpdate): Promise<void> {
    return this.stream({ type: 'thread.item.updated', item_id: id, update });
  }
}
