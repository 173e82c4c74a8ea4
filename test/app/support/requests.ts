/** Requests as a ChatKit client sends them. */
export function input(text: string, metadata?: Record<string, unknown>): object {
  return inputOf([{ type: 'input_text', text }], metadata);
}

export function inputOf(content: object[], metadata?: Record<string, unknown>): object {
  return { content, attachments: [], inference_options: {}, ...(metadata && { metadata }) };
}

export function create(text: string, metadata?: Record<string, unknown>): object {
  return { type: 'threads.create', params: { input: input(text, metadata) } };
}

export function say(threadId: string, text: string, metadata?: Record<string, unknown>): object {
  return {
    type: 'threads.add_user_message',
    params: { thread_id: threadId, input: input(text, metadata) },
  };
}

/** One request of every type that names a thread or an item of it. */
export function everyRequestAbout(threadId: string, itemId: string): object[] {
  const thread_id = threadId;
  const item_id = itemId;
  const action = { type: 'press', payload: {} };
  return [
    say(threadId, 'Let me in'),
    { type: 'threads.add_client_tool_output', params: { thread_id, result: {} } },
    { type: 'threads.add_structured_input', params: { thread_id, item_id, input: { answers: {} } } },
    { type: 'threads.retry_after_item', params: { thread_id, item_id } },
    { type: 'threads.custom_action', params: { thread_id, item_id, action } },
    { type: 'threads.sync_custom_action', params: { thread_id, item_id, action } },
    { type: 'threads.get_by_id', params: { thread_id } },
    { type: 'threads.list', params: { after: thread_id } },
    { type: 'items.list', params: { thread_id } },
    { type: 'items.list', params: { thread_id, after: item_id } },
    { type: 'items.feedback', params: { thread_id, item_ids: [item_id], kind: 'negative' } },
    { type: 'threads.update', params: { thread_id, title: 'Mine now' } },
    { type: 'threads.join', params: { thread_id } },
    { type: 'threads.stop', params: { thread_id } },
    { type: 'threads.delete', params: { thread_id } },
  ];
}
