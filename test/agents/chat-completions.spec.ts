import { readFileSync } from 'node:fs';
import { createModel } from '../../src/agents/index.js';
import type { ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { asChatCompletions, chunk } from './support/as-chat-completions.js';
import { Chat, contextOf, message } from './support/chat.js';
import { configFor, outcome, say, withTools } from './support/completions.js';
import { CapturedLogs } from './support/logs.js';
import { ModelServer, type Turn } from './support/model-server.js';

interface Recorded {
  readonly turns: readonly Turn[];
  readonly expect: { readonly events: readonly (readonly ThreadStreamEvent[])[] };
}

function recorded(name: string): Recorded {
  const url = new URL(`../conformance/agents/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Recorded;
}

/** A call without any id. */
function call(name: string, city: string, index: number): object {
  return chunk(
    { tool_calls: [{ index, function: { name, arguments: JSON.stringify({ city }) } }] },
    null,
    '',
  );
}

describe('A model behind Chat Completions', () => {
  let logs: CapturedLogs;
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  it.each([
    '001-plain-text',
    '008-refusal',
    '010-unicode',
    '013-many-deltas',
    '015-reasoning-one-summary',
    '057-http-500',
    '058-http-429',
    '062-response-incomplete',
  ])('gives the user what the same answer gives over the Responses API: %s', async (name) => {
    const { turns, expect: expected } = recorded(name);
    const { events } = await say(turns.map(asChatCompletions));
    expect(outcome(events)).toEqual(outcome(expected.events.flat()));
  });

  it('streams each delta once', async () => {
    const turn = ['', 'Hel', 'lo.'].map((content) => chunk({ content }));
    const { deltas, text } = await say([[...turn, chunk({}, 'stop')]]);
    expect([deltas, text]).toEqual([['Hel', 'lo.'], 'Hello.']);
  });

  it.each(['063-stream-ends-early', '064-connection-drops'])(
    'ends in an error that allows a retry when the stream breaks off: %s',
    async (name) => {
      const { turns } = recorded(name);
      const { events, deltas } = await say(turns.map(asChatCompletions));
      expect(deltas.join('')).not.toBe('');
      expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    },
  );

  it('runs tools that it calls, several at once too, and answers with what they give', async () => {
    for (const name of ['023-tool-then-answer', '025-parallel-tools']) {
      const { turns, expect: expected } = recorded(name);
      await using server = await ModelServer.start(turns.map(asChatCompletions));
      const { events, error } = await withTools(server, 'Weather?');
      expect(error).toBeUndefined();
      expect(outcome(events)).toEqual(outcome(expected.events.flat()));
      expect(server.calls).toHaveLength(2);
    }
  });

  it('need not give ids, neither of answers nor of calls', async () => {
    await using server = await ModelServer.start([
      [call('slow', 'Oslo', 0), call('quick', 'Rome', 1), chunk({}, 'tool_calls', '')],
      [call('slow', 'Bern', 0), chunk({}, 'tool_calls', '')],
      [chunk({ content: 'Done.' }, 'stop', '')],
    ]);
    const { text, events } = await withTools(server, 'Weather?');
    expect(text).toBe('Done.');
    expect(JSON.stringify(events)).toMatch(/"msg_[0-9a-f]{32}"/);
    const messages = server.calls.at(-1)?.body.messages ?? [];
    const asked = messages.flatMap(({ tool_calls: calls = [] }) => calls.map(({ id }) => id));
    const given = messages.filter(({ role }) => role === 'tool');
    expect(new Set(asked).size).toBe(3);
    expect(given.map(({ tool_call_id: id }) => id)).toEqual(asked);
    expect(given.map(({ content }) => content)).toEqual(['slow in Oslo', 'quick in Rome', 'slow in Bern']);
  });

  it.each(['length', 'content_filter'])(
    'keeps what came of an answer that was cut (%s), says so, and runs no half call',
    async (reason) => {
      const { events, text } = await say([[chunk({ content: 'Half an' }), chunk({}, reason)]]);
      expect(text).toBe('Half an');
      expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
      const half = { index: 0, id: 'c', function: { name: 'slow', arguments: '{"city":"Oslo"}' } };
      await using server = await ModelServer.start([[chunk({ tool_calls: [half] }), chunk({}, reason)]]);
      expect((await withTools(server, 'Weather?')).error).toMatchObject({ allow_retry: true });
      expect(server.calls).toHaveLength(1);
    },
  );

  it('shows a refusal that comes after a text', async () => {
    const turn = [chunk({ content: 'Well… ' }), chunk({ refusal: 'no.' }), chunk({}, 'stop')];
    const { events } = await say([turn]);
    expect(outcome(events)).toEqual([['Well… ', 'no.']]);
  });

  it.each([
    [401, 'invalid_api_key', false],
    [400, 'context_length_exceeded', false],
    [429, 'insufficient_quota', false],
    [429, 'rate_limit_exceeded', true],
    [503, 'overloaded', true],
  ])('answers HTTP %i (%s) with allow_retry %s', async (status, code, allowRetry) => {
    const { events } = await say([{ status, body: { error: { message: 'secret', code } } }]);
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: allowRetry });
    expect(logs.text).not.toContain('secret');
  });

  it.each([
    [{ code: 'context_length_exceeded', message: 'secret' }, 'context_length_exceeded', false],
    [{ type: 'insufficient_quota', message: 'secret' }, 'insufficient_quota', false],
    [{ code: 400, message: 'secret' }, '400', false],
    [{ code: 502, message: 'secret' }, '502', true],
    [{ type: 'overloaded_error', message: 'secret' }, 'overloaded_error', true],
  ])('decides about a failure inside of a stream by its code: %j', async (error, code, allowRetry) => {
    const { events } = await say([[chunk({ content: 'Half' }), { error }]]);
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: allowRetry });
    expect(outcome(events)).toContainEqual(['Half']);
    expect(logs.text).toContain(code);
    expect(logs.text).not.toContain('secret');
  });

  it('may call a tool that does not exist: it is told, and goes on', async () => {
    const wrong = { index: 0, id: 'c', function: { name: 'no_such_tool', arguments: '{}' } };
    await using server = await ModelServer.start([
      [chunk({ tool_calls: [wrong] }), chunk({}, 'tool_calls')],
      [chunk({ content: 'Done.' }), chunk({}, 'stop')],
    ]);
    const { text, error } = await withTools(server, 'Weather?');
    expect([text, error]).toEqual(['Done.', undefined]);
    const told = server.calls[1]?.body.messages?.find(({ role }) => role === 'tool');
    expect(told?.content).toContain('not found');
  });

  it('is asked at its own path, and hears when the client has left', async () => {
    await using server = await ModelServer.start([[chunk({ content: 'Half' })]], { endless: true });
    const config = configFor(server);
    const client = new AbortController();
    const context = contextOf({ signal: client.signal });
    const events = new Chat(createModel(config), config).stream(message('Hi'), context);
    for await (const { type } of events) if (type === 'thread.item.updated') client.abort();
    await server.hungUp.promise;
    expect(server.calls.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  });
});
