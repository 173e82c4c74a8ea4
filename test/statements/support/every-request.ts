import { chatKitRequest } from '../../../src/chatkit/core/wire/requests.js';
import type { Store, TenantScope, ThreadItem } from '../../../src/chatkit/core/index.js';
import { create, inputOf, say } from '../../app/support/requests.js';
import { question, thread, toolCall } from '../../../src/testing/store-contract/samples.js';

/** A request, and what has to be there before it is sent. */
export interface CountedRequest {
  /** How the table of `docs/performance.md` names it. */
  readonly name: string;
  readonly request: object;
  /** What the request needs besides a thread with a question and a widget. Default: nothing. */
  readonly prepare?: (store: Store<TenantScope>, scope: TenantScope) => Promise<void>;
}

const THREAD = 't1';
const QUESTION = 'q1';
const WIDGET = 'w1';
const created_at = '2026-01-02T03:04:05Z';
const stamp = { thread_id: THREAD, created_at };
const file = { type: 'file', id: 'f1', name: 'terms.txt', mime_type: 'text/plain' } as const;
const action = { type: 'press', payload: {} };
const about = { thread_id: THREAD, item_id: WIDGET };

const form: ThreadItem = {
  type: 'structured_input',
  id: 'form',
  ...stamp,
  status: 'pending',
  inputs: [],
};

/** One request of every type, and those that carry attachments or go on behind a cursor. */
export const everyRequest: readonly CountedRequest[] = [
  counted(create('Hello')),
  {
    ...counted({ type: 'threads.create', params: { input: withFile() } }, 'with attachments'),
    prepare: (store, scope) => store.saveAttachment(file, scope),
  },
  counted(say(THREAD, 'Hello')),
  {
    ...counted(
      { type: 'threads.add_user_message', params: { thread_id: THREAD, input: withFile() } },
      'with attachments',
    ),
    prepare: (store, scope) => store.saveAttachment(file, scope),
  },
  {
    ...counted({ type: 'threads.add_client_tool_output', params: { thread_id: THREAD, result: 1 } }),
    prepare: (store, scope) => store.addThreadItem(THREAD, toolCall('call'), scope),
  },
  {
    ...counted({
      type: 'threads.add_structured_input',
      params: { thread_id: THREAD, item_id: form.id, input: { answers: {} } },
    }),
    prepare: (store, scope) => store.addThreadItem(THREAD, form, scope),
  },
  counted({ type: 'threads.retry_after_item', params: { thread_id: THREAD, item_id: QUESTION } }),
  counted({ type: 'threads.custom_action', params: { ...about, action } }),
  counted({ type: 'threads.sync_custom_action', params: { ...about, action } }),
  counted({ type: 'threads.join', params: { thread_id: THREAD } }),
  counted({ type: 'threads.stop', params: { thread_id: THREAD } }),
  counted({ type: 'threads.get_by_id', params: { thread_id: THREAD } }),
  counted({ type: 'threads.list', params: {} }),
  counted({ type: 'threads.list', params: { after: THREAD } }, 'after a cursor'),
  counted({ type: 'items.list', params: { thread_id: THREAD } }),
  counted({ type: 'items.list', params: { thread_id: THREAD, after: QUESTION } }, 'after a cursor'),
  counted({
    type: 'items.feedback',
    params: { thread_id: THREAD, item_ids: [WIDGET], kind: 'positive' },
  }),
  counted({ type: 'threads.update', params: { thread_id: THREAD, title: 'Another' } }),
  counted({ type: 'threads.delete', params: { thread_id: THREAD } }),
  counted({ type: 'attachments.create', params: { name: 'a.txt', size: 3, mime_type: 'text/plain' } }),
  {
    ...counted({ type: 'attachments.delete', params: { attachment_id: file.id } }),
    prepare: (store, scope) => store.saveAttachment(file, scope),
  },
  counted({ type: 'input.transcribe', params: { audio_base64: 'aGk=', mime_type: 'audio/webm' } }),
];

/** Every type of request that there is. */
export const requestTypes: readonly string[] = chatKitRequest.options.map(({ shape }) => shape.type.value);

/** What every request finds. */
export async function prepared(
  { prepare }: CountedRequest,
  store: Store<TenantScope>,
  scope: TenantScope,
): Promise<void> {
  await store.saveThread(thread(THREAD), scope);
  await store.addThreadItem(THREAD, question(QUESTION), scope);
  const widget = { type: 'Text', value: 'hi' } as const;
  await store.addThreadItem(
    THREAD,
    { type: 'widget', id: WIDGET, ...stamp, widget: { type: 'Card', children: [widget] } },
    scope,
  );
  await prepare?.(store, scope);
}

function counted(request: { type: string; params: object } | object, detail?: string): CountedRequest {
  const { type } = request as { type: string };
  return { name: detail === undefined ? `\`${type}\`` : `\`${type}\`, ${detail}`, request };
}

function withFile(): object {
  return { ...inputOf([{ type: 'input_text', text: 'Read this' }]), attachments: [file.id] };
}
