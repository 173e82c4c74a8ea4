import { begun } from '../stream/begun.js';
import { InvalidRequestError, InvalidStateError } from '../errors.js';
import { claim, runEvents, type Turn } from '../stream/event-pipeline.js';
import { ObservedThread } from '../stream/observed-thread.js';
import { asRefusal, PAYLOAD } from './parse.js';
import { RunningTurns, type RunningTurn } from '../stream/running-turns.js';
import { presentItem, publicThread } from '../serialise.js';
import type { ChatKitServer, ProcessOptions } from '../server/server.js';
import { answerStructuredInput } from './structured-answers.js';
import { assertActive } from './thread-status.js';
import type { Attachment } from '../wire/attachments.js';
import type { ThreadStreamEvent } from '../wire/events.js';
import type { StructuredInputItem, UserMessageItem } from '../wire/items.js';
import type { RequestOf, StreamingRequest, UserMessageInput } from '../wire/requests.js';
import type { ThreadMetadata } from '../wire/threads.js';

type Events = AsyncGenerator<ThreadStreamEvent, void, undefined>;

/** Answers the requests that stream. Failures before the first event are thrown. */
export async function* streamEvents<TContext>(
  server: ChatKitServer<TContext>,
  request: StreamingRequest,
  context: TContext,
  { signal, enforceStatus = false }: ProcessOptions,
): Events {
  const turnOn = (thread: ThreadMetadata, running: RunningTurn): Turn<TContext> => ({
    server,
    observed: new ObservedThread(thread),
    running,
    context,
    signal,
  });
  await checkMessage(server, request, context);
  const isNew = request.type === 'threads.create';
  const thread = isNew
    ? newThread(server, context)
    : await server.store.loadThread(request.params.thread_id, context);
  if (enforceStatus && !takesInactive(server, request)) assertActive(thread);
  const turns = RunningTurns.of(server.store);
  const running = turns.begin(thread.id, signal);
  try {
    if (!isNew) {
      yield* go(turnOn(thread, running), request);
      return;
    }
    await server.store.saveThread(thread, context);
    yield { type: 'thread.created', thread: publicThread(thread) };
    if (signal?.aborted !== true) yield* answerMessage(turnOn(thread, running), request.params.input);
  } finally {
    turns.end(thread.id, running);
  }
}

/** Whether the status of a thread does not matter to the request. */
function takesInactive<TContext>(server: ChatKitServer<TContext>, request: StreamingRequest): boolean {
  // a tool of the page ends what the agent has begun
  if (request.type === 'threads.add_client_tool_output') return true;
  return request.type === 'threads.custom_action' && server.takesInactive(request.params.action);
}

/** A turn on a thread that is there. */
async function* go<TContext>(
  turn: Turn<TContext>,
  request: Exclude<StreamingRequest, RequestOf<'threads.create'>>,
): Events {
  const { server, context } = turn;
  const { thread } = turn.observed;
  switch (request.type) {
    case 'threads.add_user_message':
      yield* answerMessage(turn, request.params.input);
      return;
    case 'threads.add_client_tool_output':
      await server.store.completeClientToolCall(thread.id, request.params.result ?? undefined, context);
      yield* runEvents(turn, () => server.respond(thread, undefined, context));
      return;
    case 'threads.add_structured_input':
      yield* answerInput(turn, request);
      return;
    case 'threads.retry_after_item': {
      const message = await truncate(turn, request.params.item_id);
      if (message !== undefined) yield* runEvents(turn, () => server.respond(thread, message, context));
      return;
    }
    case 'threads.custom_action':
      yield* act(turn, request);
  }
}

/**
 * Removes what follows the message, but for what belongs to other turns that run: all of a running answer and
 * of the message it answers stays, however much of it was stored by now.
 */
function truncate<TContext>(
  { server, observed, running, context }: Turn<TContext>,
  messageId: string,
): Promise<UserMessageItem | undefined> {
  const { store } = server;
  const { id } = observed.thread;
  return RunningTurns.of(store).truncate(id, running, (except) =>
    store.truncateAfterUserMessage(id, messageId, context, except),
  );
}

/** Before anything is stored: what fails later would leave a thread or a message behind. */
async function checkMessage<TContext>(
  server: ChatKitServer<TContext>,
  request: StreamingRequest,
  context: TContext,
): Promise<void> {
  if (request.type !== 'threads.create' && request.type !== 'threads.add_user_message') return;
  const { input } = request.params;
  const { maxPerMessage = Infinity } = server.attachmentStore ?? {};
  if (input.attachments.length > maxPerMessage) {
    const field = 'params.input.attachments';
    throw new InvalidRequestError(`${field}: Too big: expected at most ${maxPerMessage} entries`, field);
  }
  await server.checkMessage(input, context);
}

function newThread<TContext>(server: ChatKitServer<TContext>, context: TContext): ThreadMetadata {
  return {
    id: server.store.generateThreadId(context),
    created_at: server.now(),
    status: { type: 'active' },
    metadata: {},
  };
}

async function* answerMessage<TContext>(turn: Turn<TContext>, input: UserMessageInput): Events {
  const { server, observed, context } = turn;
  const attachments = await sendable(turn, [...new Set(input.attachments)]);
  const message = userMessage(turn, input, attachments);
  await claim(turn, message.id);
  if (attachments.length === 0) await server.store.addThreadItem(observed.thread.id, message, context);
  else await server.store.addUserMessage(observed.thread.id, message, context, threadsOf(attachments));
  yield { type: 'thread.item.done', item: presentItem(message, server.presenter(context)) };
  yield* runEvents(turn, () => server.respond(observed.thread, message, context));
}

/** The message, with attachments as those of its thread. */
function userMessage<TContext>(
  { server, observed, context }: Turn<TContext>,
  input: UserMessageInput,
  attachments: readonly Attachment[],
): UserMessageItem {
  const thread_id = observed.thread.id;
  return {
    type: 'user_message',
    id: server.store.generateItemId('message', observed.thread, context),
    thread_id,
    created_at: server.now(),
    content: input.content,
    attachments: attachments.map((attachment) => Object.assign({}, attachment, { thread_id })),
    quoted_text: input.quoted_text,
    inference_options: input.inference_options,
  };
}

/** The attachments a message names, as they are before it is sent. */
async function sendable<TContext>(
  { server, observed, context }: Turn<TContext>,
  ids: readonly string[],
): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  const attachments = await server.store.loadAttachments(ids, context);
  server.attachmentStore?.checkSendable(attachments, observed.thread.id, context);
  return attachments;
}

function threadsOf(attachments: readonly Attachment[]): ReadonlyMap<string, string> {
  return new Map(
    attachments.flatMap(({ id, thread_id }) => (thread_id === undefined ? [] : [[id, thread_id] as const])),
  );
}

async function* answerInput<TContext>(
  turn: Turn<TContext>,
  { params }: RequestOf<'threads.add_structured_input'>,
): Events {
  const { server, observed, context } = turn;
  const item = await server.store.loadItem(params.thread_id, params.item_id, context);
  if (item.type !== 'structured_input') throw new InvalidStateError('The item asks for no structured input');
  const answered = answerStructuredInput(item, params.input, server.logger);
  yield* runEvents(turn, () => replaceThenRespond(server, observed.thread, answered, context));
}

async function* replaceThenRespond<TContext>(
  server: ChatKitServer<TContext>,
  thread: ThreadMetadata,
  answered: StructuredInputItem,
  context: TContext,
): Events {
  yield { type: 'thread.item.replaced', item: answered };
  yield* server.respond(thread, undefined, context);
}

async function* act<TContext>(turn: Turn<TContext>, { params }: RequestOf<'threads.custom_action'>): Events {
  const { server, observed, context } = turn;
  const sender =
    params.item_id === undefined || params.item_id === ''
      ? undefined
      : await server.store.loadItem(params.thread_id, params.item_id, context);
  if (sender !== undefined && sender.type !== 'widget') {
    yield { type: 'error', code: 'stream.error', allow_retry: false };
    return;
  }
  const events = await begun(
    () => server.action(observed.thread, params.action, sender, context),
    (thrown) => asRefusal(thrown, PAYLOAD),
  );
  try {
    yield* runEvents(turn, () => events);
  } finally {
    // the client may have left before anybody asked for them
    events.return?.().catch(() => undefined);
  }
}
