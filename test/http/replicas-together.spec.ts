import { ReplicatedAnswers } from '../../src/chatkit/answers/replicated-answers.js';
import type { Page, Store, ThreadItem, ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { MemoryStore } from '../../src/chatkit/core/index.js';
import type { RequestContext } from '../../src/auth/context/request-context.js';
import { LocalSignals } from '../support/local-signals.js';
import { eventually } from '../app/support/eventually.js';
import type { Signals } from '../../src/common/signals/signals.port.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { RawClient, rawPost } from './raw-client.js';
import { create, getThread } from './requests.js';
import { assistantMessage, delta, say, ScriptedServer, type Script } from './scripted-server.js';
import { TestApp } from './test-app.js';

/** A store that is the same for several processes, as far as its turns are concerned. */
const seenFromElsewhere = (store: Store<RequestContext>): Store<RequestContext> =>
  new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

const ask = (threadId: string): object => {
  const input = {
    content: [{ type: 'input_text', text: 'And?' }],
    attachments: [],
    inference_options: {},
  };
  return { type: 'threads.add_user_message', params: { thread_id: threadId, input } };
};

/** Says half of its text, and the rest once it is let. */
function halfOf(
  name: string,
  more = '',
): { readonly script: Script; readonly begun: Promise<void>; goOn(): void } {
  const [begun, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  return {
    begun: begun.promise,
    goOn: () => going.resolve(),
    async *script(thread) {
      yield { type: 'thread.item.added', item: assistantMessage(thread, '', name) };
      yield delta(`Half${more}`, name);
      begun.resolve();
      await going.promise;
      yield { type: 'thread.item.done', item: assistantMessage(thread, 'Whole', name) };
    },
  };
}

const inTwoHalves: Script = async function* answer(thread, _context, message) {
  const name = `of_${message?.id}`;
  yield { type: 'thread.item.added', item: assistantMessage(thread, '', name) };
  yield delta('Half', name);
  await new Promise((resolve) => setImmediate(resolve));
  yield { type: 'thread.item.done', item: assistantMessage(thread, 'Whole', name) };
};

/** Resolves once a replica says that an answer of the thread runs, or nothing of one. */
const heardOf = (app: TestApp, id: string, said: 'true' | null = 'true'): Promise<boolean> =>
  eventually(`it says ${said} of an answer`, async () => {
    const response = await app.post(getThread(id));
    await response.text();
    return response.headers.get('chatkit-answering') === said;
  });

interface Replicas {
  readonly apps: readonly [TestApp, TestApp];
  /** None where they share a process. */
  readonly parts: readonly StoreParts[];
  readonly database: TestDatabase | undefined;
  stop(): Promise<void>;
}

function start([store, signals]: readonly [Store<RequestContext>, Signals]): Promise<TestApp> {
  const answersElsewhere = new ReplicatedAnswers(signals);
  return TestApp.start({}, { server: new ScriptedServer(store, { answersElsewhere }) });
}

/** Two of them, connected to each other. */
async function startReplicas(kind: string): Promise<Replicas> {
  const database = kind === 'memory' ? undefined : await createTestDatabase();
  const parts: StoreParts[] = [];
  const [store, signals] = [new MemoryStore(), new LocalSignals()];
  const open = async (): Promise<readonly [Store<RequestContext>, Signals]> => {
    if (database === undefined) return [seenFromElsewhere(store), signals];
    const opened = await openStore(database, { CHATKIT_ISOLATION: kind, CHATKIT_REPLICAS: '2' });
    parts.push(opened);
    if (opened.signals === undefined) throw new Error('replicas have signals');
    opened.signals.start();
    return [opened.store, opened.signals];
  };
  const apps = [await start(await open()), await start(await open())] as const;
  await eventually('they are connected', () => parts.every((each) => each.signals?.isConnected === true));
  return {
    apps,
    parts,
    database,
    async stop() {
      for (const app of apps) await app.close();
      for (const each of parts) {
        await each.signals?.close();
        await each.database.close();
      }
      await database?.drop();
    },
  };
}

/** Begins a conversation. @returns its id */
async function begin({ apps: [first] }: Replicas, headers = {}): Promise<string> {
  first.server.script = say('Hello');
  const text = await (await first.post(create('Hi'), headers)).text();
  return /"id":"(thr_\w+)"/.exec(text)?.[1] ?? '';
}

async function items({ apps: [first] }: Replicas, threadId: string): Promise<ThreadItem[]> {
  const request = { type: 'items.list', params: { thread_id: threadId, order: 'asc', limit: 100 } };
  const { data } = (await (await first.post(request)).json()) as Page<ThreadItem>;
  return data;
}

async function texts(replicas: Replicas, threadId: string): Promise<string[]> {
  return (await items(replicas, threadId)).map((item) =>
    item.type === 'assistant_message' ? (item.content[0]?.text ?? '') : item.type,
  );
}

describe.each(['memory', 'row', 'schema'])('two replicas that share a store by %s', (kind) => {
  let replicas: Replicas;

  beforeAll(async () => {
    replicas = await startReplicas(kind);
  });
  afterAll(() => replicas.stop());

  it('an answer of one ends when a message is sent at the other, and what it had said is kept before it', async () => {
    const [first, second] = replicas.apps;
    const id = await begin(replicas);
    const slow = halfOf('slow');
    first.server.script = slow.script;
    const running = first.post(ask(id)).then((response) => response.text());
    await slow.begun;
    second.server.script = inTwoHalves;
    const other = await (await second.post(ask(id))).text();
    const sent = await running;
    slow.goOn();
    expect(sent).not.toContain('"type":"error"');
    expect(other).toContain('"text":"Whole"');
    expect(await texts(replicas, id)).toEqual([
      'user_message',
      'Hello',
      'user_message',
      'Half',
      'user_message',
      'Whole',
    ]);
  });

  it('an answer of one goes when its question is asked anew at the other', async () => {
    const [first, second] = replicas.apps;
    const id = await begin(replicas);
    const [question] = await items(replicas, id);
    const slow = halfOf('slow');
    first.server.script = slow.script;
    const retry = { type: 'threads.retry_after_item', params: { thread_id: id, item_id: question?.id } };
    const running = first.post(retry).then((response) => response.text());
    await slow.begun;
    second.server.script = say('Again');
    await (await second.post(retry)).text();
    await running;
    slow.goOn();
    expect(await texts(replicas, id)).toEqual(['user_message', 'Again']);
  });

  it('an answer of one is stopped at the other, which says that it runs', async () => {
    const [first, second] = replicas.apps;
    const id = await begin(replicas);
    const slow = halfOf('slow');
    first.server.script = slow.script;
    const running = first.post(ask(id)).then((response) => response.text());
    await slow.begun;
    await heardOf(second, id);
    const stopped = await second.post({ type: 'threads.stop', params: { thread_id: id } });
    expect(await stopped.json()).toEqual({});
    expect(await texts(replicas, id)).toEqual(['user_message', 'Hello', 'user_message', 'Half']);
    expect(await running).not.toContain('"type":"error"');
    slow.goOn();
    await heardOf(second, id, null);
  });

  it('an answer of one is joined at the other when its page is loaded anew there', async () => {
    const [first, second] = replicas.apps;
    const id = await begin(replicas);
    const slow = halfOf('slow');
    first.server.script = slow.script;
    const client = await RawClient.connect(first.port);
    client.send(rawPost(JSON.stringify(ask(id)), 'Accept: */*;stop=request'));
    await client.until((text) => text.includes('Half'));
    const gone = first.disconnection();
    client.leave();
    await gone;
    await heardOf(second, id);
    const joined = await second.post({ type: 'threads.join', params: { thread_id: id } });
    slow.goOn();
    expect(await joined.text()).toContain('"thread.item.done"');
    await first.idle();
    expect(await texts(replicas, id)).toEqual(['user_message', 'Hello', 'user_message', 'Whole']);
  });

  it('an answer of one is joined at the other, and grows there to its end', async () => {
    const [first, second] = replicas.apps;
    const id = await begin(replicas);
    const more = 'ä🙂'.repeat(5000);
    const slow = halfOf('slow', more);
    first.server.script = slow.script;
    const running = first.post(ask(id)).then((response) => response.text());
    await slow.begun;
    await heardOf(second, id);
    const joined = await second.post({ type: 'threads.join', params: { thread_id: id } });
    const reading = joined.text();
    slow.goOn();
    const sent = await running;
    const events = (await reading)
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: '))
      .map((frame) => JSON.parse(frame.slice('data: '.length)) as ThreadStreamEvent);
    expect(events.map(({ type }) => type)).toEqual([
      'stream_options',
      'thread.item.added',
      'thread.item.done',
    ]);
    expect(JSON.stringify(events[1]).includes(`"text":"Half${more}"`)).toBe(true);
    expect(events[2]).toMatchObject({ item: { id: 'slow', content: [{ text: 'Whole' }] } });
    expect(sent.includes('"text":"Whole"')).toBe(true);
  });

  it('of many that are asked at both at once one answers to its end, and every question stays', async () => {
    const id = await begin(replicas);
    for (const app of replicas.apps) app.server.script = inTwoHalves;
    const streams = await Promise.all(
      Array.from({ length: 8 }, async (_, at) =>
        (await replicas.apps[at % 2 === 0 ? 0 : 1].post(ask(id))).text(),
      ),
    );
    for (const stream of streams) expect(stream).not.toContain('"type":"error"');
    const stored = await texts(replicas, id);
    expect(stored.filter((text) => text === 'user_message')).toHaveLength(9);
    expect(stored.at(-1)).toBe('Whole');
  });

  if (kind === 'memory') return;

  it('find each other again when their connections were lost', async () => {
    const [first, second] = replicas.apps;
    const id = await begin(replicas);
    const slow = halfOf('slow');
    first.server.script = slow.script;
    const running = first.post(ask(id)).then((response) => response.text());
    await slow.begun;
    const arrivals = replicas.parts.map(({ signals }) => {
      const arrival = { times: 0 };
      signals?.onConnected(() => (arrival.times += 1));
      return arrival;
    });
    await replicas.database?.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'chatkit-signals' AND datname = current_database()`,
    );
    // once as they are now, and once more
    await eventually('they are connected again', () => arrivals.every(({ times }) => times >= 2));
    await heardOf(second, id);
    second.server.script = inTwoHalves;
    await (await second.post(ask(id))).text();
    expect(await running).not.toContain('"type":"error"');
    slow.goOn();
    expect((await texts(replicas, id)).slice(-4)).toEqual(['user_message', 'Half', 'user_message', 'Whole']);
  });

  it('tell each other nothing that names a thread or a user', async () => {
    // a shorter name may be within what stands for the thread, which is random
    const user = 'whoever_it_is';
    const headers = { authorization: `Bearer ${user}` };
    const id = await begin(replicas, headers);
    const heard: string[] = [];
    const stop = replicas.parts[1]?.signals?.subscribe('answers', (message) => heard.push(message));
    const slow = halfOf('slow');
    const [first] = replicas.apps;
    first.server.script = slow.script;
    const running = first.post(ask(id), headers).then((response) => response.text());
    await slow.begun;
    slow.goOn();
    await running;
    await eventually('its end is told', () => heard.some((message) => message.includes('"ended"')));
    stop?.();
    for (const name of [id, 'org_a', user]) expect(heard.join()).not.toContain(name);
  });

  it('answer without being able to tell each other', async () => {
    const alone = await startReplicas(kind);
    const id = await begin(alone);
    for (const { signals } of alone.parts) await signals?.close();
    const [, second] = alone.apps;
    second.server.script = inTwoHalves;
    await (await second.post(ask(id))).text();
    expect((await texts(alone, id)).at(-1)).toBe('Whole');
    await alone.stop();
  });
});
