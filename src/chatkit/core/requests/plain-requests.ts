import type { PlainRequest } from '../wire/requests.js';
import { actSync } from './actions.js';
import { createAttachment, deleteAttachment } from './attachments.js';
import type { Answer, ProcessOptions, RequestHooks } from './hooks.js';
import { stopAnswer } from './running.js';
import { getThread, listItems, listThreads, renameThread } from './threads.js';
import { transcribe } from './transcribe.js';

const answers: { readonly [Type in PlainRequest['type']]: Answer<Type> } = {
  'threads.get_by_id': getThread,
  'threads.list': listThreads,
  'threads.update': renameThread,
  'threads.delete': async ({ store }, { params }, context) => {
    await store.deleteThread(params.thread_id, context);
    return {};
  },
  'threads.stop': stopAnswer,
  'threads.sync_custom_action': actSync,
  'items.list': listItems,
  'items.feedback': async (hooks, { params }, context) => {
    await hooks.addFeedback(params.thread_id, params.item_ids, params.kind, context);
    return {};
  },
  'attachments.create': createAttachment,
  'attachments.delete': deleteAttachment,
  'input.transcribe': transcribe,
};

/** Answers the requests that do not stream: the value to send as JSON, or a `JsonText`. */
export function answerPlain<TContext>(
  hooks: RequestHooks<TContext>,
  request: PlainRequest,
  context: TContext,
  options: ProcessOptions,
): Promise<object> {
  const answer = answers[request.type] as Answer<PlainRequest['type']>;
  return answer(hooks, request, context, options);
}
