import { errorOf, create, list, getThread } from './requests.js';
import { TestApp } from './test-app.js';
import { say } from './scripted-server.js';

describe('answers over HTTP', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ bodyLimit: 4096 });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.status = { state: 'up', since: new Date(0) };
  });

  it('sends JSON with its length, not to be kept, without an entity tag', async () => {
    const response = await app.post(list);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(JSON.parse(text)).toEqual({ data: [], has_more: false });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
      'cache-control': 'no-store',
      'x-correlation-id': expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(response.headers.has('etag')).toBe(false);
  });

  it('sends events as the reference writes them', async () => {
    app.server.script = say('Grüße 👋');
    const response = await app.post(create());
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    const frames = text.split('\n\n');
    expect(frames.pop()).toBe('');
    const types = frames.map((frame) => (JSON.parse(frame.replace(/^data: /, '')) as { type: string }).type);
    expect(types).toEqual(['thread.created', 'thread.item.done', 'stream_options', 'thread.item.done']);
    expect(text).toContain('Grüße 👋');
  });

  it('sends an empty stream when there is nothing to say', async () => {
    const [created] = (await (await app.post(create())).text()).split('\n\n');
    const { thread } = JSON.parse((created ?? '').slice('data: '.length)) as { thread: { id: string } };
    const params = { thread_id: thread.id, item_id: 'msg_unknown' };
    const response = await app.post({ type: 'threads.retry_after_item', params });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await response.text()).toBe('');
  });

  it('hands the request`s metadata to respond()', async () => {
    let seen: unknown;
    app.server.script = async function* remember(thread, context) {
      seen = context.metadata;
      yield* say('ok')(thread, context, undefined);
    };
    await (await app.post(create('Hi', { pageContext: { title: 'Loans' } }))).text();
    expect(seen).toEqual({ pageContext: { title: 'Loans' } });
  });

  it.each([
    ['a negative limit', { type: 'threads.list', params: { limit: -1 } }, 'params.limit'],
    ['a missing thread id', { type: 'items.list', params: {} }, 'params.thread_id'],
    ['an unknown type', { type: 'threads.burn', params: {} }, 'type'],
  ])('names the field of %s', async (_what, body, field) => {
    const response = await app.post(body);
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({ code: 'invalid_request', field });
  });

  it.each([
    ['what is no JSON', '{"type":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a thousand levels of nesting', `{"type":${'['.repeat(1000)}${']'.repeat(1000)}}`],
    ['a __proto__', '{"__proto__":{"type":"threads.list","params":{}}}'],
  ])('refuses %s', async (_what, body) => {
    const response = await app.post(body);
    expect(response.status).toBe(400);
    expect((await errorOf(response)).code).toBe('invalid_request');
  });

  it('takes a __proto__ in metadata for any other key', async () => {
    let seen: object = {};
    app.server.script = async function* remember(thread, context) {
      seen = context.metadata;
      yield* say('ok')(thread, context, undefined);
    };
    const body = JSON.stringify(create()).replace('"metadata":{}', '"metadata":{"__proto__":{"admin":true}}');
    expect((await app.post(body)).status).toBe(200);
    expect('admin' in seen).toBe(false);
    expect('admin' in {}).toBe(false);
  });

  it('answers what does not exist with 404, before a stream and for JSON alike', async () => {
    const params = { thread_id: 'thr_x', item_id: 'i' };
    for (const body of [
      getThread('thr_x'),
      getThread('thr_\u0000'),
      { type: 'threads.retry_after_item', params },
    ]) {
      const response = await app.post(body);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await errorOf(response)).toMatchObject({ code: 'not_found', message: 'Thread not found' });
    }
  });

  it('answers what is not supported with 501', async () => {
    const params = { audio_base64: 'AAAA', mime_type: 'audio/webm' };
    const response = await app.post({ type: 'input.transcribe', params });
    expect(response.status).toBe(501);
    expect((await errorOf(response)).code).toBe('unsupported');
  });

  it('answers what the thread does not allow now with 409', async () => {
    const [created] = (await (await app.post(create())).text()).split('\n\n');
    const { thread } = JSON.parse((created ?? '').slice('data: '.length)) as { thread: { id: string } };
    const params = { thread_id: thread.id, result: {} };
    const response = await app.post({ type: 'threads.add_client_tool_output', params });
    expect(response.status).toBe(409);
    expect((await errorOf(response)).code).toBe('invalid_state');
  });

  it('asks for a token before it looks at anything else', async () => {
    const response = await fetch(app.url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(response.status).toBe(401);
    const error = await errorOf(response);
    expect(error.code).toBe('unauthorized');
    expect(error.correlation_id).toBe(response.headers.get('x-correlation-id'));
  });

  it.each(['down', 'connecting', 'migrating', 'disabled'] as const)(
    'is unavailable while chat is %s',
    async (state) => {
      app.status = { state, since: new Date(0) };
      const response = await app.post(list);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await errorOf(response)).code).toBe('chat_unavailable');
    },
  );

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('does not know %s', async (method) => {
    const response = await fetch(app.url, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    expect((await errorOf(response)).code).toBe('method_not_allowed');
  });

  it('answers HEAD without a body', async () => {
    const response = await fetch(app.url, { method: 'HEAD' });
    expect(response.status).toBe(405);
    expect(await response.text()).toBe('');
  });

  it.each(['/chatkit/other', '/nowhere', '/chatkit/%zz'])(
    'has nothing at %s and shows no stack',
    async (path) => {
      const response = await fetch(new URL(path, app.url));
      expect([400, 404]).toContain(response.status);
      const text = await response.text();
      expect(JSON.parse(text)).toHaveProperty('error.correlation_id');
      expect(text).not.toMatch(/\bat \//);
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json; charset=iso-8859-1',
    'application/json; charset',
    'multipart/form-data; boundary=x',
  ])('refuses a body of type %s', async (type) => {
    const response = await app.post(list, { 'content-type': type });
    expect(response.status).toBe(415);
    expect((await errorOf(response)).code).toBe('unsupported_media_type');
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/json; v=1'])(
    'takes a body of type %s',
    async (type) => {
      expect((await app.post(list, { 'content-type': type })).status).toBe(200);
    },
  );

  it.each(['gzip', 'br', 'deflate, gzip'])('refuses a body compressed by %s', async (encoding) => {
    const response = await app.post(list, { 'content-encoding': encoding });
    expect(response.status).toBe(415);
    expect(response.headers.get('accept-encoding')).toBe('identity');
  });

  it('keeps failures of its own to itself and logs them once, without what was said', async () => {
    const { store } = app.server;
    const load = store.loadThreads.bind(store);
    store.loadThreads = () =>
      Promise.reject(Object.assign(new Error('select secret-text'), { query: 'secret-sql' }));
    const before = app.log.of('error').length;
    const response = await app.post(list, { 'x-correlation-id': 'corr-1' });
    store.loadThreads = load;
    expect(response.status).toBe(500);
    expect(await errorOf(response)).toEqual({
      code: 'internal_error',
      message: 'Something went wrong on the server',
      correlation_id: 'corr-1',
    });
    const lines = app.log.of('error').slice(before);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('corr-1');
    expect(lines[0]).not.toContain('secret');
  });

  it('logs what clients do wrong at debug only', async () => {
    const before = app.log.lines.length;
    await app.post('{"secret":');
    const lines = app.log.lines.slice(before);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^debug request refused .*"status":400/);
    expect(lines[0]).not.toContain('secret');
  });
});
