import type { RequestContext } from '../../src/auth/context/request-context.js';
import type { ChatKitSettings } from '../../src/chatkit/index.js';
import type { ThreadItem, ThreadMetadata } from '../../src/chatkit/core/index.js';
import { ask, Dictated, eventsOf, join, stop } from './dictated.js';
import { create, getThread } from './requests.js';
import { delta, say, ScriptedServer } from './scripted-server.js';
import { Stage } from './stage.js';
import type { TestApp } from './test-app.js';

/** As the element says that it does not stop answers by leaving. */
const STOPS_BY_REQUEST = { accept: '*/*;stop=request' };

/** Remembers what it is told of answers that were ended. */
class Remembering extends ScriptedServer {
  readonly ended: { readonly items: readonly ThreadItem[]; readonly aborted: boolean }[] = [];

  override handleStreamCancelled(
    thread: ThreadMetadata,
    items: readonly ThreadItem[],
    context: RequestContext,
  ): Promise<void> {
    this.ended.push({ items: structuredClone(items), aborted: context.signal.aborted });
    return super.handleStreamCancelled(thread, items, context);
  }
}

describe('An answer whose page is loaded anew', () => {
  const stage = new Stage();
  let app: TestApp;
  let server: Remembering;
  let threadId: string;
  let dictated: Dictated;
  afterEach(() => stage.clear());

  const start = async (settings: Partial<ChatKitSettings> = {}): Promise<void> => {
    server = new Remembering();
    app = await stage.start(settings, { server });
    server.script = say('Hello');
    threadId = /"id":"(thr_\w+)"/.exec(await (await app.post(create('Hi'))).text())?.[1] ?? '';
    dictated = new Dictated();
    server.script = dictated.script;
  };

  const text = async (request: object): Promise<string> => (await app.post(request)).text();

  /** Asks, or joins. @returns what leaves again, once the server has noticed */
  const reader = async (request: object, headers: Record<string, string> = {}) => {
    const leaving = new AbortController();
    const response = await fetch(app.url, {
      method: 'POST',
      headers: { authorization: 'Bearer u1', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(request),
      signal: leaving.signal,
    });
    const leave = async (): Promise<void> => {
      const gone = app.disconnection();
      leaving.abort();
      await gone;
    };
    return { response, leave };
  };

  it('goes on for a while, is joined and grows there to its end', async () => {
    await start();
    const { response, leave } = await reader(ask(threadId), STOPS_BY_REQUEST);
    expect(response.headers.get('chatkit-stop')).toBe('request;within=10000');
    await dictated.say('one ');
    await leave();
    await dictated.say('two ');
    const { headers } = await app.post(getThread(threadId), STOPS_BY_REQUEST);
    expect([headers.get('chatkit-answering'), headers.get('chatkit-stop')]).toEqual([
      'true',
      'request;within=10000',
    ]);
    const joined = text(join(threadId));
    await app.until(() => app.streams === 2);
    await dictated.say('three');
    dictated.end();
    expect(eventsOf(await joined).at(-1)).toMatchObject({ item: { content: [{ text: 'one two three' }] } });
    expect(await text(getThread(threadId))).toContain('one two three');
    expect(server.ended).toEqual([]);
  });

  it.each([
    ['when nobody joins in time', { rejoinWithinMs: 20 }, STOPS_BY_REQUEST],
    ['at once where nothing is to go on', { rejoinWithinMs: 0 }, STOPS_BY_REQUEST],
    ['at once for a client that stops answers by leaving, as the reference has them', {}, {}],
  ])('is ended %s, with the same for the hook and in the store', async (_, settings, headers) => {
    await start(settings);
    const { response, leave } = await reader(ask(threadId), headers);
    expect(response.headers.has('chatkit-stop')).toBe(
      'rejoinWithinMs' in settings && settings.rejoinWithinMs > 0,
    );
    await dictated.say('Half');
    await leave();
    await app.idle();
    expect(server.ended).toMatchObject([
      { aborted: true, items: [{ id: 'long', content: [{ text: 'Half' }] }] },
    ]);
    expect(await text(getThread(threadId))).toContain('"text":"Half"');
  });

  it('is ended a while after the last one who has joined has left', async () => {
    await start({ rejoinWithinMs: 20 });
    const first = await reader(ask(threadId), STOPS_BY_REQUEST);
    await dictated.say('Half');
    const second = await reader(join(threadId));
    await app.until(() => app.streams === 2);
    await first.leave();
    await dictated.say(' more');
    await second.leave();
    await app.idle();
    expect(server.ended).toMatchObject([{ items: [{ content: [{ text: 'Half more' }] }] }]);
  });

  it('is ended for all when one leaves who stops answers by leaving', async () => {
    await start();
    const first = await reader(ask(threadId));
    await dictated.say('Half');
    const joined = text(join(threadId));
    await app.until(() => app.streams === 2);
    await first.leave();
    expect(await joined).not.toContain('"thread.item.done"');
    expect(server.ended).toHaveLength(1);
  });

  it('is stopped by a request, whether somebody reads it or not', async () => {
    await start();
    const { leave } = await reader(ask(threadId), STOPS_BY_REQUEST);
    await dictated.say('Half');
    await leave();
    await text(stop(threadId));
    expect(await text(getThread(threadId))).toContain('"text":"Half"');
    expect(server.ended).toHaveLength(1);
  });
});

describe('Whoever joins an answer', () => {
  const stage = new Stage();
  afterEach(() => stage.clear());

  it('is told what the first one is, but of effects, which are for the page that has asked', async () => {
    const app = await stage.start();
    app.server.script = say('Hello');
    const id = /"id":"(thr_\w+)"/.exec(await (await app.post(create('Hi'))).text())?.[1] ?? '';
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    app.server.script = async function* answer(thread, context, message) {
      yield { type: 'progress_update', text: 'Thinking', icon: 'search' };
      begun.resolve();
      await goOn.promise;
      yield { type: 'client_effect', name: 'blink', data: {} };
      yield { type: 'notice', level: 'info', message: 'Nearly there' };
      yield { type: 'progress_update', text: 'Writing' };
      thread.title = 'Named';
      yield* say('Whole')(thread, context, message);
      yield delta('', 'nothing');
    };
    const asked = app.post(ask(id)).then((response) => response.text());
    await begun.promise;
    const joined = app.post(join(id)).then((response) => response.text());
    await app.until(() => app.streams === 2);
    goOn.resolve();
    const first = eventsOf(await asked).filter(
      ({ type, ...event }) =>
        !('item' in event && event.item.type === 'user_message') && type !== 'client_effect',
    );
    expect(eventsOf(await joined)).toEqual(first);
    expect(await asked).toContain('"client_effect"');
    expect(first.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['progress_update', 'notice', 'thread.updated', 'thread.item.done']),
    );
  });
});
