import { RequestContext } from '../../src/auth/context/request-context.js';
import type { StoreParts } from '../../src/store/create-store.js';
import type {
  Page,
  Thread,
  ThreadItem,
  ThreadMetadata,
  ThreadStreamEvent,
  WidgetItem,
} from '../../src/chatkit/core/index.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { create, getThread } from './requests.js';
import { assistantMessage, delta, say, ScriptedServer, type Script } from './scripted-server.js';
import { TestApp } from './test-app.js';

/** An answer that stands still in its middle until it is let go on. */
class SlowAnswer {
  readonly #begun = Promise.withResolvers<void>();
  readonly #going = Promise.withResolvers<void>();

  /** @param last what it does and says at its end */
  constructor(
    private readonly name: string,
    private readonly last: (thread: ThreadMetadata) => readonly ThreadStreamEvent[] = () => [],
  ) {}

  /** Resolves once its first item is stored and a part of its second is told. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  goOn(): void {
    this.#going.resolve();
  }

  get script(): Script {
    const { name, last } = this;
    const [begun, going] = [this.#begun, this.#going];
    return async function* answer(thread) {
      yield { type: 'thread.item.done', item: assistantMessage(thread, 'first', `${name}_1`) };
      yield { type: 'thread.item.added', item: assistantMessage(thread, '', `${name}_2`) };
      yield delta('sec', `${name}_2`);
      begun.resolve();
      await going.promise;
      yield { type: 'thread.item.done', item: assistantMessage(thread, 'second', `${name}_2`) };
      yield* last(thread);
    };
  }
}

const questionOf = ({ items }: Thread): string =>
  items.data.find(({ type }) => type === 'user_message')?.id ?? '';

const askAlso = (threadId: string): object => {
  const input = {
    content: [{ type: 'input_text', text: 'And?' }],
    attachments: [],
    inference_options: {},
  };
  return { type: 'threads.add_user_message', params: { thread_id: threadId, input } };
};

const retry = (threadId: string, itemId: string): object => ({
  type: 'threads.retry_after_item',
  params: { thread_id: threadId, item_id: itemId },
});

const act = (threadId: string, itemId?: string): object => ({
  type: 'threads.custom_action',
  params: { thread_id: threadId, action: { type: 'any' }, ...(itemId && { item_id: itemId }) },
});

const another: Script = async function* other(thread) {
  yield { type: 'thread.item.done', item: assistantMessage(thread, 'other', 'other') };
};

const naming: Script = async function* name(thread) {
  thread.title = 'Named meanwhile';
  thread.metadata['other'] = 2;
  yield { type: 'progress_update', text: 'Named' };
};

const quiet: Script = async function* look() {
  yield { type: 'progress_update', text: 'Looking' };
};

const inTwoHalves: Script = async function* answer(thread, _context, message) {
  const name = `of_${message?.id}`;
  yield { type: 'thread.item.added', item: assistantMessage(thread, '', name) };
  yield delta('Half', name);
  await new Promise((resolve) => setImmediate(resolve));
  yield { type: 'thread.item.done', item: assistantMessage(thread, 'Whole', name) };
};

describe.each(['memory', 'row', 'schema'])(
  'a running answer, kept by %s, and what another tab does',
  (kind) => {
    let database: TestDatabase | undefined;
    let parts: StoreParts | undefined;
    let app: TestApp;

    beforeAll(async () => {
      if (kind !== 'memory') {
        database = await createTestDatabase();
        parts = await openStore(database, { CHATKIT_ISOLATION: kind });
      }
    });
    beforeEach(async () => {
      app = await TestApp.start({}, { server: new ScriptedServer(parts?.store) });
    });
    afterEach(() => app.close());
    afterAll(async () => {
      await parts?.database.close();
      await database?.drop();
    });

    /** A thread with a question and an answer. */
    const begin = async (): Promise<Thread> => {
      app.server.script = say('Hello');
      const text = await (await app.post(create('Hi'))).text();
      const id = /"id":"(thr_\w+)"/.exec(text)?.[1] ?? '';
      return load(id);
    };

    const load = async (id: string): Promise<Thread> =>
      (await (await app.post(getThread(id))).json()) as Thread;

    const ids = async (threadId: string): Promise<string[]> => {
      const request = { type: 'items.list', params: { thread_id: threadId, order: 'asc', limit: 100 } };
      const { data } = (await (await app.post(request)).json()) as Page<ThreadItem>;
      return data.map(({ type, id }) => (type === 'user_message' ? 'question' : id));
    };

    /** Runs a slow answer to `request`, and `meanwhile` in its middle. @returns what the slow one was sent */
    const during = async (
      request: object,
      slow: SlowAnswer,
      meanwhile: () => Promise<unknown>,
    ): Promise<string> => {
      app.server.script = slow.script;
      const running = app.post(request).then((response) => response.text());
      await slow.begun;
      await meanwhile();
      slow.goOn();
      const sent = await running;
      await app.idle();
      return sent;
    };

    const answered = async (request: object): Promise<string> => (await app.post(request)).text();

    const ask = (request: object, script: Script) => async (): Promise<void> => {
      app.server.script = app.server.reaction = script;
      await answered(request);
    };

    it('ends when another message is sent, and what it had said is kept before that message', async () => {
      const { id } = await begin();
      const sent = await during(askAlso(id), new SlowAnswer('slow'), ask(askAlso(id), another));
      expect(await ids(id)).toEqual([
        'question',
        'msg_a',
        'question',
        'slow_1',
        'slow_2',
        'question',
        'other',
      ]);
      expect(JSON.stringify(await load(id))).toContain('"text":"sec"');
      expect(sent).not.toContain('"type":"error"');
      expect(sent).not.toContain('"text":"second"');
    });

    it('ends when an action answers, too', async () => {
      const { id } = await begin();
      await during(askAlso(id), new SlowAnswer('slow'), ask(act(id), another));
      expect(await ids(id)).toEqual(['question', 'msg_a', 'question', 'slow_1', 'slow_2', 'other']);
    });

    it('goes on when an action puts nothing into the thread', async () => {
      const { id } = await begin();
      const slow = new SlowAnswer('slow');
      app.server.reaction = quiet;
      await during(askAlso(id), slow, () => answered(act(id)));
      expect(JSON.stringify(await load(id))).toContain('"text":"second"');
    });

    it('ends when its own question is asked anew, and goes', async () => {
      const thread = await begin();
      const { id } = thread;
      const question = questionOf(thread);
      await during(retry(id, question), new SlowAnswer('slow'), ask(retry(id, question), another));
      expect(await ids(id)).toEqual(['question', 'other']);
    });

    it('ends when an earlier question is asked anew, and goes with its question', async () => {
      const thread = await begin();
      const { id } = thread;
      await during(askAlso(id), new SlowAnswer('slow'), ask(retry(id, questionOf(thread)), another));
      expect(await ids(id)).toEqual(['question', 'other']);
    });

    it('goes on when the message that is sent cannot be', async () => {
      const { id } = await begin();
      const missing = { ...askAlso(id) } as { params: { input: { attachments: string[] } } };
      missing.params.input.attachments = ['atc_none'];
      const slow = new SlowAnswer('slow');
      await during(askAlso(id), slow, async () => {
        expect((await app.post(missing)).status).toBe(404);
      });
      expect(JSON.stringify(await load(id))).toContain('"text":"second"');
    });

    it('of many that are asked at once the last one answers, and every question stays', async () => {
      const { id } = await begin();
      app.server.script = inTwoHalves;
      const streams = await Promise.all(Array.from({ length: 8 }, () => answered(askAlso(id))));
      for (const stream of streams) expect(stream).not.toContain('"type":"error"');
      await app.idle();
      const stored = await ids(id);
      expect(stored.filter((item) => item === 'question')).toHaveLength(9);
      expect(JSON.stringify(await load(id))).toContain('"text":"Whole"');
    });

    it('goes like any other when its question is asked anew after its end', async () => {
      const thread = await begin();
      const { id } = thread;
      await during(retry(id, questionOf(thread)), new SlowAnswer('slow'), async () => undefined);
      expect(await ids(id)).toEqual(['question', 'slow_1', 'slow_2']);
      app.server.script = another;
      await answered(retry(id, questionOf(thread)));
      expect(await ids(id)).toEqual(['question', 'other']);
    });

    it('goes with what is kept of it when it was stopped before its question is asked anew', async () => {
      const thread = await begin();
      const { id } = thread;
      const slow = new SlowAnswer('slow');
      app.server.script = slow.script;
      const leaving = new AbortController();
      const headers = { authorization: 'Bearer u1', 'content-type': 'application/json' };
      const body = JSON.stringify(retry(id, questionOf(thread)));
      const response = await fetch(app.url, { method: 'POST', headers, body, signal: leaving.signal });
      await slow.begun;
      const gone = app.disconnection();
      leaving.abort();
      await gone;
      app.server.script = another;
      await answered(retry(id, questionOf(thread)));
      await app.idle();
      expect(response.status).toBe(200);
      expect(await ids(id)).toEqual(['question', 'other']);
    });

    it('does not bring back a widget that a retry has removed', async () => {
      const thread = await begin();
      const { id } = thread;
      const widget: WidgetItem = {
        type: 'widget',
        id: 'widget_1',
        thread_id: id,
        created_at: '2026-01-02T03:04:05Z',
        widget: { type: 'Card', children: [{ type: 'Text', value: 'Old' }] },
      };
      app.server.script = async function* show() {
        yield { type: 'thread.item.done', item: widget };
      };
      await answered(askAlso(id));
      const [begun, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      app.server.reaction = async function* replace() {
        begun.resolve();
        await going.promise;
        yield { type: 'thread.item.replaced', item: widget };
      };
      const running = answered(act(id, 'widget_1'));
      await begun.promise;
      await ask(retry(id, questionOf(thread)), another)();
      going.resolve();
      await running;
      await app.idle();
      expect(await ids(id)).toEqual(['question', 'other']);
    });

    it('keeps what it and an action beside it have set of the thread', async () => {
      const { id } = await begin();
      const slow = new SlowAnswer('slow', (thread) => {
        thread.metadata['slow'] = 1;
        thread.status = { type: 'locked', reason: 'full' };
        return [];
      });
      app.server.reaction = naming;
      await during(askAlso(id), slow, () => answered(act(id)));
      expect(await load(id)).toMatchObject({
        title: 'Named meanwhile',
        status: { type: 'locked', reason: 'full' },
      });
      const stored = await app.server.store.loadThread(
        id,
        new RequestContext({ tenantId: 'org_a', userId: 'u1' }),
      );
      expect(stored.metadata).toEqual({ slow: 1, other: 2 });
    });

    it('keeps the name that its owner gives the thread meanwhile', async () => {
      const { id } = await begin();
      const slow = new SlowAnswer('slow', (thread) => {
        thread.metadata['slow'] = 1;
        return [];
      });
      const rename = { type: 'threads.update', params: { thread_id: id, title: 'Mine' } };
      await during(askAlso(id), slow, () => answered(rename));
      expect((await load(id)).title).toBe('Mine');
    });
  },
);
