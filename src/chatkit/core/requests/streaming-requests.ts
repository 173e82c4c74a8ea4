import { runEvents } from '../stream/event-pipeline.js';
import { HeldSaves } from '../stream/held-saves.js';
import { ObservedThread } from '../stream/observed-thread.js';
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

/** Answers the requests that stream. Failures before the first event are thrown. */
export async function* answerStreaming<TContext>(
  hooks: RequestHooks<TContext>,
  request: StreamingRequest,
  context: TContext,
  options: ProcessOptions,
): Events {
  if (request.type === 'threads.join') {
    yield* joinAnswer(hooks, request, context, options);
    return;
  }
  await checkMessage(hooks, request, context);
  const isNew = request.type === 'threads.create';
  const thread = isNew
    ? newThread(hooks, context)
    : await hooks.store.loadThread(request.params.thread_id, context);
  if (options.enforceStatus === true && !takesInactive(hooks, request)) assertActive(thread);
  const turns = RunningTurns.of(hooks.store);
  const running = turns.begin(threadKey(thread.id, context), options);
  try {
    const saves = new HeldSaves(hooks);
    const { signal } = running;
    const turn = { hooks, observed: new ObservedThread(thread), running, saves, context, signal };
    if (!isNew) {
      yield* go(turn, request);
      return;
    }
    yield* beginThread(turn, thread, request.params.input);
  } finally {
    turns.end(running);
  }
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
async function* go<TContext>(
  turn: RequestTurn<TContext>,
  request: Exclude<StreamingRequest, RequestOf<'threads.create' | 'threads.join'>>,
): Events {
  const { hooks, context } = turn;
  const { thread } = turn.observed;
  const history = (message: UserMessageItem | undefined): History =>
    historyIn(hooks.store, thread.id, message, context);
  switch (request.type) {
    case 'threads.add_user_message':
      yield* answerMessage(turn, request.params.input);
      return;
    case 'threads.add_client_tool_output':
      // refused once something newer is in the thread, which goes on then
      await hooks.store.completeClientToolCall(thread.id, request.params.result ?? undefined, context);
      await takeOver(turn);
      yield* runEvents(turn, () => hooks.respond(thread, undefined, context, history(undefined)));
      return;
    case 'threads.add_structured_input':
      yield* answerInput(turn, request.params);
      return;
    case 'threads.retry_after_item': {
      await takeOver(turn);
      const message = await truncate(turn, request.params.item_id);
      if (message === undefined) return;
      yield* runEvents(turn, () => hooks.respond(thread, message, context, history(message)));
      return;
    }
    case 'threads.custom_action':
      yield* act(turn, request.params);
      return;
    default:
      request satisfies never;
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
