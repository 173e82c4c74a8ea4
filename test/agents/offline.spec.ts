import { OfflineModel } from '../../src/offline-model/index.js';
import { systemClock, type Clock } from '../../src/common/clock.js';
import type { ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { agentsConfig, Chat, collect, contextOf, Exchange, message } from './support/chat.js';

const ada = contextOf();
const page = {
  title: 'Travel policy',
  url: 'https://acme.test/articles/travel',
  description: 'How trips are booked and paid.',
  headings: ['Booking', 'Expenses'],
  selection: 'Flights are booked two weeks ahead.',
};
const onPage = ada.with({ metadata: { pageContext: page } });

/** Time that passes only when somebody sleeps. */
class TestClock implements Clock {
  time = 1_767_225_600_000;
  readonly slept: number[] = [];

  now(): number {
    return this.time;
  }

  random(): number {
    return 0;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    this.slept.push(ms);
    this.time += ms;
    await Promise.resolve();
  }
}

function chat(options: ConstructorParameters<typeof OfflineModel>[0] = {}): Chat {
  return new Chat(new OfflineModel({ delayMs: 0, ...options }));
}

describe('the offline model', () => {
  it.each([
    'Who am I?',
    'Hello',
    'Summarise this page',
    'What did I say?',
    'Count to 12',
    'Why is the sky blue?',
  ])('says plainly that it is offline when asked “%s”', async (question) => {
    expect((await chat().say(question, onPage)).text).toContain(
      'I am offline: no language model is configured',
    );
  });

  it('says it in one paragraph where the brief one was chosen', async () => {
    const { text } = await chat({ brief: true }).say('Who am I?', ada);
    expect(text).toBe('Offline, in brief: You are **Ada Lovelace**.');
  });

  it('tells who the user is', async () => {
    const { text } = await chat().say('Who am I?', ada);
    for (const fact of ['Ada Lovelace', 'Acme Ltd', 'ada@acme.test', 'editor']) expect(text).toContain(fact);
  });

  it('tells what is on the page', async () => {
    const { text } = await chat().say('What page am I on?', onPage);
    for (const fact of ['Travel policy', 'How trips are booked', 'Booking', 'Expenses', 'two weeks ahead']) {
      expect(text).toContain(fact);
    }
  });

  it('tells when it knows nothing of a page', async () => {
    expect((await chat().say('Summarise this page', ada)).text).toContain('told me nothing about the page');
  });

  it.each(['prompt', 'items'] as const)(
    'tells what was said before, history mode %s',
    async (historyMode) => {
      const talk = new Chat(new OfflineModel({ delayMs: 0 }), agentsConfig({ historyMode }));
      const first = await talk.say('I like the colour teal.', ada);
      expect((await talk.say('What did I say before?', ada, first.threadId)).text).toContain(
        'I like the colour teal.',
      );
    },
  );

  it('repeats a question that it cannot answer, names the page and says what it can do', async () => {
    const { text } = await chat().say('Why is the sky blue?', onPage);
    expect(text).toContain('Why is the sky blue?');
    expect(text).toContain('Travel policy');
    expect(text).toContain('Who am I?');
  });

  it('streams word by word, each once, at the pace it is given', async () => {
    const clock = new TestClock();
    const { deltas, text } = await chat({ delayMs: 20, clock }).say('Count to 200', ada);
    expect(deltas.join('')).toBe(text);
    expect(deltas.length).toBeGreaterThan(200);
    expect(clock.slept).toEqual(deltas.map(() => 20));
  });

  it('writes a long answer with a list, a block of code and a table', async () => {
    const { text } = await chat().say('Write a long answer', onPage);
    expect(text).toMatch(/^1\. /m);
    expect(text).toMatch(/^```ts$/m);
    expect(text).toMatch(/^\| --- \| --- \|$/m);
    expect(text).toContain('Travel policy');
    expect(text.length).toBeGreaterThan(2000);
  });

  it('gives the same answer to the same request', async () => {
    const [one, other] = [await chat().say('Hello', onPage), await chat().say('Hello', onPage)];
    expect(one.text).toBe(other.text);
  });

  it('shows names of others as text, not as markup', async () => {
    const { text } = await chat().say(
      'Who am I?',
      contextOf({ user: { name: '**[x](https://evil.test)**' } }),
    );
    expect(text).toContain(String.raw`\[x\]`);
  });

  it('stops in the middle of a word’s wait when the request is aborted', async () => {
    const client = new AbortController();
    const clock: Clock = {
      ...systemClock,
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => resolve());
          client.abort();
        }),
    };
    const context = ada.with({ signal: client.signal });
    const events = await collect(chat({ clock }).stream(message('Hello'), context));
    expect(new Exchange(events).deltas).toEqual([]);
    expect(events.some(({ type }) => type === 'error')).toBe(false);
  });

  it('is cut off by an abort even when its clock does not listen', async () => {
    const client = new AbortController();
    const clock: Clock = {
      ...systemClock,
      sleep: () => {
        client.abort();
        return new Promise(() => undefined);
      },
    };
    const service = chat({ clock });
    const context = ada.with({ signal: client.signal });
    const thread = {
      id: 'thr_1',
      created_at: '2026-01-01T00:00:00Z',
      status: { type: 'active' as const },
      metadata: {},
    };
    await service.store.saveThread(thread, context);
    const input = {
      content: [{ type: 'input_text' as const, text: 'Hi' }],
      attachments: [],
      inference_options: {},
    };
    const item = {
      ...input,
      id: 'm',
      thread_id: 'thr_1',
      created_at: thread.created_at,
      type: 'user_message' as const,
    };
    await expect(collect(service.server.respond(thread, item, context))).resolves.toEqual([]);
  });

  it('reports itself as offline', () => {
    expect(chat().health.status()).toMatchObject({ kind: 'offline', model: 'offline' });
  });
});

describe('the offline model under load tests', () => {
  it('sends the ordered number of texts of 25 characters, each with the time it was due', async () => {
    const clock = new TestClock();
    const start = clock.time;
    const { deltas } = await chat({ bench: true, clock }).say('bench deltas=3 delay=200', ada);
    expect(deltas).toEqual(
      [200, 400, 600].map((after) => `[${start + after}.0] fox jump`.padEnd(25).slice(0, 25)),
    );
    expect(clock.slept).toEqual([200, 200, 200]);
  });

  it('sends them as fast as they go without a delay', async () => {
    const { deltas } = await chat({ bench: true }).say('bench deltas=200 delay=0', ada);
    expect(deltas).toHaveLength(200);
    expect(new Set(deltas.map(({ length }) => length))).toEqual(new Set([25]));
  });

  it('takes the order for a question unless it is enabled', async () => {
    expect((await chat().say('bench deltas=200 delay=0', ada)).text).toContain('You wrote');
  });
});

describe('the title of a thread', () => {
  it('is made of the first words of the first message, once it is answered', async () => {
    const talk = chat();
    const first = await talk.say(
      '# Summarise\nthis page, and tell me what it says about\ttrips to other countries',
      ada,
    );
    expect(first.titles).toEqual(['Summarise this page, and tell me what it says about trips…']);
    expect(first.events.at(-1)?.type).toBe('thread.updated');
    expect((await talk.say('Something else', ada, first.threadId)).titles).toEqual([]);
  });

  it('is left alone when the user gives one while the answer streams', async () => {
    const talk = chat();
    const seen: ThreadStreamEvent[] = [];
    for await (const event of talk.stream(message('Hello'), ada)) {
      seen.push(event);
      if (event.type !== 'thread.item.added') continue;
      const { threadId } = new Exchange(seen);
      await talk.store.saveThread({ ...(await talk.store.loadThread(threadId, ada)), title: 'Mine' }, ada);
    }
    const { threadId } = new Exchange(seen);
    expect((await talk.store.loadThread(threadId, ada)).title).toBe('Mine');
  });
});
