const AT = '2026-01-01T00:00:00Z';

export const THREAD = { id: 'thr_bench', created_at: AT, title: 'A thread', status: { type: 'active' } };

const base = { thread_id: THREAD.id, created_at: AT };

export function question(id: string, text: string): Record<string, unknown> {
  const content = [{ type: 'input_text', text }];
  return { ...base, type: 'user_message', id, content, attachments: [], inference_options: {} };
}

export function reply(id: string, text: string): Record<string, unknown> {
  return {
    ...base,
    type: 'assistant_message',
    id,
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}

export const begun = { type: 'thread.created', thread: { ...THREAD, items: { data: [], has_more: false } } };

export function added(item: unknown): Record<string, unknown> {
  return { type: 'thread.item.added', item };
}

export function finished(item: unknown): Record<string, unknown> {
  return { type: 'thread.item.done', item };
}

export function delta(itemId: string, text: string): Record<string, unknown> {
  const update = { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text };
  return { type: 'thread.item.updated', item_id: itemId, update };
}

const SECTION = `## Opening hours of the reading rooms

The rooms are open **every day** from eight to ten; in the *summer* they close at six. See
[the plan](https://example.com/plan) for details, or ask at the desk with \`desk --call\`.

1. Bring your card.
2. Choose a place:
   - by the window
   - in the quiet wing
3. Leave it as you found it.

| Room | Seats | Open |
| --- | ---: | --- |
| North | 24 | yes |
| South | 12 | no |

\`\`\`ts
export function seats(rooms: readonly Room[]): number {
  return rooms.filter((room) => room.open).reduce((sum, room) => sum + room.seats, 0);
}
\`\`\`

> Whoever comes first is served first.

`;

/** Markdown of that many characters with everything an answer may have. */
export function markdown(length: number): string {
  return SECTION.repeat(Math.ceil(length / SECTION.length)).slice(0, length);
}
