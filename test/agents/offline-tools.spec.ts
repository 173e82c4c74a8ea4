import type { AgentInputItem, ModelRequest } from '@openai/agents';
import { OfflineModel } from '../../src/offline-model/index.js';
import { simpleToAgentInput } from '../../src/agents/index.js';
import type { ThreadItem } from '../../src/chatkit/core/index.js';
import { Chat } from './support/chat.js';

const chat = (): Chat => new Chat(new OfflineModel({ delayMs: 0 }));

/** What the model is asked in one turn of a run. */
function request(
  question: string,
  tools: Record<string, object> = {},
  change: { since?: AgentInputItem[]; toolChoice?: string } = {},
): ModelRequest {
  const { since = [], toolChoice } = change;
  return {
    input: [{ role: 'user', content: question }, ...since],
    modelSettings: { ...(toolChoice && { toolChoice }) },
    tools: Object.entries(tools).map(([name, properties]) => ({
      type: 'function',
      name,
      description: '',
      strict: true,
      parameters: {
        type: 'object',
        properties: properties as Record<string, never>,
        required: Object.keys(properties),
        additionalProperties: false,
      },
    })),
    outputType: 'text',
    handoffs: [],
    tracing: false,
  };
}

/** The tool that is called, with its arguments, or what is said. */
async function answerTo(asked: ModelRequest): Promise<unknown> {
  const { output } = await new OfflineModel().getResponse(asked);
  const [item] = output;
  if (item?.type === 'function_call') return [item.name, JSON.parse(item.arguments)];
  const content = item?.type === 'message' && typeof item.content !== 'string' ? item.content[0] : undefined;
  return content !== undefined && 'text' in content ? content.text : content;
}

const called = (name: string, output: string): AgentInputItem[] => [
  { type: 'function_call', callId: 'c', name, arguments: '{}', status: 'completed' },
  { type: 'function_call_result', callId: 'c', name, status: 'completed', output },
];

describe('the offline model with tools', () => {
  const tools = { 'show-orders': {}, countOrders: {}, close_thread: {} };

  it.each([
    ['Show orders', 'show-orders'],
    ['Please show me all my orders', 'show-orders'],
    ['Can you count the orders?', 'countOrders'],
    ['close_thread', 'close_thread'],
    ['Close this thread, then show my orders', 'close_thread'],
  ])('calls the tool that is named first in “%s”', async (question, name) => {
    expect(await answerTo(request(question, tools))).toEqual([name, {}]);
  });

  it.each(['Show the weather and my orders', 'Foreclose threads', 'Orders'])(
    'calls none for “%s”',
    async (question) => expect(await answerTo(request(question, tools))).toContain('You wrote'),
  );

  it('calls each once, and tells at the end what they gave', async () => {
    const question = 'Show my orders and close this thread';
    const first = called('show-orders', '3 *orders*');
    const second = [...first, ...called('close_thread', 'Done.')];
    expect(await answerTo(request(question, tools, { since: first }))).toEqual(['close_thread', {}]);
    const told = await answerTo(request(question, tools, { since: second }));
    expect(told).toContain('I called **show-orders**. It gave:\n\n> 3 \\*orders\\*');
    expect(told).toContain('> Done.');
  });

  it('calls none after the page has answered in place of a tool', async () => {
    const since = called('get_selection', '"some text"');
    expect(await answerTo(request('Show my orders', tools, { since }))).toContain('some text');
  });

  it.each([
    ['countOrders', ['countOrders', {}]],
    ['none', 'You wrote'],
    ['required', ['show-orders', {}]],
  ])('follows the choice “%s”', async (toolChoice, expected) => {
    const given = await answerTo(request('Hm', tools, { toolChoice }));
    expect(given).toEqual(typeof expected === 'string' ? expect.stringContaining(expected) : expected);
  });

  it.each([
    ['a choice that is named', { day: { enum: ['monday', 'next_friday'] } }, { day: 'next_friday' }],
    ['the first choice', { day: { enum: ['sunday', 'monday'] } }, { day: 'sunday' }],
    [
      'quoted texts in their order',
      { a: { type: 'string' }, b: { type: 'string' } },
      { a: 'one', b: 'the other' },
    ],
    ['numbers', { n: { type: 'integer' }, m: { type: 'number' } }, { n: 3, m: 4.5 }],
    [
      'all quoted texts for a list',
      { list: { type: 'array', items: { type: 'string' } } },
      { list: ['one', 'the other'] },
    ],
    [
      'a default',
      { on: { type: 'boolean' }, size: { type: 'object', default: { w: 1 } } },
      { on: false, size: { w: 1 } },
    ],
    [
      'nothing where nothing is needed',
      { t: { anyOf: [{ type: 'boolean' }, { type: 'null' }] } },
      { t: null },
    ],
    [
      'the whole message',
      {
        day: { enum: ['x'] },
        c: { type: 'string' },
        d: { type: 'string' },
        text: { type: 'string', maxLength: 5 },
      },
      { day: 'x', c: 'one', d: 'the other', text: 'Fill ' },
    ],
  ])('fills in %s', async (_what, properties, expected) => {
    const question = 'Fill in “one” or "the other", 3 or 4.5 on next Friday';
    expect(await answerTo(request(question, { fill_in: properties }))).toEqual(['fill_in', expected]);
  });

  it('fills in objects inside lists', async () => {
    const question = { question: { type: 'string' }, options: { type: 'array', items: { type: 'string' } } };
    const questions = {
      type: 'array',
      minItems: 1,
      items: { type: 'object', properties: question, required: ['question', 'options'] },
    };
    expect(await answerTo(request('Ask user “Which?” with “A” or “B”', { ask_user: { questions } }))).toEqual(
      ['ask_user', { questions: [{ question: 'Which?', options: ['A', 'B'] }] }],
    );
  });
});

const answerAfter = async (input: AgentInputItem[]) => answerTo({ ...request(''), input });

describe('the offline model and what comes with a message', () => {
  const base = { id: 'm1', thread_id: 't', created_at: '2026-01-01T00:00:00Z' };

  it('names what is attached, quoted and mentioned', async () => {
    const said = await chat().say('Hello');
    expect(said.text).not.toContain('You attached');
    const told = await answerAfter([
      { role: 'user', content: 'The user is referring to this in particular: \nthe second part' },
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'What is this?' },
          { type: 'input_text', text: '[attachment: notes.txt (text/plain)]' },
          { type: 'input_text', text: '[attachment: read.md (text/markdown)]\nThe beginning of it' },
          { type: 'input_file', file: 'data:application/pdf;base64,AA==', filename: 'plan.pdf' },
          { type: 'input_image', image: 'data:image/png;base64,AA==' },
        ],
      },
    ]);
    for (const fact of [
      'What is this?',
      'notes.txt (text/plain)',
      'read.md (text/markdown): The beginning of it',
      'plan.pdf (application/pdf)',
      'an image (image/png)',
      'the second part',
    ]) {
      expect(told).toContain(fact);
    }
  });

  it('goes on with the answers to a form', async () => {
    const form: ThreadItem = {
      ...base,
      type: 'structured_input',
      status: 'answered',
      inputs: [
        { id: 'q', type: 'freeform', question: 'Which day?', answer: { values: ['Monday'], skipped: false } },
      ],
    };
    const input: AgentInputItem[] = [
      { role: 'user', content: 'Ask user' },
      ...(await simpleToAgentInput(form)),
    ];
    const told = await answerTo({ ...request('', { ask_user: {} }), input });
    expect(told).toContain('You answered:\n\n- Which day?: Monday');
  });

  it('thinks aloud when asked to, before it answers', async () => {
    const { events, text } = await chat().say('Think about the tides');
    const done = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []));
    expect(done.map(({ type }) => type)).toEqual(['user_message', 'workflow', 'assistant_message']);
    const workflow = done.find((item) => item.type === 'workflow')?.workflow;
    expect(workflow?.type).toBe('reasoning');
    expect(workflow?.tasks).toHaveLength(2);
    expect(text).toContain('Think about the tides');
  });

  it('refuses when asked to', async () => {
    expect((await chat().say('You should refuse this')).text).toBe(
      'I refuse to answer this, as I was asked to.',
    );
  });
});
