import { errorOf } from '../http/requests.js';
import { create, say } from './support/requests.js';
import { ChatClient } from './support/chat-client.js';
import { startAppOnOwnDatabase } from './support/own-database.js';
import type { RunningApp } from './support/running-app.js';
import { tokenOf } from './support/tokens.js';

const ADA = { tenant: 'org_aurora', user: 'ada' };
/** Characters that PostgreSQL neither compresses nor stores in less than four bytes each. */
const RARE = String.fromCodePoint(
  ...Array.from({ length: 1000 }, (_, index) => 0x1_0000 + ((index * 7919) % 0xf_0000)),
);
/** What a route is sent besides the token. */
interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
}

function upload(text: string, name: string, fields: Readonly<Record<string, string>> = {}): Sent {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  body.append('file', new Blob([text]), name);
  return { method: 'POST', body };
}

const cursor = (at: unknown, threadId: unknown = 't'): string =>
  Buffer.from(JSON.stringify([at, threadId, 'i', 'u'])).toString('base64url');

describe('input that cannot be used', () => {
  let app: RunningApp;
  let token: string;
  let chat: ChatClient;

  beforeAll(async () => {
    app = await startAppOnOwnDatabase({ CHATKIT_DEMO: 'true' });
    token = await tokenOf(ADA, { roles: ['admin'] });
    chat = await ChatClient.of(app.url, ADA);
  });
  afterAll(() => app?.close());

  async function refusal(path: string, init: Sent = {}): Promise<[number, string, string | undefined]> {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    const response = await fetch(`${app.url}${path}`, { ...init, headers });
    const { code, field } = await errorOf(response);
    return [response.status, code, field];
  }

  it.each(['a%00b', '%00', 'x'.repeat(257)])('is no id of a document: %s', async (id) => {
    expect(await refusal(`/chatkit/admin/documents/${id}`, { method: 'DELETE' })).toEqual([
      400,
      'invalid_request',
      'id',
    ]);
  });

  it.each([
    ['30 February', cursor('2026-02-30T00:00:00.000000Z')],
    ['the year 0', cursor('0000-01-01T00:00:00.000000Z')],
    ['another form of a time', cursor('2026-01-01')],
    ['a lone surrogate', cursor('2026-01-01T00:00:00.000000Z', '\uD800')],
    ['NUL', cursor('2026-01-01T00:00:00.000000Z', '\0')],
    ['no text', cursor('2026-01-01T00:00:00.000000Z', 7)],
    ['nothing', ''],
    ['no cursor', 'what?'],
  ])('is no cursor: one that holds %s', async (_what, after) => {
    expect(await refusal(`/chatkit/admin/feedback?after=${after}`)).toEqual([
      400,
      'invalid_request',
      'after',
    ]);
  });

  it.each([
    ['usage?from=2026-02-30', 'from'],
    ['usage?from=0000-01-01', 'from'],
    ['usage?to=2026-W01-1', 'to'],
    ['usage?to=20260101', 'to'],
    ['feedback/days?to=2026-01-01&to=2026-01-02', 'to'],
    ['documents?search=%00', 'search'],
  ])('is no query: %s', async (query, field) => {
    expect(await refusal(`/chatkit/admin/${query}`)).toEqual([400, 'invalid_request', field]);
  });

  it.each([
    ['a source of rare characters', { source: RARE }, 'source'],
    ['an address of rare characters', { url: `https://a.example/${RARE}` }, 'url'],
    ['a source with NUL', { source: 'a\0b' }, 'source'],
    ['a title with NUL', { title: 'a\0b' }, 'title'],
  ])('is no field of a document: %s', async (_what, fields, field) => {
    const answer = await refusal('/chatkit/admin/documents', upload('Text.', 'a.txt', fields));
    expect(answer).toEqual([400, 'invalid_request', field]);
  });

  it.each([
    ['deep Markdown', '>'.repeat(10_000), 'a.md'],
    ['a broken PDF', '%PDF-1.7\n1 0 obj<<', 'a.pdf'],
    ['HTML without text', '<html><table><td rowspan=-1>', 'a.html'],
  ])('is no document: %s', async (_what, text, name) => {
    const answer = await refusal('/chatkit/admin/documents', upload(text, name));
    expect(answer).toEqual([400, 'invalid_request', 'file']);
  });

  it('does not keep a page from being read: cells that reach nowhere, or too far', async () => {
    const spans = ['rowspan=-1', 'colspan=-1', 'colspan=1e9 rowspan=1e9', 'colspan=NaN'];
    const html = `<html><table><tr>${spans.map((span) => `<td ${span}>nine`).join('')}</table>`;
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${app.url}/chatkit/admin/documents`, {
      ...upload(html, 'a.html'),
      headers,
    });
    expect(response.status).toBe(201);
  });

  it.each([
    ['deep', `{"instructions":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'body'],
    ['with NUL', JSON.stringify({ instructions: 'a\0b' }), 'instructions'],
    ['with a lone surrogate', '{"instructions":"\\ud800"}', 'instructions'],
    ['empty', '', 'body'],
    ['a list', '[]', 'instructions'],
  ])('is no set of instructions: one that is %s', async (_what, body, field) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await refusal('/chatkit/admin/organisation', { method: 'PUT', headers, body });
    expect(answer).toEqual([400, 'invalid_request', field]);
  });

  it('is no body of a chat: one that is nested 5,000 deep', async () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(await chat.refusal(`{"type":"threads.list","params":{},"metadata":{"a":${deep}}}`)).toMatchObject({
      status: 400,
      code: 'invalid_request',
    });
  });

  it.each([
    ['that waits for one answer', 'threads.sync_custom_action', 'booking.star'],
    ['whose answer streams', 'threads.custom_action', 'booking.cancel'],
    ['whose answer goes through the context', 'threads.custom_action', 'booking.show'],
  ])('is no payload of an action %s', async (_what, type, action) => {
    const { threadId } = await chat.turn(create('Hello'));
    const send = (payload: unknown): ReturnType<ChatClient['refusal']> =>
      chat.refusal({ type, params: { thread_id: threadId, action: { type: action, payload } } });
    const refused = { status: 400, code: 'invalid_request' };
    const id = { ...refused, field: 'params.action.payload.id' };
    expect(await send({ id: 7, starred: true, reminded: true })).toMatchObject(id);
    expect(await send({ id: 'nowhere', starred: true, reminded: true })).toMatchObject(id);
    expect(await send('what?')).toMatchObject({ ...refused, field: 'params.action.payload' });
    expect(await send(undefined)).toMatchObject({ ...refused, field: 'params.action.payload' });
    expect((await chat.turn(say(threadId, 'Still there?'))).answer).not.toBe('');
  });
});
