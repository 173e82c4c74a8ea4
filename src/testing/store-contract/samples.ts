import type {
  ClientToolCallItem,
  ThreadItem,
  UserMessageItem,
  ThreadMetadata,
} from '../../chatkit/core/index.js';

export const ANNA = { tenantId: 'acme', userId: 'anna' };
export const BERT = { tenantId: 'acme', userId: 'bert' };
/** Another organisation, a member of the same name. */
export const OTHER_ANNA = { tenantId: 'globex', userId: 'anna' };

/** Text that a database could lose: NUL, a lone surrogate, quotes, a backslash escape, an emoji. */
export const AWKWARD = 'a\0b \ud800 \'q" \\u0041 😀';

const created_at = '2020-01-02T03:04:05';

export function thread(id: string, change: Partial<ThreadMetadata> = {}): ThreadMetadata {
  return { id, created_at, status: { type: 'active' }, metadata: {}, ...change };
}

export function note(id: string, content: string = id, thread_id = 't1'): ThreadItem {
  return { type: 'sdk_hidden_context', id, thread_id, created_at, content };
}

export function question(id: string): UserMessageItem {
  return {
    type: 'user_message',
    id,
    thread_id: 't1',
    created_at,
    content: [{ type: 'input_text', text: id }],
    attachments: [],
    inference_options: {},
  };
}

export function toolCall(id: string, status: 'pending' | 'completed' = 'pending'): ClientToolCallItem {
  return {
    type: 'client_tool_call',
    id,
    thread_id: 't1',
    created_at,
    status,
    call_id: `call_${id}`,
    name: 'look',
    arguments: { deep: [1, { a: null }] },
  };
}
