import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { createModel } from '../../src/agents/index.js';
import type { ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { agentsConfig, Chat, collect, contextOf, Exchange, message } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { ModelServer, type Turn } from './support/model-server.js';

interface Scenario {
  readonly name: string;
  readonly note: string;
  readonly wire_chunk?: number;
  readonly requests: readonly object[];
  readonly turns: readonly Turn[];
  readonly expect: { readonly events: readonly (readonly object[])[] };
}

const KEY = 'sk-test-0123456789abcdef';
const fixtures = new URL('fixtures/', import.meta.url);
const scenarios = readdirSync(fixtures).map(
  (name) => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')) as Scenario,
);
function scenario(number: string): Scenario {
  const found = scenarios.find(({ name }) => name.startsWith(number));
  if (found === undefined) throw new Error(`no fixture ${number}`);
  return found;
}

const context = contextOf({ tenantId: 't', userId: 'u1' });

function chatWith(server: ModelServer, change: Parameters<typeof agentsConfig>[0] = {}): Chat {
  const config = agentsConfig({ apiKey: KEY, baseUrl: server.url, ...change });
  return new Chat(createModel(config), config);
}

/** Ids by order of appearance and no times: what remains is what the client is told. */
function comparable(events: readonly object[]): unknown {
  const known = new Map<string, string>();
  const symbol = (id: string): string => {
    if (!known.has(id)) known.set(id, `<${known.size}>`);
    return known.get(id) ?? id;
  };
  return JSON.parse(JSON.stringify(events), (key, value: unknown) => {
    if (key === 'created_at') return '<time>';
    return ['id', 'item_id', 'thread_id'].includes(key) && typeof value === 'string' ? symbol(value) : value;
  }) as unknown;
}

async function run({ requests, turns, wire_chunk: chunk }: Scenario): Promise<ThreadStreamEvent[]> {
  await using server = await ModelServer.start(turns, { chunk });
  const chat = chatWith(server);
  const seed = {
    id: 'thr_seed',
    created_at: '2020-01-02T03:04:05Z',
    status: { type: 'active' },
    metadata: {},
  };
  await chat.store.saveThread({ ...seed, status: { type: 'active' } }, context);
  const events: ThreadStreamEvent[] = [];
  for (const request of requests) {
    const sent = JSON.parse(JSON.stringify(request).replaceAll('$thread', 'thr_seed')) as object;
    events.push(...(await collect(chat.stream(sent, context))));
  }
  return events;
}

/** Whether the model breaks off in the middle of a message. */
function isCut({ name }: Scenario): boolean {
  return ['060', '061', '063', '064'].includes(name.slice(0, 3));
}

/** An answer that begins so and fails, in one of the ways in which it may be told. */
async function failing(
  begun: readonly object[],
  code: string,
  how: 'failed' | 'event' | 'unnamed' = 'failed',
): Promise<{ events: readonly ThreadStreamEvent[]; chat: Chat }> {
  const error = { code, message: 'secret' };
  const ending = {
    failed: { type: 'response.failed', response: { id: 'resp', status: 'failed', error, output: [] } },
    event: { type: 'error', ...error },
    unnamed: { error },
  }[how];
  await using server = await ModelServer.start([[...begun, ending]]);
  const chat = chatWith(server);
  const { events } = await chat.say('Hi', context);
  return { events, chat };
}

describe('an agent on a model behind the Responses API', () => {
  let logs: CapturedLogs;
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  it.each(scenarios.filter((each) => !isCut(each)).map((each) => [each.name, each] as const))(
    'streams what the reference streams: %s',
    async (_name, each) => {
      const events = await run(each);
      const shown = events.filter((event) => event.type !== 'thread.updated');
      expect(comparable(shown)).toEqual(comparable(each.expect.events.flat()));
      expect(JSON.stringify(events)).not.toContain('msg_model');
    },
  );

  it.each(scenarios.filter(isCut).map((each) => [each.name, each] as const))(
    'finishes and stores what it had shown before it tells of an error, unlike the reference: %s',
    async (_name, each) => {
      const shown = (await run(each)).filter((event) => event.type !== 'thread.updated');
      const expected = each.expect.events.flat();
      expect(comparable(shown.toSpliced(-2, 1))).toEqual(comparable(expected));
      const { deltas } = new Exchange(shown);
      const finished = { content: [{ text: deltas.join('') }], type: 'assistant_message' };
      expect(shown.at(-2)).toMatchObject({ type: 'thread.item.done', item: finished });
    },
  );

  it('shows no thoughts that a text begins with, and only text where a provider gives parts', async () => {
    const at = { item_id: 'm', output_index: 0, content_index: 0 };
    const whole = [{ type: 'text', text: '<think>Hm.</think>\nYes.' }];
    const content = [{ type: 'output_text', text: whole, annotations: [] }];
    const item = { type: 'message', id: 'm', role: 'assistant', status: 'completed', content };
    const response = { id: 'resp', status: 'completed', output: [item] };
    const turn = [
      { type: 'response.created', response },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
      { type: 'response.output_text.delta', ...at, delta: '<think>Hm.</th' },
      { type: 'response.output_text.delta', ...at, delta: 'ink>\n' },
      { type: 'response.output_text.delta', ...at, delta: [{ text: 'Yes.' }] },
      { type: 'response.output_text.done', ...at, text: whole },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response },
    ];
    await using server = await ModelServer.start([turn]);
    const { events, text, deltas } = await chatWith(server).say('Well?', context);
    expect([text, deltas]).toEqual(['Yes.', ['Yes.']]);
    expect(JSON.stringify(events)).not.toMatch(/Hm|\[object/);
  });

  it('keeps what comes after the end of a text, though the item never ends', async () => {
    const at = { item_id: 'msg_1', output_index: 0, content_index: 0 };
    const item = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    const response = { id: 'resp_1', object: 'response', model: 'm', status: 'completed', error: null };
    const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
    const turn = [
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.output_text.delta', ...at, delta: 'Well' },
      { type: 'response.output_text.done', ...at, text: 'Well,' },
      { type: 'response.output_text.delta', ...at, delta: ' yes' },
      { type: 'response.completed', response: { ...response, output: [], usage } },
    ];
    await using server = await ModelServer.start([turn]);
    const { text } = await chatWith(server).say('Hi');
    expect(text).toBe('Well, yes');
  });

  it('takes back a message that has no text when it fails', async () => {
    const recorded = scenario('060').turns[0] as readonly { readonly type: string }[];
    const begun = recorded.slice(
      0,
      recorded.findIndex(({ type }) => type.endsWith('.delta')),
    );
    const { events, chat } = await failing(begun, 'server_error');
    const announced = events.find((event) => event.type === 'thread.item.added');
    expect(events.at(-2)).toEqual({ type: 'thread.item.removed', item_id: announced?.item.id });
    const items = await chat.items(new Exchange(events).threadId, context);
    expect(items.map(({ type }) => type)).toEqual(['user_message']);
  });

  it('closes a workflow that was open when it fails', async () => {
    const item = { id: 'rs_1', type: 'reasoning', summary: [] };
    const thinking = { type: 'response.output_item.added', output_index: 0, item };
    const { events, chat } = await failing([thinking], 'server_error');
    expect(events.at(-2)).toMatchObject({ type: 'thread.item.done', item: { type: 'workflow' } });
    const items = await chat.items(new Exchange(events).threadId, context);
    expect(items.at(-1)).toMatchObject({ type: 'workflow', workflow: { summary: { duration: 0 } } });
  });

  it.each([
    ['context_length_exceeded', false],
    ['insufficient_quota', false],
    ['invalid_prompt', false],
    ['rate_limit_exceeded', true],
    ['server_error', true],
    ['something_new', true],
  ])('decides about a failure inside of a stream (%s) as about one before it', async (code, allowRetry) => {
    for (const how of ['failed', 'event', 'unnamed'] as const) {
      const { events } = await failing([], code, how);
      expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: allowRetry });
      expect(logs.text).toContain(code);
      expect(logs.text).not.toContain('secret');
      logs[Symbol.dispose]();
      logs = new CapturedLogs();
    }
  });

  it.each([
    ['no text', [{ type: 'message', id: 'm', role: 'assistant', status: 'completed', content: [] }]],
    ['thoughts alone', [{ type: 'reasoning', id: 'r', summary: [] }], true],
    ['nothing', []],
  ])('asks the model once when the answer holds %s', async (_what, output, isFailure = false) => {
    const items = output.flatMap((item, output_index) => [
      { type: 'response.output_item.added', output_index, item },
      { type: 'response.output_item.done', output_index, item },
    ]);
    const response = { id: 'resp', status: 'completed', output };
    const turn = [{ type: 'response.created', response }, ...items, { type: 'response.completed', response }];
    await using server = await ModelServer.start([turn, turn]);
    const { error } = await chatWith(server).say('Hi', context);
    expect(server.calls).toHaveLength(1);
    expect(error !== undefined).toBe(isFailure);
  });

  it('closes the workflow of an answer that holds thoughts alone, and allows a retry', async () => {
    const item = { type: 'reasoning', id: 'r', summary: [] };
    const response = { id: 'resp', status: 'completed', output: [item] };
    const turn = [
      { type: 'response.created', response },
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.completed', response },
    ];
    await using server = await ModelServer.start([turn]);
    const chat = chatWith(server);
    const { events, threadId } = await chat.say('Hi', context);
    expect(events.slice(-2)).toMatchObject([
      { type: 'thread.item.done', item: { type: 'workflow' } },
      { type: 'error', code: 'stream.error', allow_retry: true },
    ]);
    const stored = (await chat.items(threadId, context)).at(-1);
    expect(stored).toMatchObject({ type: 'workflow', workflow: { summary: { duration: 0 } } });
  });

  it('keeps every word that came before a failure, however slowly the words are read', async () => {
    await using server = await ModelServer.start(scenario('060').turns, { chunk: 100_000 });
    const seen: ThreadStreamEvent[] = [];
    for await (const event of chatWith(server).stream(message('Hi.'), context)) {
      seen.push(event);
      for (let turn = 0; turn < 50; turn++) await setImmediate();
    }
    expect(new Exchange(seen).deltas.join('')).toBe('Half');
    expect(seen.at(-1)?.type).toBe('error');
  });

  it.each([
    [401, 'invalid_api_key', false],
    [400, 'context_length_exceeded', false],
    [429, 'insufficient_quota', false],
    [429, 'rate_limit_exceeded', true],
    [503, 'overloaded', true],
  ])('answers HTTP %i (%s) of the model with allow_retry %s', async (status, code, allowRetry) => {
    const body = { error: { message: `Incorrect API key provided: ${KEY}`, type: 'error', code } };
    await using server = await ModelServer.start([{ status, body }]);
    const chat = chatWith(server);
    const { events } = await chat.say('Hi', context);
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: allowRetry });
    expect(chat.health.status()).toMatchObject({ kind: 'openai', lastError: { reason: `http ${status}` } });
    expect(logs.text).toContain(code);
    expect(`${logs.text}${JSON.stringify(events)}${JSON.stringify(chat.health.status())}`).not.toContain(
      'sk-test',
    );
  });

  it('repeats a call that failed before its answer began, and forgets the failure', async () => {
    await using server = await ModelServer.start([{ status: 500, body: {} }, ...scenario('001').turns]);
    const chat = chatWith(server, { modelRetries: 1 });
    const { text } = await chat.say('Say hello.', context);
    expect(text).toBe('Hello there.');
    expect(server.calls).toHaveLength(2);
    expect(chat.health.status()).toMatchObject({ window: { answers: 1, failures: 0 } });
  });

  it('sends the key in its header only, to the address and model that are configured', async () => {
    await using server = await ModelServer.start(scenario('001').turns);
    await chatWith(server, { model: 'some-model' }).say('Say hello.', context);
    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]).toMatchObject({ path: '/v1/responses', body: { model: 'some-model' } });
    expect(server.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify(server.calls[0]?.body)).not.toContain(KEY);
  });

  it('hangs up on the model as soon as the request is aborted, and ends', async () => {
    const unfinished = (scenario('001').turns[0] as readonly unknown[]).slice(0, 6);
    await using server = await ModelServer.start([unfinished], { endless: true });
    const client = new AbortController();
    const seen: ThreadStreamEvent[] = [];
    for await (const event of chatWith(server).stream(
      message('Hi'),
      context.with({ signal: client.signal }),
    )) {
      seen.push(event);
      if (new Exchange(seen).deltas.length === 2) client.abort();
    }
    await server.hungUp.promise;
    expect(seen.some(({ type }) => type === 'error')).toBe(false);
  });

  it('gives up on a model that stays silent for too long, and allows a retry', async () => {
    await using server = await ModelServer.start([[]], { endless: true });
    const { events } = await chatWith(server, { modelTimeoutMs: 500 }).say('Hi', context);
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    await server.hungUp.promise;
  });
});
