import { isLong } from '../fuzz/support/runs.js';
import { ChatClient } from './support/chat-client.js';
import { create, everyRequestAbout } from './support/requests.js';
import { startAppOnOwnDatabase } from './support/own-database.js';
import type { RunningApp } from './support/running-app.js';

/** What is put in place of every value of every request, one at a time. */
const ODDITIES: unknown[] = [
  null,
  -1,
  1e308,
  true,
  '',
  'a\0\uD800',
  'x'.repeat(70_000),
  [],
  [null],
  {},
  { __proto__: null, type: 'constructor', length: -1, toString: 'x' },
  Array.from({ length: 1001 }, () => 'many'),
  JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`),
];

/** Of so many shapes one is tried, unless the command that attacks is asked for: no divisor of what comes again. */
const STEP = 3;
const EXPECTED = new Set([200, 400, 404, 409, 501]);
/** Streams that have begun before it shows that there is no such attachment, and nothing that acts. */
const MAY_BREAK = /"attachments":\[[^\]]|"threads\.custom_action"/;

/** Copies of the request in which one value, somewhere, is another one or missing. */
function* disfigured(value: unknown): Generator {
  yield* ODDITIES;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    for (const other of disfigured(member)) {
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    }
    if (!Array.isArray(value)) {
      const { [key]: _left, ...rest } = value as Record<string, unknown>;
      yield rest;
    }
  }
}

describe('requests of every shape', () => {
  let app: RunningApp;
  let client: ChatClient;

  beforeAll(async () => {
    app = await startAppOnOwnDatabase();
    client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
  });

  afterAll(async () => {
    await app?.close();
  });

  it('are answered or refused, and never find the server at a loss', async () => {
    const { threadId, items } = await client.create('Hello');
    const tag = { type: 'input_tag', id: 't', text: 't', data: {}, group: 'g', interactive: true };
    const input = {
      content: [{ type: 'input_text', text: 'Hi' }, tag],
      attachments: ['atc_none'],
      inference_options: { model: 'm', tool_choice: { id: 'x' } },
      quoted_text: 'q',
      metadata: { pageContext: { title: 'T', headings: ['h'], selection: 's', url: 'https://a.example' } },
    };
    const answers = { q: { values: ['a'], skipped: false } };
    const about = everyRequestAbout(threadId, items[1]?.id ?? '');
    const requests = [
      { ...create('Hi'), params: { input }, metadata: { pageContext: { title: 'T' } } },
      {
        type: 'threads.add_user_message',
        params: { thread_id: threadId, input: { ...input, attachments: [] } },
      },
      {
        type: 'threads.add_structured_input',
        params: { thread_id: threadId, item_id: 'i', input: { answers } },
      },
      { type: 'threads.list', params: { limit: 3, order: 'asc', after: threadId } },
      { type: 'items.list', params: { thread_id: threadId, limit: 3, order: 'desc', after: items[0]?.id } },
      { type: 'attachments.create', params: { name: 'n', size: 1, mime_type: 'text/plain' } },
      { type: 'attachments.delete', params: { attachment_id: 'atc_none' } },
      { type: 'input.transcribe', params: { audio_base64: 'AAAA', mime_type: 'audio/webm' } },
      ...about.filter((request) => !JSON.stringify(request).includes('delete')),
    ];
    const shapes = requests.flatMap((request) =>
      Array.from(disfigured(request), (body) => JSON.stringify(body)),
    );
    expect(shapes.length).toBeGreaterThan(2000);
    const sent = isLong ? shapes : shapes.filter((_shape, at) => at % STEP === 0);
    const surprises: string[] = [];
    const send = async (): Promise<void> => {
      for (let body = sent.pop(); body !== undefined; body = sent.pop()) {
        const response = await client.send(body);
        const text = await response.text();
        if (!EXPECTED.has(response.status)) surprises.push(`${response.status} ${body.slice(0, 300)}`);
        if (response.status === 400 && !/"message":"[^"]/.test(text))
          surprises.push(`${text} ${body.slice(0, 300)}`);
        if (text.includes('"type":"error"') && !MAY_BREAK.test(body)) surprises.push(body.slice(0, 300));
      }
    };
    await Promise.all(Array.from({ length: 16 }, send));
    expect(surprises).toEqual([]);
    expect((await client.say(threadId, 'Who am I?')).answer).toContain('signed in');
  });
});
