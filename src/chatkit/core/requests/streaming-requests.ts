import { runEvents } from '../stream/event-pipeline.js';
import { HeldSaves } from '../stream/held-saves.js';
import { ObservedThread } from '../stream/observed-thread.js';
import { inSequence, type Part } from '../stream/in-sequence.js';
import type { RunningTurn } from '../stream/running-turn.js';
import { RunningTurns, threadKey } from '../stream/running-turns.js';
import { takeOver, type Events } from '../stream/turn.js';
import type { UserMessageItem } from '../wire/items.js';
import type { RequestOf, StreamingRequest } from '../wire/requests.js';
import type { ThreadMetadata } from '../wire/threads.js';
import { act } from './actions.js';
import type { Needs, ProcessOptions, RequestHooks, RequestTurn } from './hooks.js';
import { historyIn, type History } from './history.js';
import { answerMessage, beginThread, checkMessage } from './messages.js';
import { joinAnswer } from './running.js';
import { answerInput } from './structured-input.js';
import { assertActive } from './thread-status.js';

type TurnRequest = Exclude<StreamingRequest, RequestOf<'threads.join'>>;

/** Answers the requests that stream. Failures before the first event are thrown. */
export function answerStreaming<TContext>(
  hooks: RequestHooks<TContext>,
  request: StreamingRequest,
  context: TContext,
  options: ProcessOptions,
): Events {
  if (request.type === 'threads.join') return joinAnswer(hooks, request, context, options);
  const turns = RunningTurns.of(hooks.store);
  let running: RunningTurn | undefined;
  const begin = (thread: ThreadMetadata): RunningTurn => {
    running = turns.begin(threadKey(thread.id, context), options);
    return running;
  };
  return inSequence(
    () => opening({ hooks, context, options, begin }, request),
    () => {
      if (running !== undefined) turns.end(running);
    },
  );
}

/** What a turn begins with. */
interface Beginning<TContext> {
  readonly hooks: RequestHooks<TContext>;
  readonly context: TContext;
  readonly options: ProcessOptions;
  readonly begin: (thread: ThreadMetadata) => RunningTurn;
}

async function opening<TContext>(
  { hooks, context, options, begin }: Beginning<TContext>,
  request: TurnRequest,
): Promise<Part | undefined> {
  await checkMessage(hooks, request, context);
  const isNew = request.type === 'threads.create';
  const thread = isNew
    ? newThread(hooks, context)
    : await hooks.store.loadThread(request.params.thread_id, context);
  if (options.enforceStatus === true && !takesInactive(hooks, request)) assertActive(thread);
  const running = begin(thread);
  const { signal } = running;
  const saves = new HeldSaves(hooks);
  const turn = { hooks, observed: new ObservedThread(thread), running, saves, context, signal };
  return isNew ? beginThread(turn, thread, request.params.input) : goOn(turn, request);
}

/** Whether the status of a thread does not matter to the request. */
function takesInactive<TContext>(
  hooks: Needs<TContext, 'takesInactive'>,
  request: StreamingRequest,
): boolean {
  // a tool of the page ends what the agent has begun
  if (request.type === 'threads.add_client_tool_output') return true;
  return request.type === 'threads.custom_action' && hooks.takesInactive(request.params.action);
}

/** A turn on a thread that is there. */
async function goOn<TContext>(
  turn: RequestTurn<TContext>,
  request: Exclude<TurnRequest, RequestOf<'threads.create'>>,
): Promise<Part | undefined> {
  const { hooks, context } = turn;
  const { thread } = turn.observed;
  const history = (message: UserMessageItem | undefined): History =>
    historyIn(hooks.store, thread.id, message, context);
  switch (request.type) {
    case 'threads.add_user_message':
      return answerMessage(turn, request.params.input);
    case 'threads.add_client_tool_output':
      // refused once something newer is in the thread, which goes on then
      await hooks.store.completeClientToolCall(thread.id, request.params.result ?? undefined, context);
      await takeOver(turn);
      return runEvents(turn, () => hooks.respond(thread, undefined, context, history(undefined)));
    case 'threads.add_structured_input':
      return answerInput(turn, request.params);
    case 'threads.retry_after_item': {
      await takeOver(turn);
      const message = await truncate(turn, request.params.item_id);
      if (message === undefined) return undefined;
      return runEvents(turn, () => hooks.respond(thread, message, context, history(message)));
    }
    case 'threads.custom_action':
      return act(turn, request.params);
    default:
      return request satisfies never;
  }
}

/**
 * Removes what follows the message, but for what belongs to other turns that run: of an answer that did not end in
 * time all stays, and the message it answers.
 */
function truncate<TContext>(
  { hooks, observed, running, context }: RequestTurn<TContext>,
  messageId: string,
): Promise<UserMessageItem | undefined> {
  const { store } = hooks;
  const { id } = observed.thread;
  return RunningTurns.of(store).truncate(running, (except) =>
    store.truncateAfterUserMessage(id, messageId, context, except),
  );
}

function newThread<TContext>(hooks: Needs<TContext, 'store' | 'now'>, context: TContext): ThreadMetadata {
  return {
    id: hooks.store.generateThreadId(context),
    created_at: hooks.now(),
    status: { type: 'active' },
    metadata: {},
  };
}
