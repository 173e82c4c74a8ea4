import { once } from 'node:events';
import { assistantMessage, delta, say } from './scripted-server.js';
import { create, getThread } from './requests.js';
import { begin, never, Stage } from './stage.js';
import type { TestApp } from './test-app.js';

const threadIn = (text: string): string => /"id":"(thr_\w+)"/.exec(text)?.[1] ?? '';

async function itemsOf(app: TestApp, threadId: string): Promise<string> {
  return (await app.post(getThread(threadId))).text();
}

describe('streams that end before their time', () => {
  const stage = new Stage();
  afterEach(() => stage.clear());

  it('tells respond() that the client is gone, and keeps what was seen', async () => {
    const app = await stage.start();
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
    const client = (await stage.connect(app)).post(create());
    const text = await client.until((received) => received.includes('partial'));
    client.leave();
    await stopped.promise;
    await app.idle();
    const items = await itemsOf(app, threadIn(text));
    expect(items).toContain('partial');
    expect(items).not.toContain('too late');
  });

  it('cuts off a respond() that never yields again', async () => {
    const app = await stage.start();
    app.server.script = begin(never);
    const client = (await stage.connect(app)).post(create());
    const text = await client.until((received) => received.includes('partial'));
    client.leave();
    await app.idle();
    expect(await itemsOf(app, threadIn(text))).toContain('partial');
  });

  it('cuts off a respond() that goes on talking without taking breath', async () => {
    const app = await stage.start();
    let said = 0;
    app.server.script = begin(async function* chatter() {
      for (;;) yield delta(String(said++));
    });
    const client = (await stage.connect(app)).post(create());
    await client.until((received) => received.includes('partial'));
    client.leave();
    await app.idle();
    const saidAtTheEnd = said;
    await app.post(getThread('thr_x'));
    expect(said).toBe(saidAtTheEnd);
  });

  it('finishes and stores the answer of a client that is gone, where the policy says so', async () => {
    const app = await stage.start({ disconnectPolicy: 'complete' });
    const resume = Promise.withResolvers<void>();
    const aborted: boolean[] = [];
    app.server.script = async function* patient(thread, { signal }) {
      yield delta('partial');
      await resume.promise;
      aborted.push(signal.aborted);
      yield* say('the whole answer')(thread, new Proxy({} as never, {}), undefined);
    };
    const client = (await stage.connect(app)).post(create());
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
    const app = await stage.start();
    app.server.script = begin(never);
    const client = (await stage.connect(app)).post(create()).post(create());
    await client.until((received) => received.includes('partial'));
    await app.until(() => app.streams === 2);
    client.leave();
    await app.idle();
    expect(app.streams).toBe(0);
  });

  it('does not run ahead of a client that does not read', async () => {
    const app = await stage.start();
    const chunk = 'x'.repeat(64 * 1024);
    let said = 0;
    app.server.script = begin(async function* flood() {
      for (; said < 2000; said++) yield delta(chunk);
    });
    const client = await stage.connect(app);
    client.socket.pause();
    client.post(create());
    await app.until(() => said > 0);
    await app.blocked();
    expect(said).toBeLessThan(1000);
    client.leave();
    await app.idle();
  });

  it('gives up on a client that never reads', async () => {
    const app = await stage.start({ stallTimeoutMs: 30 });
    app.server.script = begin(async function* flood() {
      for (;;) yield delta('x'.repeat(64 * 1024));
    });
    const client = await stage.connect(app);
    client.socket.pause();
    client.post(create());
    await app.until(() => app.streams === 1);
    await app.idle();
    expect(app.streams).toBe(0);
  });

  it('lets running answers end when the server stops', async () => {
    const app = await stage.start();
    const resume = Promise.withResolvers<void>();
    app.server.script = begin(async function* finish() {
      await resume.promise;
      yield delta(' and whole');
    });
    const client = (await stage.connect(app)).post(create());
    await client.until((text) => text.includes('partial'));
    const closed = app.close();
    resume.resolve();
    expect(await client.untilClosed()).toContain(' and whole');
    await closed;
  });

  it('stops answers that take too long when the server stops, and says that they may be asked again', async () => {
    const app = await stage.start({ drainTimeoutMs: 0 });
    app.server.script = begin(never);
    const client = (await stage.connect(app)).post(create());
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

  it('goes on answering while balancers notice that it is not ready', async () => {
    const app = await stage.start({ drainDelayMs: 2000 });
    expect(app.readiness).toMatchObject({ chatkit: { status: 'up' } });
    const closed = app.close();
    // the hooks of the application are called one after the other
    await app.until(() => JSON.stringify(app.readiness).includes('shutting_down'));
    expect(app.readiness).toMatchObject({ chatkit: { status: 'down', reason: 'shutting_down' } });
    const answer = await app.post(create());
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('thread.item.done');
    await closed;
  });

  it('takes no more work once it stops', async () => {
    const app = await stage.start();
    const resume = Promise.withResolvers<void>();
    app.server.script = begin(async function* finish() {
      await resume.promise;
      yield delta(' and whole');
    });
    const busy = await stage.connect(app);
    const idle = await stage.connect(app);
    await busy.post(create()).until((text) => text.includes('partial'));
    const closed = app.close();
    idle.post(create());
    expect(await idle.untilClosed()).toMatch(/^HTTP\/1\.1 503 [^]*connection: close[^]*chat_unavailable/i);
    resume.resolve();
    await closed;
  });
});
