import { ask, Dictated, eventsOf, join, stop } from './dictated.js';
import { create, errorOf, getThread } from './requests.js';
import { say, ScriptedServer } from './scripted-server.js';
import { Stage } from './stage.js';
import type { TestApp } from './test-app.js';

describe('An answer that runs', () => {
  const stage = new Stage();
  let app: TestApp;
  let threadId: string;

  beforeEach(async () => {
    app = await stage.start();
    app.server.script = say('Hello');
    threadId = /"id":"(thr_\w+)"/.exec(await (await app.post(create('Hi'))).text())?.[1] ?? '';
  });
  afterEach(() => stage.clear());

  const text = async (request: object): Promise<string> => (await app.post(request)).text();

  it('is joined where it is, and grows for all who have joined to its end', async () => {
    const dictated = new Dictated();
    app.server.script = dictated.script;
    const running = text(ask(threadId));
    await dictated.say('one ');
    const loaded = await app.post(getThread(threadId));
    expect(loaded.headers.get('chatkit-answering')).toBe('true');
    const joined = [text(join(threadId)), text(join(threadId))];
    await app.until(() => app.streams === 3);
    await dictated.say('two');
    dictated.end();
    for (const stream of await Promise.all(joined)) {
      const events = eventsOf(stream);
      expect(events[0]).toEqual({ type: 'stream_options', stream_options: { allow_cancel: true } });
      expect(events[1]).toMatchObject({ type: 'thread.item.added', item: { id: 'long' } });
      const parts = events.flatMap((event) =>
        event.type === 'thread.item.updated' && 'delta' in event.update ? [event.update.delta] : [],
      );
      const begun = events[1]?.type === 'thread.item.added' ? JSON.stringify(events[1].item) : '';
      expect(begun.includes('one ') || parts.includes('one ')).toBe(true);
      expect(parts.join('')).toMatch(/two$/);
      expect(events.at(-1)).toMatchObject({
        type: 'thread.item.done',
        item: { content: [{ text: 'one two' }] },
      });
    }
    expect(await running).toContain('one two');
    expect((await app.post(getThread(threadId))).headers.has('chatkit-answering')).toBe(false);
  });

  it('goes on when one who has joined leaves', async () => {
    const dictated = new Dictated();
    app.server.script = dictated.script;
    const running = text(ask(threadId));
    await dictated.say('one');
    const leaving = new AbortController();
    const response = await fetch(app.url, {
      method: 'POST',
      headers: { authorization: 'Bearer u1', 'content-type': 'application/json' },
      body: JSON.stringify(join(threadId)),
      signal: leaving.signal,
    });
    expect(response.status).toBe(200);
    leaving.abort();
    await app.until(() => app.streams === 1);
    dictated.end();
    expect(eventsOf(await running).at(-1)).toMatchObject({ type: 'thread.item.done' });
  });

  it('is stopped by a request of its own: what had been shown is kept, for all who read it without an error', async () => {
    const dictated = new Dictated();
    app.server.script = dictated.script;
    const running = text(ask(threadId));
    await dictated.say('Half');
    const joined = text(join(threadId));
    await app.until(() => app.streams === 2);
    expect(await (await app.post(stop(threadId))).json()).toEqual({});
    expect(await text(getThread(threadId))).toContain('"text":"Half"');
    for (const stream of await Promise.all([running, joined])) {
      expect(stream).not.toContain('"type":"error"');
      expect(stream).not.toContain('"thread.item.done","item":{"type":"assistant_message"');
    }
  });

  it('is not stopped where the server does not let its user', async () => {
    class Stubborn extends ScriptedServer {
      override getStreamOptions(): { allow_cancel: boolean } {
        return { allow_cancel: false };
      }
    }
    app = await stage.start({}, { server: new Stubborn(app.server.store) });
    const dictated = new Dictated();
    app.server.script = dictated.script;
    const running = text(ask(threadId));
    await dictated.say('Whole');
    const refused = await app.post(stop(threadId));
    expect(refused.status).toBe(409);
    expect((await errorOf(refused)).message).toBe('The running answer cannot be stopped');
    dictated.end();
    expect(await running).toContain('"text":"Whole"');
  });

  it('goes on without its client where it is told to, which says so, and is stopped by a request', async () => {
    app = await stage.start(
      { disconnectPolicy: 'complete' },
      { server: new ScriptedServer(app.server.store) },
    );
    const dictated = new Dictated();
    app.server.script = dictated.script;
    const leaving = new AbortController();
    const asked = await fetch(app.url, {
      method: 'POST',
      headers: { authorization: 'Bearer u1', 'content-type': 'application/json' },
      body: JSON.stringify(ask(threadId)),
      signal: leaving.signal,
    });
    expect(asked.headers.get('chatkit-stop')).toBe('request');
    await dictated.say('Half');
    const gone = app.disconnection();
    leaving.abort();
    await gone;
    const joined = text(join(threadId));
    await app.until(() => app.streams === 2);
    await dictated.say(' more');
    expect((await app.post(stop(threadId))).status).toBe(200);
    expect(await joined).toContain('Half');
    expect(await text(getThread(threadId))).toContain('"text":"Half more"');
    await app.idle();
  });

  it('is nothing to anybody else', async () => {
    const dictated = new Dictated();
    app.server.script = dictated.script;
    const running = text(ask(threadId));
    await dictated.say('Mine');
    const other = { authorization: 'Bearer u2' };
    for (const request of [join(threadId), stop(threadId), getThread(threadId)]) {
      const response = await app.post(request, other);
      expect(response.status).toBe(404);
      expect(response.headers.has('chatkit-answering')).toBe(false);
    }
    dictated.end();
    expect(await running).toContain('"text":"Mine"');
  });

  it('that does not is joined by an empty stream, and stopped without a complaint', async () => {
    const joined = await app.post(join(threadId));
    expect([joined.status, await joined.text()]).toEqual([200, '']);
    expect((await app.post(stop(threadId))).status).toBe(200);
  });
});
