import type { Model, StreamEvent } from '@openai/agents';
import { OpenAIChatCompletionsModel } from '@openai/agents';
import OpenAI from 'openai';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Chat, collect, contextOf, message } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { ModelServer } from './support/model-server.js';

type Done = Extract<StreamEvent, { type: 'response_done' }>;

function done(text: string): Done {
  const content = [{ type: 'output_text' as const, text }];
  return {
    type: 'response_done',
    response: {
      id: '0',
      usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
      output: [{ type: 'message', id: '0', role: 'assistant', status: 'completed', content }],
    },
  };
}

function chunk(delta: object, finish_reason: string | null = null): object {
  const choices = [{ index: 0, delta, finish_reason }];
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices };
}

function modelOf(stream: () => AsyncGenerator<StreamEvent>): Model {
  return { getResponse: () => Promise.reject(new Error('not used')), getStreamedResponse: stream };
}

/** The pieces of text that a recorded stream of the Responses API gives. */
function recordedDeltas(name: string): string[] {
  const url = new URL(`../conformance/agents/${name}.json`, import.meta.url);
  const { turns } = JSON.parse(readFileSync(url, 'utf8')) as { turns: { delta?: string; type: string }[][] };
  return turns
    .flat()
    .flatMap(({ type, delta = '' }) => (type === 'response.output_text.delta' ? [delta] : []));
}

describe('a model that gives no events of the Responses API', () => {
  it('streams each delta once over Chat Completions, under an id of our own', async () => {
    const turn = [
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Hel' }),
      chunk({ content: 'lo.' }),
      chunk({}, 'stop'),
    ];
    await using server = await ModelServer.start([turn]);
    const client = new OpenAI({ apiKey: 'k', baseURL: server.url, maxRetries: 0 });
    const { deltas, text, events } = await new Chat(new OpenAIChatCompletionsModel(client, 'm')).say('Hi');
    expect(deltas.filter((delta) => delta !== '')).toEqual(['Hel', 'lo.']);
    expect(text).toBe('Hello.');
    const ids = events.flatMap((event) => (event.type === 'thread.item.added' ? [event.item.id] : []));
    expect(ids).toEqual([expect.stringMatching(/^msg_[0-9a-f]{32}$/)]);
  });

  it.each(['001-plain-text', '010-unicode', '013-many-deltas'])(
    'shows the texts of %s alike over Chat Completions and from a model that counts its ids from “0”',
    async (name) => {
      const expected = recordedDeltas(name);
      const whole = expected.join('');
      const chunks = expected.map((content) => chunk({ content }));
      await using server = await ModelServer.start([[...chunks, chunk({}, 'stop')]]);
      const client = new OpenAI({ apiKey: 'k', baseURL: server.url, maxRetries: 0 });
      const counting = modelOf(async function* () {
        for (const delta of expected) yield { type: 'output_text_delta', delta, itemId: '0' };
        yield done(whole);
      });
      for (const model of [new OpenAIChatCompletionsModel(client, 'm'), counting]) {
        const { deltas, text } = await new Chat(model).say('Hi');
        expect(deltas).toEqual(expected);
        expect(text).toBe(whole);
      }
    },
  );

  it('gives two messages of one thread two ids, though the model calls both “0”', async () => {
    const model = modelOf(async function* () {
      yield { type: 'output_text_delta', delta: 'Yes', itemId: '0' };
      yield done('Yes');
    });
    const chat = new Chat(model);
    const { threadId } = await chat.say('One?');
    await chat.say('Two?', contextOf(), threadId);
    const items = await chat.items(threadId);
    expect(items.map(({ type }) => type)).toEqual([
      'user_message',
      'assistant_message',
      'user_message',
      'assistant_message',
    ]);
  });

  it('shows an answer that comes in one piece', async () => {
    const chat = new Chat(
      modelOf(async function* () {
        yield done('All at once.');
      }),
    );
    const { text, deltas, threadId } = await chat.say('Hi');
    expect([text, deltas]).toEqual(['All at once.', []]);
    expect(await chat.items(threadId)).toHaveLength(2);
  });

  it('is not asked again when it answers without a text', async () => {
    let calls = 0;
    const model = modelOf(async function* () {
      calls += 1;
      yield { ...done(''), response: { ...done('').response, output: [] } };
    });
    const { error } = await new Chat(model).say('Hi');
    expect([calls, error]).toEqual([1, undefined]);
  });

  it('does not run ahead of a client that is slow to read', async () => {
    let produced = 0;
    const model = modelOf(async function* () {
      for (; produced < 5000; produced++) yield { type: 'output_text_delta', delta: 'x' };
      yield done('x'.repeat(5000));
    });
    const chat = new Chat(model);
    const stream = chat.stream(message('Hi'), contextOf());
    for (let event = 0; event < 5; event++) await stream.next();
    for (let turn = 0; turn < 100; turn++) await setImmediate();
    expect(produced).toBeLessThan(300);
    expect(await collect(stream)).toHaveLength(5000 + 3);
    expect(produced).toBe(5000);
  });

  it('ends in an error that hides what an unexpected failure says, and logs where it happened', async () => {
    using logs = new CapturedLogs();
    const model = modelOf(async function* () {
      yield { type: 'output_text_delta', delta: 'Half' };
      throw new RangeError('secret of the provider');
    });
    const { events, deltas } = await new Chat(model).say('Hi');
    expect(deltas).toEqual(['Half']);
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    expect(logs.text).toMatch(/RangeError[^]*other-models\.spec/);
    expect(logs.text).not.toContain('secret');
  });
});
