import type { RequestContext } from '../../auth/context/request-context.js';
import type {
  ActionCall,
  ActionHandlers,
  SyncActionResult,
  ThreadStreamEvent,
} from '../../chatkit/core/index.js';
import { AgentContext } from '../run/agent-context.js';
import { mergeEvents } from '../run/merge-events.js';
import { RunOutput } from '../run/run-output.js';
import type { Declaration } from './declaration.js';
import type { DecoratedMethod } from './decorated-methods.js';
import { assertOffered } from './offered-actions.js';

type Call = ActionCall<RequestContext>;
type ActionDeclaration = Extract<Declaration, { readonly kind: 'action' }>;
type ActionMethod = Pick<DecoratedMethod, 'where' | 'call'> & Pick<ActionDeclaration, 'widget' | 'inactive'>;

/** The handlers of actions that providers have declared. A ChatKitServer takes them as its `actions`. */
export class AgentActions implements ActionHandlers<RequestContext> {
  readonly #streaming = new Map<string, ActionMethod>();
  readonly #sync = new Map<string, ActionMethod>();

  /** @throws Error when the type is empty, or another method handles it */
  add({ type, sync, widget, inactive }: ActionDeclaration, method: DecoratedMethod): void {
    if (typeof type !== 'string' || type === '') throw new Error('the action has no type');
    const handlers = sync ? this.#sync : this.#streaming;
    const other = handlers.get(type);
    if (other !== undefined) {
      throw new Error(`the action ${JSON.stringify(type)} is handled by ${other.where} already`);
    }
    handlers.set(type, { where: method.where, call: (...args) => method.call(...args), widget, inactive });
  }

  /**
   * Whether a method reacts to actions of this type; to be asked once the application has its extensions.
   *
   * @param sync whether the action waits for one answer
   */
  has(type: string, sync: boolean): boolean {
    return (sync ? this.#sync : this.#streaming).has(type);
  }

  takesInactive(type: string): boolean {
    return [this.#streaming, this.#sync].some((handlers) => handlers.get(type)?.inactive === true);
  }

  /** @throws InvalidRequestError when the action has to come from a widget that offers it, and does not */
  stream(call: Call): AsyncIterable<ThreadStreamEvent> | undefined {
    const method = this.#streaming.get(call.action.type);
    if (method?.widget === true) assertOffered(call.action, call.sender);
    return method && streamed(call, method);
  }

  /** @throws InvalidRequestError as `stream` */
  answer(call: Call): Promise<SyncActionResult> | undefined {
    const method = this.#sync.get(call.action.type);
    if (method?.widget === true) assertOffered(call.action, call.sender);
    return method && answered(call, method);
  }
}

function contextOf({ thread, store, context }: Call): AgentContext {
  return new AgentContext(thread, store, context);
}

async function answered(call: Call, method: ActionMethod): Promise<SyncActionResult> {
  const result = await method.call(call.action, call.sender, contextOf(call));
  return (result as SyncActionResult | undefined) ?? {};
}

/** What the handler yields and what it sends through the context, in the order of their causes. */
async function* streamed(
  call: Call,
  method: ActionMethod,
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  const context = contextOf(call);
  const turn = new RunOutput(context);
  const yielded = yieldedBy(() => method.call(call.action, call.sender, context));
  for await (const { event } of mergeEvents(yielded, context.events)) yield* turn.fromTool(event);
  await turn.keepWorkflow();
}

async function* yieldedBy(handle: () => unknown): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  const result = await handle();
  if (isEvents(result)) yield* result;
}

function isEvents(value: unknown): value is AsyncIterable<ThreadStreamEvent> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
