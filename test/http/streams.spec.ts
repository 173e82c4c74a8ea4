import { delta } from './scripted-server.js';
import { create, errorOf } from './requests.js';
import { begin, never, Stage } from './stage.js';
import { NotFoundError, UnavailableError, type ThreadStreamEvent } from '../../src/chatkit/core/index.js';

async function* broken(): AsyncGenerator<ThreadStreamEvent, void> {
  yield delta('partial');
  throw new TypeError('a defect');
}

const gone = (): Promise<never> => Promise.reject(new UnavailableError('Chat is not available', 3));

async function* losing(): AsyncGenerator<ThreadStreamEvent, void> {
  yield delta('partial');
  await gone();
}

describe('streams over HTTP', () => {
  const stage = new Stage();
  afterEach(() => stage.clear());

  it('shows that it is alive while there is nothing to say', async () => {
    const app = await stage.start({ heartbeatMs: 10 });
    app.server.script = begin(never);
    const client = (await stage.connect(app)).post(create());
    await client.until((received) => received.split(': heartbeat\n\n').length > 3);
  });

  it('sends the first event at once, and together what came in one turn of the event loop', async () => {
    const app = await stage.start();
    app.server.script = begin(async function* burst() {
      for (let at = 0; at < 100; at++) yield delta(`${at} `);
    });
    const text = await (
      await stage.connect(app)
    )
      .post(create())
      .until((received) => received.endsWith('0\r\n\r\n'));
    const chunks = text.split(/\r\n[\da-f]+\r\n/);
    expect(chunks[1]).toMatch(/^data: \{"type":"thread.created"[^\n]*\n\n$/);
    expect(chunks.length).toBeLessThan(15);
    expect(text.match(/^data: /gm)).toHaveLength(105);
  });

  it('answers 503 when the store goes away before the first event, and ends the stream when it does later', async () => {
    const app = await stage.start();
    const { store } = app.server;
    store.addThreadItem = gone;
    const later = await (await app.post(create())).text();
    expect(later).toMatch(/"code":"stream.error","allow_retry":true\}\n\n$/);
    store.saveThread = gone;
    const before = await app.post(create());
    expect([before.status, before.headers.get('retry-after')]).toEqual([503, '3']);
    expect((await errorOf(before)).code).toBe('chat_unavailable');
  });

  it('ends a stream that breaks with an error event', async () => {
    const app = await stage.start();
    const { store } = app.server;
    app.server.script = async function* rename(thread) {
      store.saveThread = () => Promise.reject(new NotFoundError('Thread'));
      thread.title = 'new';
      yield delta('partial');
    };
    const text = await (await app.post(create(), { 'x-correlation-id': 'corr-2' })).text();
    expect(text).toMatch(/data: \{"type":"error","code":"stream.error",.*"?allow_retry":\w+\}\n\n$/);
  });

  it('says so when the generator itself breaks, and logs it under the request`s id', async () => {
    const app = await stage.start();
    const { server } = app;
    server.handle = () =>
      Promise.resolve({
        streaming: true,
        events: broken(),
      });
    const text = await (await app.post(create(), { 'x-correlation-id': 'corr-3' })).text();
    expect(text).toMatch(/data: \{"type":"error","code":"stream.error","allow_retry":true\}\n\n$/);
    expect(app.log.of('error')).toEqual([expect.stringContaining('corr-3')]);
  });

  it('takes what a client asks for in vain, or a lost database, for no defect', async () => {
    const app = await stage.start();
    const input = { content: [], attachments: ['atc_none'], inference_options: {} };
    const text = await (await app.post({ type: 'threads.create', params: { input } })).text();
    expect(text).toMatch(/data: \{"type":"error","code":"stream.error","allow_retry":false\}\n\n$/);
    app.server.handle = () => Promise.resolve({ streaming: true, events: losing() });
    await (await app.post(create())).text();
    expect(app.log.of('error')).toEqual([]);
    expect(app.log.of('warn')).toHaveLength(1);
  });

  it('bounds the streams of one user and of all', async () => {
    const app = await stage.start({ maxStreamsPerUser: 1, maxStreams: 2 });
    app.server.script = begin(never);
    await (await stage.connect(app)).post(create()).until((text) => text.includes('partial'));
    const second = await app.post(create());
    expect(second.status).toBe(429);
    expect(second.headers.get('retry-after')).toBe('2');
    expect((await errorOf(second)).code).toBe('too_many_streams');
    const other = await app.post(create(), { authorization: 'Bearer u2' });
    expect(other.status).toBe(200);
    expect((await app.post(create(), { authorization: 'Bearer u3' })).status).toBe(429);
    await other.body?.cancel();
    await app.until(() => app.streams === 1);
    const third = await app.post(create(), { authorization: 'Bearer u3' });
    expect(third.status).toBe(200);
    await third.body?.cancel();
  });
});
