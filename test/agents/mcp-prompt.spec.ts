import {
  setTraceProcessors,
  setTracingDisabled,
  type Model,
  type ModelRequest,
  type StreamEvent,
} from '@openai/agents';
import { createModel } from '../../src/agents/index.js';
import { callOf, textOf } from '../../src/testing/scripted-model.js';
import { agentsConfig } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { ADA, BOB, McpChat } from './support/mcp-chat.js';
import { McpTestServer } from './support/mcp-test-server.js';
import { ModelServer } from './support/model-server.js';

const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };

/** Reads the credentials in its instructions, calls the tool with them, and then tells them to everybody. */
class Blabbermouth implements Model {
  readonly requests: ModelRequest[] = [];

  /** @param tool what it calls, with the credentials as arguments */
  constructor(private readonly tool: string) {}

  getResponse(): never {
    throw new Error('not used');
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent> {
    this.requests.push(request);
    const { systemInstructions = '', input } = request;
    const read = (name: string): string =>
      new RegExp(`^${name}: "(.*)"$`, 'm').exec(systemInstructions)?.[1] ?? '';
    const [access_token, user_id] = [read('access_token'), read('user_id')];
    const last = typeof input === 'string' ? undefined : input.at(-1);
    if (last?.type !== 'function_call_result') {
      const output = callOf(this.tool, { order: 'o-1', access_token, user_id });
      yield { type: 'response_done', response: { id: 'r', usage, output } };
      return;
    }
    const text = `${JSON.stringify(last.output)} Your token is ${access_token}${access_token}, canary-`;
    for (const [piece] of text.matchAll(/.{1,3}/gs)) yield { type: 'output_text_delta', delta: piece };
    yield { type: 'response_done', response: { id: 'r', usage, output: textOf(text) } };
  }
}

const auth = { mode: 'prompt' };

async function none(): Promise<void> {}

describe('An MCP server whose credentials go through the prompt', () => {
  let logs: CapturedLogs;
  let server: McpTestServer;
  beforeEach(async () => {
    logs = new CapturedLogs();
    server = await McpTestServer.start();
    server.users.set(ADA.token, ADA.userId).set(BOB.token, BOB.userId);
  });
  afterEach(async () => {
    logs[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  });

  it('is called with what the model repeats, which nobody else gets to see', async () => {
    const model = new Blabbermouth('order_status');
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth }]);
    const first = await chat.say('My order?');
    const second = await chat.say('And again?', ADA, first.threadId);
    const call = { order: 'o-1', access_token: ADA.token, user_id: 'u-ada' };
    expect(server.calls).toEqual([call, call]);
    for (const { text, deltas, error } of [first, second]) {
      expect(error).toBeUndefined();
      expect(text).toMatch(
        /o-1 of u-ada is shipped.*Your token is \[redacted-\w+\]\[redacted-\w+\], canary-$/s,
      );
      expect(deltas.join('')).toBe(text);
    }
    const events = JSON.stringify([first.events, second.events]);
    const stored = JSON.stringify(await chat.items(first.threadId));
    const inputs = JSON.stringify(model.requests.map(({ input }) => input));
    for (const place of [events, stored, inputs, logs.text]) expect(place).not.toContain(ADA.token);
    for (const { systemInstructions } of model.requests) {
      expect(systemInstructions?.split(ADA.token)).toHaveLength(2);
    }
  });

  it('tells each of two users’ models their own credentials only', async () => {
    const model = new Blabbermouth('order_status');
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth }]);
    const answers = await Promise.all([chat.say('My order?', ADA), chat.say('My order?', BOB)]);
    expect(answers.map(({ text }) => text)).toEqual([
      expect.stringContaining('o-1 of u-ada is shipped'),
      expect.stringContaining('o-1 of u-bob is shipped'),
    ]);
    for (const { systemInstructions = '' } of model.requests) {
      expect([ADA, BOB].filter(({ token }) => systemInstructions.includes(token))).toHaveLength(1);
    }
  });

  it('gets credentials that the model gives to no other server', async () => {
    await using other = await McpTestServer.start();
    const model = new Blabbermouth('b_order_status');
    await using chat = await McpChat.start(model, [
      { name: 'a', url: server.url, auth },
      { name: 'b', url: other.url, auth: { mode: 'none' } },
    ]);
    await chat.say('My order?');
    expect(other.calls).toEqual([
      { order: 'o-1', access_token: expect.stringMatching(/^\[redacted-/) as string, user_id: 'u-ada' },
    ]);
  });

  it('leaves no credentials in traces', async () => {
    const seen: unknown[] = [];
    const note = async (what: { toJSON(): object | null }): Promise<void> => void seen.push(what.toJSON());
    await using chat = await McpChat.start(
      new Blabbermouth('order_status'),
      [{ name: 'orders', url: server.url, auth }],
      [],
      { tracing: true },
    );
    setTracingDisabled(false);
    setTraceProcessors([
      {
        onTraceStart: note,
        onTraceEnd: note,
        onSpanStart: note,
        onSpanEnd: note,
        shutdown: none,
        forceFlush: none,
      },
    ]);
    await chat.say('My order?');
    setTraceProcessors([]);
    expect(JSON.stringify(seen)).toContain('order_status');
    expect(JSON.stringify(seen)).not.toContain(ADA.token);
  });

  it('has its credentials taken out of what a Responses API streams, thoughts too, whichever way it is cut', async () => {
    const half = ADA.token.length / 2;
    const [a, b] = [ADA.token.slice(0, half), ADA.token.slice(half)];
    const content = [{ type: 'output_text', text: `It is ${ADA.token}.`, annotations: [] }];
    const message = { id: 'm', type: 'message', role: 'assistant', status: 'completed', content };
    const summary = [{ type: 'summary_text', text: `Hm, ${ADA.token}` }];
    const reasoning = { id: 'r', type: 'reasoning', summary };
    const response = { id: 'x', status: 'completed', output: [reasoning, message] };
    const thought = { type: 'response.reasoning_summary_text.delta', item_id: 'r', summary_index: 0 };
    const said = { type: 'response.output_text.delta', item_id: 'm', content_index: 0 };
    await using models = await ModelServer.start([
      [
        { type: 'response.created', response: { ...response, output: [] } },
        { type: 'response.output_item.added', output_index: 0, item: { ...reasoning, summary: [] } },
        ...['Hm, ', a, b].map((delta) => Object.assign({ delta }, thought)),
        { ...thought, type: 'response.reasoning_summary_text.done', text: summary[0]?.text },
        { type: 'response.output_item.done', output_index: 0, item: reasoning },
        { type: 'response.output_item.added', output_index: 1, item: { ...message, content: [] } },
        ...[`It is ${a}`, b, '.'].map((delta) => Object.assign({ delta }, said)),
        { ...said, type: 'response.output_text.done', text: content[0]?.text },
        { type: 'response.output_item.done', output_index: 1, item: message },
        { type: 'response.completed', response },
      ],
    ]);
    const model = createModel(agentsConfig({ apiKey: 'k', baseUrl: models.url }));
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth }]);
    const { events, deltas, text, threadId } = await chat.say('My token?');
    const shown = JSON.stringify([events, await chat.items(threadId)]);
    expect(shown).toMatch(/Hm, \[redacted-/);
    for (const part of [ADA.token, a, b]) expect(shown).not.toContain(part);
    expect(text).toMatch(/^It is \[redacted-\w+\]\.$/);
    expect(deltas.join('')).toBe(text);
    expect(JSON.stringify(models.calls)).toContain(ADA.token);
  });
});
