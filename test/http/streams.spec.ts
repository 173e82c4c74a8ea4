import { once } from 'node:events';
import { assistantMessage, delta, say } from './scripted-server.js';
import { RawClient } from './raw-client.js';
import { create, errorOf, getThread } from './requests.js';
import { TestApp } from './test-app.js';
import type { Script } from './scripted-server.js';
import type { ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { NotFoundError } from '../../src/chatkit/core/index.js';

const threadIn = (text: string): string => /"id":"(thr_\w+)"/.exec(text)?.[1] ?? '';

/** Says something, then does whatever the test wants. */
function begin(then: (signal: AbortSignal) => AsyncIterable<ThreadStreamEvent>): Script {
  return async function* speak(thread, { signal }) {
    yield { type: 'thread.item.added', item: assistantMessage(thread, '') };
    yield delta('partial');
    yield* then(signal);
  };
}

async function* never(): AsyncGenerator<ThreadStreamEvent> {
  await new Promise(() => undefined);
  yield delta('never');
}

async function* broken(): AsyncGenerator<ThreadStreamEvent, void> {
  yield delta('partial');
  throw new NotFoundError('Thread');
}

async function itemsOf(app: TestApp, threadId: string): Promise<string> {
  return (await app.post(getThread(threadId))).text();
}

describe('streams over HTTP', () => {
  const apps: TestApp[] = [];
  const clients: RawClient[] = [];

  async function start(settings: Parameters<typeof TestApp.start>[0] = {}): Promise<TestApp> {
    const app = await TestApp.start(settings);
    apps.push(app);
    return app;
  }

  async function connect(app: TestApp): Promise<RawClient> {
    const client = await RawClient.connect(app.port);
    clients.push(client);
    return client;
  }

  afterEach(async () => {
    for (const client of clients.splice(0)) client.leave();
    for (const app of apps.splice(0)) await app.close();
  });

  it('tells respond() that the client is gone, and keeps what was seen', async () => {
    const app = await start();
    const stopped = Promise.withResolvers<void>();
    app.server.script = begin(async function* wait(signal) {
      await once(signal, 'abort');
      stopped.resolve();
      yield {
        type: 'thread.item.done',
        item: assistantMessage(
          { id: 'x', created_at: '', status: { type: 'active' }, metadata: {} },
          'too late',
        ),
      };
    });
    const client = (await connect(app)).post(create());
    const text = await client.until((received) => received.includes('partial'));
    client.leave();
    await stopped.promise;
    await app.idle();
    const items = await itemsOf(app, threadIn(text));
    expect(items).toContain('partial');
    expect(items).not.toContain('too late');
  });

  it('cuts off a respond() that never yields again', async () => {
    const app = await start();
    app.server.script = begin(never);
    const client = (await connect(app)).post(create());
    const text = await client.until((received) => received.includes('partial'));
    client.leave();
    await app.idle();
    expect(await itemsOf(app, threadIn(text))).toContain('partial');
  });

  it('cuts off a respond() that goes on talking without taking breath', async () => {
    const app = await start();
    let said = 0;
    app.server.script = begin(async function* chatter() {
      for (;;) yield delta(String(said++));
    });
    const client = (await connect(app)).post(create());
    await client.until((received) => received.includes('partial'));
    client.leave();
    await app.idle();
    const saidAtTheEnd = said;
    await app.post(getThread('thr_x'));
    expect(said).toBe(saidAtTheEnd);
  });

  it('finishes and stores the answer of a client that is gone, where the policy says so', async () => {
    const app = await start({ disconnectPolicy: 'complete' });
    const resume = Promise.withResolvers<void>();
    const aborted: boolean[] = [];
    app.server.script = async function* patient(thread, { signal }) {
      yield delta('partial');
      await resume.promise;
      aborted.push(signal.aborted);
      yield* say('the whole answer')(thread, new Proxy({} as never, {}), undefined);
    };
    const client = (await connect(app)).post(create());
    const text = await client.until((received) => received.includes('partial'));
    const gone = app.disconnection();
    client.leave();
    await gone;
    resume.resolve();
    await app.idle();
    expect(aborted).toEqual([false]);
    expect(await itemsOf(app, threadIn(text))).toContain('the whole answer');
  });

  it('notices the departure of a client whose stream waits behind another', async () => {
    const app = await start();
    app.server.script = begin(never);
    const client = (await connect(app)).post(create()).post(create());
    await client.until((received) => received.includes('partial'));
    await app.until(() => app.streams === 2);
    client.leave();
    await app.idle();
    expect(app.streams).toBe(0);
  });

  it('does not run ahead of a client that does not read', async () => {
    const app = await start();
    const chunk = 'x'.repeat(64 * 1024);
    let said = 0;
    app.server.script = begin(async function* flood() {
      for (; said < 2000; said++) yield delta(chunk);
    });
    const client = await connect(app);
    client.socket.pause();
    client.post(create());
    await app.until(() => said > 0);
    await app.blocked();
    expect(said).toBeLessThan(1000);
    client.leave();
    await app.idle();
  });

  it('gives up on a client that never reads', async () => {
    const app = await start({ stallTimeoutMs: 30 });
    app.server.script = begin(async function* flood() {
      for (;;) yield delta('x'.repeat(64 * 1024));
    });
    const client = await connect(app);
    client.socket.pause();
    client.post(create());
    await app.until(() => app.streams === 1);
    await app.idle();
    expect(app.streams).toBe(0);
  });

  it('shows that it is alive while there is nothing to say', async () => {
    const app = await start({ heartbeatMs: 10 });
    app.server.script = begin(never);
    const client = (await connect(app)).post(create());
    await client.until((received) => received.split(': heartbeat\n\n').length > 3);
  });

  it('ends a stream that breaks with an error event', async () => {
    const app = await start();
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
    const app = await start();
    const { server } = app;
    server.handle = () =>
      Promise.resolve({
        streaming: true,
        events: broken(),
      });
    const text = await (await app.post(create(), { 'x-correlation-id': 'corr-3' })).text();
    expect(text).toMatch(/data: \{"type":"error","code":"stream.error","allow_retry":false\}\n\n$/);
    expect(app.log.of('error')).toEqual([expect.stringContaining('corr-3')]);
  });

  it('bounds the streams of one user and of all', async () => {
    const app = await start({ maxStreamsPerUser: 1, maxStreams: 2 });
    app.server.script = begin(never);
    await (await connect(app)).post(create()).until((text) => text.includes('partial'));
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

  it('lets running answers end when the server stops', async () => {
    const app = await start();
    const resume = Promise.withResolvers<void>();
    app.server.script = begin(async function* finish() {
      await resume.promise;
      yield delta(' and whole');
    });
    const client = (await connect(app)).post(create());
    await client.until((text) => text.includes('partial'));
    const closed = app.close();
    resume.resolve();
    expect(await client.untilClosed()).toContain(' and whole');
    await closed;
  });

  it('stops answers that take too long when the server stops, and says that they may be asked again', async () => {
    const app = await start({ drainTimeoutMs: 0 });
    app.server.script = begin(never);
    const client = (await connect(app)).post(create());
    await client.until((text) => text.includes('partial'));
    await app.close();
    const text = await client.untilClosed();
    expect(text).toContain('data: {"type":"error","code":"stream.error","allow_retry":true}\n\n');
    const stored = await app.server.store.loadThreadItems(threadIn(text), { limit: 10, order: 'asc' }, {
      tenantId: 'org_a',
      userId: 'u1',
    } as never);
    expect(JSON.stringify(stored)).toContain('partial');
  });

  it('takes no more work once it stops', async () => {
    const app = await start();
    const resume = Promise.withResolvers<void>();
    app.server.script = begin(async function* finish() {
      await resume.promise;
      yield delta(' and whole');
    });
    const busy = await connect(app);
    const idle = await connect(app);
    await busy.post(create()).until((text) => text.includes('partial'));
    const closed = app.close();
    idle.post(create());
    expect(await idle.untilClosed()).toMatch(/^HTTP\/1\.1 503 [^]*connection: close[^]*chat_unavailable/i);
    resume.resolve();
    await closed;
  });
});
