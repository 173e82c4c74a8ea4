import { SignedOutError, createChatKitFetch } from './chatkit-fetch.js';
import type { ChatKitFetchOptions } from './chatkit-fetch.js';

const page = {
  url: 'https://portal.test/a?b=ü',
  title: 'A',
  path: '/a',
  headings: ['One'],
  timestamp: 'now',
};
const user = { id: 'u1', name: 'Ada' };

interface Sent {
  readonly input: unknown;
  readonly init: RequestInit;
}

function recording(options: ChatKitFetchOptions): { send: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const send = createChatKitFetch({
    getPageContext: () => page,
    fetch: async (input, init = {}) => {
      sent.push({ input, init });
      return Response.json({});
    },
    ...options,
  });
  return { send, sent };
}

async function bodyOf(request: object): Promise<Record<string, unknown>> {
  const { send, sent } = recording({ getUser: () => user });
  await send('/chatkit', { method: 'POST', body: JSON.stringify(request) });
  return JSON.parse(sent[0]?.init.body as string) as Record<string, unknown>;
}

/** Headers as a handler that spreads them would see them. */
function plain(headers: HeadersInit | undefined): unknown {
  return Object.assign({}, headers);
}

describe('The chat fetch', () => {
  it.each(['threads.create', 'threads.add_user_message'])(
    'puts page and user into the input of %s',
    async (type) => {
      const body = await bodyOf({
        type,
        params: { thread_id: 't', input: { content: [], metadata: { own: 1 } } },
      });
      expect(body.metadata).toBeUndefined();
      expect(body.params).toEqual({
        thread_id: 't',
        input: { content: [], metadata: { own: 1, userId: 'u1', userInfo: user, pageContext: page } },
      });
    },
  );

  it.each([
    'threads.retry_after_item',
    'threads.custom_action',
    'threads.sync_custom_action',
    'threads.add_client_tool_output',
    'threads.add_structured_input',
  ])('puts them beside the parameters of %s', async (type) => {
    const params = { thread_id: 't', input: { status: 'answered' } };
    const body = await bodyOf({ type, params });
    expect(body).toEqual({ type, params, metadata: { userId: 'u1', userInfo: user, pageContext: page } });
  });

  it.each(['threads.list', 'items.feedback', 'threads.delete'])('leaves %s as it is', async (type) => {
    expect(await bodyOf({ type, params: {} })).toEqual({ type, params: {} });
  });

  it("keeps the caller's headers as plain ones, and the signal", async () => {
    const { send, sent } = recording({ getUser: () => user, getToken: () => 'secret' });
    const { signal } = new AbortController();
    await send('/chatkit', { headers: { 'Content-Type': 'application/json', 'X-User-ID': 'mine' }, signal });
    expect(plain(sent[0]?.init.headers)).toEqual({
      Authorization: 'Bearer secret',
      'Content-Type': 'application/json',
      'X-User-ID': 'mine',
      'X-Page-URL': 'https://portal.test/a?b=%C3%BC',
    });
    expect(sent[0]?.init.signal).toBe(signal);
    expect(sent[0]?.init.credentials).toBe('omit');
  });

  it('sends cookies of its own origin without a token, or as it is told', async () => {
    const cookies = recording({});
    await cookies.send('/chatkit', {});
    expect(cookies.sent[0]?.init.credentials).toBe('same-origin');
    const told = recording({ credentials: 'include' });
    await told.send('/chatkit', {});
    expect(told.sent[0]?.init.credentials).toBe('include');
  });

  it.each<[string, HeadersInit]>([
    ['lower case', { 'x-user-id': 'mine', authorization: 'Mine' }],
    ['a list', Object.entries({ 'x-user-id': 'mine', authorization: 'Mine' })],
    ['Headers', new Headers({ 'X-User-ID': 'mine', Authorization: 'Mine' })],
  ])("sends each of the caller's headers once, where they come as %s", async (_form, headers) => {
    const { send, sent } = recording({ getUser: () => user, getToken: () => 'secret' });
    await send('/chatkit', { headers });
    expect(plain(sent[0]?.init.headers)).toEqual({
      'x-user-id': 'mine',
      authorization: 'Mine',
      'X-Page-URL': 'https://portal.test/a?b=%C3%BC',
    });
  });

  it('keeps headers and body of a Request', async () => {
    const { send, sent } = recording({ getUser: () => user });
    const request = new Request('https://chat.test/chatkit', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'chatkit-own': 'yes' },
      body: JSON.stringify({ type: 'threads.retry_after_item', params: {} }),
    });
    await send(request);
    expect(plain(sent[0]?.init.headers)).toMatchObject({ 'chatkit-own': 'yes', 'X-User-ID': 'u1' });
    expect(JSON.parse(sent[0]?.init.body as string)).toMatchObject({ metadata: { userId: 'u1' } });
  });

  it('writes a user id so that a header can carry it', async () => {
    const { send, sent } = recording({ getUser: () => ({ id: 'auth|用户 1' }) });
    await send('/chatkit', {});
    expect(plain(sent[0]?.init.headers)).toMatchObject({ 'X-User-ID': 'auth|%E7%94%A8%E6%88%B7%201' });
  });

  it('identifies the user to the chat server for uploads, whose bodies stay untouched', async () => {
    const { send, sent } = recording({
      getUser: () => user,
      getToken: () => 'secret',
      url: 'https://chat.test/chatkit',
    });
    const body = new FormData();
    await send('https://chat.test/attachments', { method: 'POST', body });
    expect(sent[0]?.init.body).toBe(body);
    expect(Object.keys(sent[0]?.init.headers ?? {})).toEqual(['Authorization', 'X-User-ID', 'X-Page-URL']);
  });

  it('leaves uploads to signed addresses elsewhere as they are', async () => {
    const { send, sent } = recording({ getUser: () => user, getToken: () => 'secret' });
    const upload = { method: 'PUT', headers: { 'x-amz-acl': 'private' }, body: new Blob(['a']) };
    await send('https://chat.test/chatkit', {
      method: 'POST',
      body: JSON.stringify({ type: 'attachments.create' }),
    });
    await send('https://files.test/signed', upload);
    await send('https://chat.test/attachments/1', upload);
    expect(sent[1]?.init).toBe(upload);
    expect(sent[2]?.init.headers).toMatchObject({ Authorization: 'Bearer secret', 'x-amz-acl': 'private' });
  });

  it.each<[string, ChatKitFetchOptions]>([
    ['no user', { getUser: () => null }],
    ['no token', { getUser: () => user, getToken: async () => null }],
  ])('says before any request that somebody has to sign in, with %s', async (_what, options) => {
    const { send, sent } = recording(options);
    await expect(send('/chatkit', {})).rejects.toThrow(new SignedOutError());
    await expect(send('/upload', { method: 'POST', body: new FormData() })).rejects.toThrow(
      'Sign in to use the chat',
    );
    expect(sent).toEqual([]);
  });
});
