import type { UserMessageContent } from '@openai/chatkit';
import type { Answers } from '../actions.js';
import { list, record, strings, text } from '../json.js';
import type { Session } from '../session.js';
import type { RecordedStep } from './scenario.js';

/**
 * Does in the element what made the recorded client send this request.
 *
 * @throws what the element reports or shows as well
 */
export async function ask(session: Session, { type, params }: RecordedStep): Promise<void> {
  const itemId = text(params.item_id) ?? '';
  const thread = text(params.thread_id) ?? '';
  switch (type) {
    case 'threads.create':
    case 'threads.add_user_message':
      return session.sendUserMessage(messageOf(params.input));
    case 'threads.retry_after_item':
      return session.actions.retry(itemId);
    case 'threads.custom_action':
      return session.sendCustomAction(params.action, text(params.item_id));
    case 'threads.sync_custom_action':
      return runInWidget(session, itemId, params.action);
    case 'threads.add_structured_input': {
      const { status, answers } = record(params.input);
      const given = status === 'skipped' ? 'skipped' : 'answered';
      return session.actions.answer(itemId, given, record(answers) as Answers);
    }
    case 'items.feedback':
      if (params.kind === 'positive' || params.kind === 'negative')
        await session.actions.rate(strings(params.item_ids), params.kind);
      return;
    case 'threads.update':
      return session.renameThread(thread, text(params.title) ?? '');
    case 'threads.delete':
      return session.deleteThread(thread);
    case 'threads.get_by_id':
      await session.setThreadId(null);
      return session.setThreadId(thread);
    default:
      return;
  }
}

async function runInWidget(session: Session, itemId: string, action: unknown): Promise<void> {
  const { type, payload } = record(action);
  const item = session.state.value.items.find(({ id }) => id === itemId);
  if (item?.type !== 'widget') return;
  const config = { type: text(type) ?? '', payload, handler: 'server', loadingBehavior: 'auto' } as const;
  await session.actions.runFromWidget({ ...config, streaming: false }, item, 'Button');
}

function messageOf(value: unknown): Parameters<Session['sendUserMessage']>[0] {
  const input = record(value);
  const { tool_choice, model } = record(input.inference_options);
  const tool = text(record(tool_choice).id);
  return {
    content: list(input.content) as UserMessageContent[],
    reply: text(input.quoted_text),
    attachments: strings(input.attachments).map((id) => ({ type: 'file', id, name: id, mime_type: '' })),
    toolChoice: tool === undefined ? undefined : { id: tool },
    model: text(model),
  };
}
