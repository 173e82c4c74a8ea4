import { createModel, Titles } from '../../src/agents/index.js';
import type { UserMessageItem } from '../../src/chatkit/core/index.js';
import { chunk } from './support/as-chat-completions.js';
import { until } from './support/agent-app.js';
import { Chat } from './support/chat.js';
import { configFor, outcome, say, withTools } from './support/completions.js';
import { CapturedLogs } from './support/logs.js';
import { ModelServer, type ChatMessage } from './support/model-server.js';
import { requestContext, stage, thread } from './support/runs.js';

const STOP = chunk({}, 'stop');
const DONE = [chunk({ content: 'Done.' }), STOP];

/** A piece of a call of a tool. */
function piece(given: object): object {
  return chunk({ tool_calls: [given] });
}

function answered(messages: readonly ChatMessage[] = []): unknown[] {
  return messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
}

/** What the tools answered, in order, when a model streams these pieces of calls. */
async function results(...pieces: object[]): Promise<unknown[]> {
  await using server = await ModelServer.start([[...pieces.map(piece), chunk({}, 'tool_calls')], DONE]);
  const { text, error } = await withTools(server, 'Weather?');
  expect([text, error]).toEqual(['Done.', undefined]);
  return answered(server.calls.at(-1)?.body.messages);
}

function named(name: string, city?: string): object {
  return { name, arguments: city === undefined ? '' : JSON.stringify({ city }) };
}

const asked: UserMessageItem = {
  type: 'user_message',
  id: 'msg_1',
  thread_id: thread.id,
  created_at: thread.created_at,
  content: [{ type: 'input_text', text: 'When are you open?' }],
  attachments: [],
  inference_options: {},
};

const OSLO_AND_ROME = ['slow in Oslo', 'quick in Rome'];

describe('Calls of tools over Chat Completions', () => {
  it('are told apart by their ids when all of them come at one index', async () => {
    const calls = [
      { index: 0, id: 'a', function: named('slow', 'Oslo') },
      { index: 0, id: 'b', function: named('quick', 'Rome') },
    ];
    expect(await results(...calls)).toEqual(OSLO_AND_ROME);
  });

  it('are told apart by their ids when their pieces come in turns', async () => {
    const calls = [
      { index: 0, id: 'a', function: named('slow') },
      { index: 0, id: 'b', function: named('quick') },
      { index: 0, id: 'a', function: { arguments: '{"city":"Oslo"}' } },
      { index: 0, id: 'b', function: { arguments: '{"city":"Rome"}' } },
    ];
    expect(await results(...calls)).toEqual(OSLO_AND_ROME);
  });

  it.each([0, undefined])('need neither ids nor indexes (%s)', async (index) => {
    const calls = [named('slow', 'Oslo'), named('quick', 'Rome'), named('quick', 'Bern')];
    expect(await results(...calls.map((call) => ({ index, function: call })))).toEqual([
      ...OSLO_AND_ROME,
      'quick in Bern',
    ]);
  });

  it('may share an id at different indexes', async () => {
    const calls = [
      { index: 0, id: '0', function: named('slow', 'Oslo') },
      { index: 1, id: '0', function: named('quick', 'Rome') },
    ];
    expect(await results(...calls)).toEqual(OSLO_AND_ROME);
  });

  it.each([
    ['the same id', 'a', 'a'],
    ['no id', undefined, undefined],
    ['an empty id', 'a', ''],
  ])('may repeat their name in each piece, with %s', async (_what, first, later) => {
    const pieces = ['', '{"ci', 'ty":"Oslo"}', ''].map((args, at) => {
      return { index: 0, id: at === 0 ? first : later, function: { name: 'slow', arguments: args } };
    });
    expect(await results(...pieces)).toEqual(['slow in Oslo']);
  });

  it('may have an id of its own for each piece, when only the first one has a name', async () => {
    const pieces = ['{"ci', 'ty":"Oslo"}'].map((args, at) => ({
      index: 0,
      id: `id-${at}`,
      function: { arguments: args, ...(at === 0 && { name: 'slow' }) },
    }));
    expect(await results(...pieces)).toEqual(['slow in Oslo']);
  });

  it.each([
    ['in pieces', ['sl', 'ow']],
    ['longer each time', ['sl', 'slow']],
  ])('may have their name come %s', async (_how, names) => {
    const pieces = names.map((name) => ({ index: 0, id: 'a', function: { name, arguments: '' } }));
    expect(await results(...pieces, { index: 0, function: { arguments: '{"city":"Oslo"}' } })).toEqual([
      'slow in Oslo',
    ]);
  });

  it('may have arguments that are an object, and an id that is a number', async () => {
    const call = { index: 0, id: 7, function: { name: 'slow', arguments: { city: 'Oslo' } } };
    expect(await results(call)).toEqual(['slow in Oslo']);
  });
});

describe('Texts over Chat Completions', () => {
  it.each([
    [
      'parts',
      [
        { type: 'text', text: 'Hel' },
        { type: 'text', text: 'lo.' },
      ],
    ],
    ['one part', { type: 'text', text: 'Hello.' }],
    ['strings', ['Hel', 'lo.']],
    ['parts and things unknown', [{ type: 'text', text: 'Hello.' }, { type: 'x' }, null, 7]],
  ])('may come as %s', async (_what, content) => {
    const { deltas, events } = await say([[chunk({ content }), STOP]]);
    expect([deltas, outcome(events)]).toEqual([['Hello.'], [['Hello.']]]);
  });

  it('may be a refusal in parts', async () => {
    const { events } = await say([[chunk({ refusal: [{ type: 'refusal', refusal: 'No.' }] }), STOP]]);
    expect(outcome(events)).toContainEqual(['No.']);
  });

  it('show that the model thinks, and not what, when parts of them are thoughts', async () => {
    const thinking = [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }];
    const { events } = await say([[chunk({ content: thinking }), chunk({ content: 'Yes.' }), STOP]]);
    expect(outcome(events)).toEqual(['workflow', ['Yes.']]);
    expect(JSON.stringify(events)).not.toContain('Hm.');
  });
});

/** A text in pieces of one length. */
function pieces(text: string, length: number): object[] {
  const count = Math.ceil(text.length / length);
  return Array.from({ length: count }, (_, at) =>
    chunk({ content: text.slice(at * length, (at + 1) * length) }),
  );
}

describe('Thoughts at the beginning of a text over Chat Completions', () => {
  it.each([1, 2, 3, 5, 8, 100])('are none of it, in pieces of %i characters', async (length) => {
    const text = ' \n<think>Hm </thin <think> k.</think>\n\nYes <think>is</think> a tag.';
    const { events, deltas } = await say([[...pieces(text, length), STOP]]);
    expect(outcome(events)).toEqual(['workflow', ['Yes <think>is</think> a tag.']]);
    expect(deltas.join('')).toBe('Yes <think>is</think> a tag.');
    expect(JSON.stringify(events)).not.toContain('Hm');
  });

  it.each(['<thinking> is a tag', '<', ' \n', 'a <think>b</think>', '<THINK', '</think>'])(
    'are only what stands in their tag: %j is a text',
    async (text) => {
      for (const length of [1, 100]) {
        const { deltas } = await say([[...pieces(text, length), STOP]]);
        expect(deltas.join('')).toBe(text);
      }
    },
  );

  it('may be nothing', async () => {
    const { events } = await say([[chunk({ content: '<think>\n\n</think>\n\nYes.' }), STOP]]);
    expect(outcome(events).at(-1)).toEqual(['Yes.']);
  });

  it.each([
    ['in a tag that never ends', { content: '<think>Hm. Hm.' }],
    ['in a tag that ends', { content: '<think>Hm.</think>\n' }],
    ['beside it', { reasoning_content: 'Hm.' }],
  ])('end in an error that allows a retry when they are everything: %s', async (_where, delta) => {
    using logs = new CapturedLogs();
    await using server = await ModelServer.start([[chunk(delta), STOP]]);
    const config = configFor(server);
    const chat = new Chat(createModel(config), config);
    const { events, threadId } = await chat.say('Hi');
    const failed = { type: 'error', code: 'stream.error', allow_retry: true };
    expect(outcome(events)).toEqual(['workflow', failed]);
    const kept = (await chat.items(threadId)).find((item) => item.type === 'workflow');
    expect(kept?.workflow.summary).toEqual({ duration: expect.any(Number) });
    expect(JSON.stringify(events)).not.toContain('Hm');
    expect(logs.text).toContain('the answer failed');
  });

  it.each([
    ['<think>They want a title.</think>\n\nOpening hours', 'Opening hours'],
    ['<think>They want', 'When are you open?'],
    [[{ type: 'text', text: 'Opening hours' }], 'Opening hours'],
  ])('are no title: %j', async (content, expected) => {
    const message = { role: 'assistant', content };
    const body = {
      id: 'c',
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
    };
    await using server = await ModelServer.start([{ status: 200, body }]);
    const { context } = await stage();
    const config = Object.assign(configFor(server), { titles: 'model' });
    const titles = new Titles(createModel(config), config);
    titles.begin(context.store, thread, asked, requestContext)?.later();
    const title = async (): Promise<string | undefined> =>
      (await context.store.loadThread(thread.id, requestContext)).title;
    await until(async () => (await title()) !== undefined);
    expect(await title()).toBe(expected);
  });
});
