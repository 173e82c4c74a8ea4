import { InvalidRequestError } from '../errors.js';
import { presentItem, publicThread } from '../serialise.js';
import { runEvents } from '../stream/event-pipeline.js';
import type { Part } from '../stream/in-sequence.js';
import { claim, takeOver } from '../stream/turn.js';
import type { Attachment } from '../wire/attachments.js';
import type { UserMessageItem } from '../wire/items.js';
import type { StreamingRequest, UserMessageInput } from '../wire/requests.js';
import type { ThreadMetadata } from '../wire/threads.js';
import { historyIn, type KnownItems } from './history.js';
import type { Needs, RequestTurn } from './hooks.js';

/** Before anything is stored: what fails later would leave a thread or a message behind. */
export async function checkMessage<TContext>(
  hooks: Needs<TContext, 'attachmentStore' | 'checkMessage'>,
  request: StreamingRequest,
  context: TContext,
): Promise<void> {
  if (request.type !== 'threads.create' && request.type !== 'threads.add_user_message') return;
  const { input } = request.params;
  const { maxPerMessage = Infinity } = hooks.attachmentStore ?? {};
  if (input.attachments.length > maxPerMessage) {
    const field = 'params.input.attachments';
    throw new InvalidRequestError(`${field}: Too big: expected at most ${maxPerMessage} entries`, field);
  }
  await hooks.checkMessage(input, context);
}

/**
 * Stores a new thread with its first message, and has that answered. A thread whose message names attachments that
 * cannot be sent is made and announced before that fails, as the reference does.
 */
export async function* beginThread<TContext>(
  turn: RequestTurn<TContext>,
  thread: ThreadMetadata,
  input: UserMessageInput,
): Part {
  const { hooks, context, signal } = turn;
  const created = { type: 'thread.created', thread: publicThread(thread) } as const;
  let first: ReceivedMessage;
  try {
    first = await received(turn, input);
  } catch (error) {
    await hooks.store.saveThread(thread, context);
    yield created;
    throw error;
  }
  const { message, from } = first;
  void takeOver(turn);
  await hooks.store.createThread(thread, message, context, from);
  yield created;
  return signal.aborted ? undefined : answer(turn, message, { items: [message], limit: Infinity });
}

/** Stores a user's message and has it answered. */
export async function answerMessage<TContext>(
  turn: RequestTurn<TContext>,
  input: UserMessageInput,
): Promise<Part> {
  const { hooks, observed, context } = turn;
  const { message, from } = await received(turn, input);
  await takeOver(turn);
  const history = hooks.historyLimit;
  const items = await hooks.store.addUserMessage(observed.thread.id, message, context, { from, history });
  return answer(turn, message, { items, limit: history });
}

async function* answer<TContext>(
  turn: RequestTurn<TContext>,
  message: UserMessageItem,
  known: KnownItems,
): Part {
  const { hooks, observed, running, context } = turn;
  const { thread } = observed;
  yield running.told({ type: 'thread.item.done', item: presentItem(message, hooks.presenter(context)) });
  const history = historyIn(hooks.store, thread.id, message, context, known);
  return runEvents(turn, () => hooks.respond(thread, message, context, history));
}

/** A message as it is to be stored, and the threads that its attachments are taken from. */
interface ReceivedMessage {
  readonly message: UserMessageItem;
  readonly from: ReadonlyMap<string, string>;
}

async function received<TContext>(
  turn: RequestTurn<TContext>,
  input: UserMessageInput,
): Promise<ReceivedMessage> {
  const attachments = await sendable(turn, [...new Set(input.attachments)]);
  const message = userMessage(turn, input, attachments);
  await claim(turn, message.id);
  return { message, from: threadsOf(attachments) };
}

/** The message, with attachments as those of its thread. */
function userMessage<TContext>(
  { hooks, observed, context }: RequestTurn<TContext>,
  input: UserMessageInput,
  attachments: readonly Attachment[],
): UserMessageItem {
  const thread_id = observed.thread.id;
  return {
    type: 'user_message',
    id: hooks.store.generateItemId('message', observed.thread, context),
    thread_id,
    created_at: hooks.now(),
    content: input.content,
    attachments: attachments.map((attachment) => Object.assign({}, attachment, { thread_id })),
    quoted_text: input.quoted_text,
    inference_options: input.inference_options,
  };
}

/** The attachments a message names, as they are before it is sent. */
async function sendable<TContext>(
  { hooks, observed, context }: RequestTurn<TContext>,
  ids: readonly string[],
): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  const attachments = await hooks.store.loadAttachments(ids, context);
  hooks.attachmentStore?.checkSendable(attachments, observed.thread.id, context);
  return attachments;
}

function threadsOf(attachments: readonly Attachment[]): ReadonlyMap<string, string> {
  return new Map(
    attachments.flatMap(({ id, thread_id }) => (thread_id === undefined ? [] : [[id, thread_id] as const])),
  );
}
