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

describe('an agent on a model behind the Responses API', () => {
  let logs: CapturedLogs;
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  it.each(scenarios.map((each) => [each.name, each] as const))(
    'streams what the reference streams: %s',
    async (_name, each) => {
      const events = await run(each);
      const shown = events.filter((event) => event.type !== 'thread.updated');
      expect(comparable(shown)).toEqual(comparable(each.expect.events.flat()));
      expect(JSON.stringify(events)).not.toContain('msg_model');
    },
  );

  it.each([
    ['no text', [{ type: 'message', id: 'm', role: 'assistant', status: 'completed', content: [] }]],
    ['thoughts alone', [{ type: 'reasoning', id: 'r', summary: [] }]],
    ['nothing', []],
  ])('asks the model once when the answer holds %s', async (_what, output) => {
    const items = output.flatMap((item, output_index) => [
      { type: 'response.output_item.added', output_index, item },
      { type: 'response.output_item.done', output_index, item },
    ]);
    const response = { id: 'resp', status: 'completed', output };
    const turn = [{ type: 'response.created', response }, ...items, { type: 'response.completed', response }];
    await using server = await ModelServer.start([turn, turn]);
    const { error } = await chatWith(server).say('Hi', context);
    expect(server.calls).toHaveLength(1);
    expect(error).toBeUndefined();
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
    expect(chat.health.status()).toEqual({ kind: 'openai', model: 'gpt-5-mini' });
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
    const { events } = await chatWith(server, { modelTimeoutMs: 50 }).say('Hi', context);
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    await server.hungUp.promise;
  });
});
