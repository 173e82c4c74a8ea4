import type { Model, ModelRequest, StreamEvent } from '@openai/agents';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitTool } from '../../src/agents/index.js';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Chat, collect, contextOf, message } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { McpChat } from './support/mcp-chat.js';
import { callOf, textOf } from '../../src/testing/scripted-model.js';

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

function modelOf(stream: (request: ModelRequest) => AsyncGenerator<StreamEvent>): Model {
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
  it.each(['001-plain-text', '010-unicode', '013-many-deltas'])(
    'shows the text of %s piece by piece, though the model counts its ids from “0”',
    async (name) => {
      const expected = recordedDeltas(name);
      const whole = expected.join('');
      const model = modelOf(async function* () {
        for (const delta of expected) yield { type: 'output_text_delta', delta, itemId: '0' };
        yield done(whole);
      });
      const { deltas, text } = await new Chat(model).say('Hi');
      expect([deltas, text]).toEqual([expected, whole]);
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

  it('has each call of a tool run, though the model calls every one “0”', async () => {
    using _logs = new CapturedLogs();
    const ran: string[] = [];
    @Injectable()
    class Notes {
      @ChatKitTool({ name: 'note', description: '', parameters: z.object({ text: z.string() }) })
      note({ text }: { text: string }): string {
        ran.push(text);
        return `noted ${text}`;
      }
    }
    const asked: ModelRequest[] = [];
    const [call] = callOf('note', '');
    const noting = (text: string) => [
      Object.assign({}, call, { callId: '0', arguments: `{"text":"${text}"}` }),
    ];
    const turns = [noting('a'), noting('b'), textOf('Done.')];
    const model = modelOf(async function* (request) {
      const output = turns[asked.push(request) - 1] ?? [];
      yield { ...done(''), response: { ...done('').response, output } };
    });
    await using chat = await McpChat.start(model, [], [Notes], { titles: 'words' });
    const { text } = await chat.say('Note a and b');
    expect([text, ran]).toEqual(['Done.', ['a', 'b']]);
    const results = JSON.stringify(asked.at(-1)?.input);
    expect([results.includes('noted a'), results.includes('noted b')]).toEqual([true, true]);
  });

  it('tells no thoughts that come with an answer as if they were part of it', async () => {
    const thought = { type: 'reasoning' as const, content: [{ type: 'input_text' as const, text: 'Hm.' }] };
    const model = modelOf(async function* () {
      yield { ...done(''), response: { ...done('').response, output: [thought, ...textOf('Yes.')] } };
    });
    const { text, events } = await new Chat(model).say('Well?');
    expect(text).toBe('Yes.');
    expect(JSON.stringify(events)).not.toContain('Hm.');
  });

  it('shows no thoughts that its text begins with, and nothing that is no text', async () => {
    const parts = [{ type: 'text', text: ' Hm.</think>Y' }] as unknown as string;
    const model = modelOf(async function* () {
      for (const delta of ['<thi', 'nk>', parts, 'es.', 7 as unknown as string]) {
        yield { type: 'output_text_delta', delta };
      }
      yield done('<think> Hm.</think>Yes.');
    });
    const { text, deltas, events } = await new Chat(model).say('Well?');
    expect([text, deltas.join('')]).toEqual(['Yes.', 'Yes.']);
    expect(JSON.stringify(events)).not.toContain('Hm.');
  });

  it.each([
    [429, true],
    [500, true],
    [401, false],
  ])(
    'ends in an error with the right allow_retry when its own client fails with %i',
    async (status, retry) => {
      using logs = new CapturedLogs();
      const model = modelOf(async function* () {
        yield { type: 'output_text_delta', delta: 'Half' };
        throw Object.assign(new Error('secret of the provider'), {
          name: 'AI_APICallError',
          statusCode: status,
        });
      });
      const { events } = await new Chat(model).say('Hi');
      expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: retry });
      expect(logs.text).toContain(String(status));
      expect(logs.text).not.toContain('secret');
    },
  );

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

  it.each([
    ['words', 'x', 40],
    ['long texts', 'x'.repeat(10_000), 10],
  ])('does not run ahead of a client that is slow to read its %s', async (_, delta, most) => {
    let produced = 0;
    const model = modelOf(async function* () {
      for (; produced < 500; produced++) yield { type: 'output_text_delta', delta };
      yield done(delta.repeat(500));
    });
    const chat = new Chat(model);
    const stream = chat.stream(message('Hi'), contextOf());
    for (let event = 0; event < 5; event++) await stream.next();
    for (let turn = 0; turn < 100; turn++) await setImmediate();
    expect(produced).toBeLessThan(most);
    expect(await collect(stream)).toHaveLength(500 + 3);
    expect(produced).toBe(500);
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
