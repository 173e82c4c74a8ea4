import { InvalidRequestError } from '../errors.js';
import { presentItem } from '../serialise.js';
import { runEvents } from '../stream/event-pipeline.js';
import { claim, type Events } from '../stream/turn.js';
import type { Attachment } from '../wire/attachments.js';
import type { UserMessageItem } from '../wire/items.js';
import type { StreamingRequest, UserMessageInput } from '../wire/requests.js';
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

/** Stores a user's message and has it answered. */
export async function* answerMessage<TContext>(turn: RequestTurn<TContext>, input: UserMessageInput): Events {
  const { hooks, observed, context } = turn;
  const attachments = await sendable(turn, [...new Set(input.attachments)]);
  const message = userMessage(turn, input, attachments);
  await claim(turn, message.id);
  if (attachments.length === 0) await hooks.store.addThreadItem(observed.thread.id, message, context);
  else await hooks.store.addUserMessage(observed.thread.id, message, context, threadsOf(attachments));
  yield { type: 'thread.item.done', item: presentItem(message, hooks.presenter(context)) };
  yield* runEvents(turn, () => hooks.respond(observed.thread, message, context));
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
