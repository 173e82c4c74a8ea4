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
  yield { type: 'thread.item.done', item: assistantMessage(thread, 'other', 'other') };
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

    /** Runs a slow answer to `request`, and `meanwhile` in its middle. */
    const during = async (
      request: object,
      slow: SlowAnswer,
      meanwhile: () => Promise<unknown>,
    ): Promise<void> => {
      app.server.script = slow.script;
      const running = app.post(request).then((response) => response.text());
      await slow.begun;
      await meanwhile();
      slow.goOn();
      await running;
      await app.idle();
    };

    const answered = async (request: object): Promise<string> => (await app.post(request)).text();

    const ask = (request: object, script: Script) => async (): Promise<void> => {
      app.server.script = app.server.reaction = script;
      await answered(request);
    };

    it('keeps all of both when another message is sent', async () => {
      const { id } = await begin();
      await during(askAlso(id), new SlowAnswer('slow'), ask(askAlso(id), another));
      expect(await ids(id)).toEqual([
        'question',
        'msg_a',
        'question',
        'slow_1',
        'question',
        'other',
        'slow_2',
      ]);
    });

    it('keeps all of both when an action is taken', async () => {
      const { id } = await begin();
      await during(askAlso(id), new SlowAnswer('slow'), ask(act(id), another));
      expect(await ids(id)).toEqual(['question', 'msg_a', 'question', 'slow_1', 'other', 'slow_2']);
    });

    it('keeps all of both when its own question is asked anew', async () => {
      const thread = await begin();
      const { id } = thread;
      const question = questionOf(thread);
      await during(retry(id, question), new SlowAnswer('slow'), ask(retry(id, question), another));
      expect(await ids(id)).toEqual(['question', 'slow_1', 'other', 'slow_2']);
    });

    it('keeps all of both, and its question, when an earlier question is asked anew; what had ended goes', async () => {
      const thread = await begin();
      const { id } = thread;
      await during(askAlso(id), new SlowAnswer('slow'), ask(retry(id, questionOf(thread)), another));
      expect(await ids(id)).toEqual(['question', 'question', 'slow_1', 'other', 'slow_2']);
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
      const slow = new SlowAnswer('slow', () => [{ type: 'thread.item.replaced', item: widget }]);
      app.server.reaction = slow.script;
      await during(act(id, 'widget_1'), slow, ask(retry(id, questionOf(thread)), another));
      expect(await ids(id)).toEqual(['question', 'slow_1', 'other', 'slow_2']);
    });

    it('keeps what both have set of the thread', async () => {
      const { id } = await begin();
      const slow = new SlowAnswer('slow', (thread) => {
        thread.metadata['slow'] = 1;
        thread.status = { type: 'locked', reason: 'full' };
        return [];
      });
      await during(askAlso(id), slow, ask(askAlso(id), naming));
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
