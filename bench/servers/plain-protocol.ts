import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { SECRET } from '../identity.js';
import { delta, orderIn } from './order.js';

/** What the servers that are compared have in common: as much of the protocol as the load asks for. */
export interface PlainRequest {
  readonly type: string;
  readonly params: {
    readonly thread_id?: string;
    readonly after?: string;
    readonly input: { readonly content: readonly { readonly type: string; readonly text: string }[] };
  };
}

export type Json = Readonly<Record<string, unknown>>;

export interface PlainRow {
  readonly id: string;
  readonly created_at: string;
}

/** How many entries a page of theirs has. */
export const PAGE = 20;

/** @throws Error unless the header has a token that the secret has signed */
export function claimsOf(header: string | undefined): { readonly sub: string; readonly org_id: string } {
  const [head, claims, signature = ''] = (header ?? '').slice('Bearer '.length).split('.');
  const wanted = createHmac('sha256', SECRET).update(`${head}.${claims}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Error('a wrong token');
  return JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()) as { sub: string; org_id: string };
}

export function newId(prefix: 'thr' | 'msg'): string {
  return `${prefix}_${randomBytes(16).toString('hex')}`;
}

export function newThread(): PlainRow & Json {
  return { id: newId('thr'), created_at: new Date().toISOString(), status: { type: 'active' } };
}

export function userMessage(thread_id: string, { params }: PlainRequest): PlainRow & Json {
  const created_at = new Date().toISOString();
  const { content } = params.input;
  return {
    id: newId('msg'),
    thread_id,
    created_at,
    type: 'user_message',
    content,
    attachments: [],
    inference_options: {},
  };
}

/** Sends the events of an answer, and keeps the message before its last. */
export async function answer(
  thread_id: string,
  { params }: PlainRequest,
  send: (event: object) => void,
  keep: (item: PlainRow & Json) => Promise<unknown>,
): Promise<void> {
  const order = orderIn(params.input.content[0]?.text ?? '');
  const created_at = new Date().toISOString();
  const item = { id: newId('msg'), thread_id, created_at, type: 'assistant_message' };
  const update = (change: object): void =>
    send({ type: 'thread.item.updated', item_id: item.id, update: change });
  send({ type: 'stream_options', stream_options: { allow_cancel: true } });
  send({ type: 'thread.item.added', item: { ...item, content: [] } });
  const empty = { type: 'output_text', text: '', annotations: [] };
  update({ type: 'assistant_message.content_part.added', content_index: 0, content: empty });
  const start = Date.now();
  let text = '';
  for (let n = 1; n <= order.deltas; n++) {
    const piece = await delta(order, start, n);
    text += piece;
    update({ type: 'assistant_message.content_part.text_delta', content_index: 0, delta: piece });
  }
  const content = { ...empty, text };
  update({ type: 'assistant_message.content_part.done', content_index: 0, content });
  const done = { ...item, content: [content] };
  await keep(done);
  send({ type: 'thread.item.done', item: done });
}
