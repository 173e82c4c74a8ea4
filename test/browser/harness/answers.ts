import type { Script } from './harness.js';

const AT = '2026-01-01T00:00:00Z';

/** Answers every message with these words, from one thread; other requests go to the server. */
export function answering(words: string, annotations: readonly unknown[] = []): Script {
  let serial = 0;
  return (request) => {
    const input = request?.params['input'];
    if (!request || typeof input !== 'object') return undefined;
    serial += 1;
    const base = { thread_id: 'thr_scripted', created_at: AT };
    const user = { ...base, ...input, type: 'user_message', id: `user_${serial}`, attachments: [] };
    const content = [{ type: 'output_text', text: words, annotations }];
    const answer = { ...base, type: 'assistant_message', id: `answer_${serial}`, content };
    const thread = { id: base.thread_id, created_at: AT, status: { type: 'active' } };
    const begun =
      request.type === 'threads.create'
        ? [{ type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } }]
        : [];
    return [...begun, ...[user, answer].map((item) => ({ type: 'thread.item.done', item }))];
  };
}
