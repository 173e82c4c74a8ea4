import type { Thread, UserMessageItem } from '../../src/chatkit/core/index.js';
import { ChatClient } from './support/chat-client.js';
import { everyRequestAbout, inputOf } from './support/requests.js';
import { startAppOnOwnDatabase } from './support/own-database.js';
import type { RunningApp } from './support/running-app.js';

/** Text that encodings, databases and templates trip over. */
const TEXTS = [
  'NUL \0 inside',
  '\0',
  'a lone \uD83D surrogate',
  '\uDE00\uD83D the wrong way round',
  'controls \u0001\u001B[31m\u007F\u0085',
  'line ends \r\n\u2028\u2029',
  '\uFEFFwith a mark',
  String.raw`\u0000 \x00 \\ spelt out`,
  "'; DROP TABLE chatkit.items; --",
  '${process.env} {{7*7}} <%= 7 %> %s %d',
  'data: {"type":"error"}\n\n',
  '🏳️‍🌈 é e\u0301 \u202Egnp.exe',
  '   ',
  '"',
];

describe('text of clients', () => {
  let app: RunningApp;
  let client: ChatClient;

  beforeAll(async () => {
    app = await startAppOnOwnDatabase();
    client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
  });

  afterAll(async () => {
    await app?.close();
  });

  it.each(TEXTS)('comes back from a message exactly as it was sent: %j', async (text) => {
    const sent = {
      ...inputOf([
        { type: 'input_text', text },
        { type: 'input_tag', id: text, text, data: { [text]: [text, { deep: text }] }, group: text },
      ]),
      quoted_text: text,
      inference_options: {},
    };
    const { threadId, items } = await client.turn({ type: 'threads.create', params: { input: sent } });
    const [stored] = (await client.items(threadId)).data as [UserMessageItem];
    expect(stored).toEqual(items[0]);
    expect(stored.content).toEqual([
      { type: 'input_text', text },
      {
        type: 'input_tag',
        id: text,
        text,
        data: { [text]: [text, { deep: text }] },
        group: text,
        interactive: false,
      },
    ]);
    expect(stored).toMatchObject({ quoted_text: text, inference_options: sent.inference_options });
    // the next turn has to cope with it as well
    expect((await client.say(threadId, 'What did I ask?')).items).toHaveLength(2);
  });

  it.each(TEXTS)('comes back from a title exactly as it was sent: %j', async (title) => {
    const { threadId } = await client.create('Hello');
    const renamed = await client.json<Thread>('threads.update', { thread_id: threadId, title });
    expect(renamed.title).toBe(title);
    expect((await client.thread(threadId)).title).toBe(title);
    expect((await client.threads()).data[0]?.title).toBe(title);
  });

  it.each([...TEXTS, '', '__proto__', 'thr_', 'x'.repeat(256)])(
    'names nothing when used as an id: %j',
    async (id) => {
      const { threadId } = await client.create('Hello');
      const statuses = new Set<number>();
      for (const request of [...everyRequestAbout(id, id), ...everyRequestAbout(threadId, id).slice(2, 3)]) {
        statuses.add((await client.refusal(request)).status);
      }
      expect([...statuses]).toEqual([404]);
      expect((await client.thread(threadId)).id).toBe(threadId);
    },
  );

  it('that is longer than any id is refused by name', async () => {
    for (const request of everyRequestAbout('x'.repeat(257), 'y')) {
      const refusal = await client.refusal(request);
      expect(refusal).toMatchObject({
        status: 400,
        field: expect.stringMatching(/^params\.(thread_id|after)$/),
      });
    }
  });

  it('in metadata and page context, of whatever shape, does not disturb the answer', async () => {
    const odd = [
      null,
      7,
      'text',
      [],
      [[[]]],
      { title: 7, url: {}, headings: 'x', selection: [] },
      { title: TEXTS.join(''), headings: TEXTS, selection: { text: 'x'.repeat(100_000) } },
      { title: { toString: 1 }, url: 'javascript:alert(1)' },
      { headings: Array.from({ length: 20_000 }, () => 'h') },
    ];
    for (const pageContext of odd) {
      const { answer } = await client.create('Summarise this page', {
        pageContext,
        page_context: pageContext,
      });
      expect(answer).toContain('offline');
      expect(answer).not.toContain('javascript:');
    }
  });

  it('named like parts of JavaScript objects stays data', async () => {
    const data = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}';
    const tag = `{"type":"input_tag","id":"t","text":"t","data":${data}}`;
    const body =
      `{"type":"threads.create","__proto__":{"polluted":1},"metadata":${data},` +
      `"params":{"input":{"content":[${tag}],"attachments":[],"inference_options":{},"metadata":${data}}}}`;
    const text = await (await client.send(body)).text();
    expect(text).toContain('"type":"thread.item.done"');
    expect(text).not.toContain('"type":"error"');
    const threadId = /"thread_id":"([^"]+)"/.exec(text)?.[1] ?? '';
    const raw = await client.send({ type: 'items.list', params: { thread_id: threadId, order: 'asc' } });
    expect(await raw.text()).toContain(data);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    const answers = `{"type":"threads.add_structured_input","params":{"thread_id":"${threadId}","item_id":"x","input":{"answers":${data}}}}`;
    expect((await client.refusal(answers)).status).toBeLessThan(500);
  });
});
