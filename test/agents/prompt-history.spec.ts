import type { ThreadItem, UserMessageItem } from '../../src/chatkit/core/index.js';
import { agentsConfig, Chat, collect, contextOf } from './support/chat.js';
import { RecordingModel } from './support/recording-model.js';

const ada = contextOf();

/** Everything the model was given with its n-th request, instructions and input. */
function given(model: RecordingModel, index: number): string {
  return `${model.instructions[index] ?? ''}\n${model.inputs[index] ?? ''}`;
}

/** One of each kind of item that says something without being a message. */
function itemsOf(thread_id: string): ThreadItem[] {
  const base = { thread_id, created_at: '2026-01-01T00:00:00Z' };
  return [
    { ...base, id: 'w', type: 'widget', widget: { type: 'Card', children: [] }, copy_text: 'three chairs' },
    {
      ...base,
      id: 't',
      type: 'client_tool_call',
      status: 'completed',
      call_id: 'c',
      name: 'get_cart',
      arguments: {},
      output: { total: 'twelve' },
    },
    {
      ...base,
      id: 's',
      type: 'structured_input',
      status: 'answered',
      inputs: [
        {
          type: 'freeform',
          id: 'q',
          question: 'Which colour?',
          answer: { values: ['teal'], skipped: false },
        },
      ],
    },
    { ...base, id: 'h', type: 'hidden_context_item', content: 'The cart was opened.' },
  ];
}

describe.each(['prompt', 'items'] as const)('the history in mode %s', (historyMode) => {
  it('has what was shown, answered by page and user, and hidden', async () => {
    const model = new RecordingModel();
    const chat = new Chat(model, agentsConfig({ historyMode }));
    const { threadId } = await chat.say('Start', ada);
    for (const item of itemsOf(threadId)) await chat.store.addThreadItem(threadId, item, ada);
    await chat.say('Go on', ada, threadId);
    for (const part of ['three chairs', 'twelve', 'Which colour?', 'teal', 'The cart was opened.']) {
      expect(given(model, 1)).toContain(part);
    }
  });

  it('keeps the newest as far as the number of messages allows', async () => {
    const model = new RecordingModel();
    const chat = new Chat(model, agentsConfig({ historyMode, historyLimit: 2 }));
    const { threadId } = await chat.say('first words', ada);
    await chat.say('second words', ada, threadId);
    await chat.say('third words', ada, threadId);
    expect(given(model, 2)).toContain('second words');
    expect(given(model, 2)).not.toContain('first words');
  });

  it('keeps the newest as far as the number of characters allows', async () => {
    const model = new RecordingModel();
    const chat = new Chat(model, agentsConfig({ historyMode, historyCharacters: 100 }));
    const { threadId } = await chat.say(`first ${'x'.repeat(80)}`, ada);
    await chat.say(`second ${'y'.repeat(80)}`, ada, threadId);
    await chat.say('third words', ada, threadId);
    expect(given(model, 2)).toContain('second yyy');
    expect(given(model, 2)).not.toContain('first xxx');
  });

  it('cuts what is long', async () => {
    const model = new RecordingModel('z'.repeat(50_000));
    const chat = new Chat(model, agentsConfig({ historyMode }));
    const { threadId } = await chat.say('x'.repeat(50_000), ada);
    await chat.say('Go on', ada, threadId);
    expect(given(model, 1)).toContain('xxx');
    expect(given(model, 1)).toContain('zzz');
    expect(given(model, 1).length).toBeLessThan(12_000);
  });

  it('is empty when no characters are allowed', async () => {
    const model = new RecordingModel();
    const chat = new Chat(model, agentsConfig({ historyMode, historyCharacters: 0 }));
    const { threadId } = await chat.say('first words', ada);
    await chat.say('Go on', ada, threadId);
    expect(given(model, 1)).not.toContain('first words');
  });

  it('leaves out, and leaves alone, what another answer has added behind the message', async () => {
    const model = new RecordingModel();
    const chat = new Chat(model, agentsConfig({ historyMode }));
    const { threadId: thread_id } = await chat.say('first words', ada);
    const base = { thread_id, created_at: '2026-01-01T00:00:00Z' };
    const asked: UserMessageItem = {
      ...base,
      id: 'asked',
      type: 'user_message',
      content: [{ type: 'input_text', text: 'asked words' }],
      attachments: [],
      inference_options: {},
    };
    const others: ThreadItem[] = [
      {
        ...base,
        id: 'm',
        type: 'assistant_message',
        content: [{ type: 'output_text', text: 'other words', annotations: [] }],
      },
      { ...base, id: 'w', type: 'workflow', workflow: { type: 'custom', tasks: [], expanded: false } },
    ];
    for (const item of [asked, ...others]) await chat.store.addThreadItem(thread_id, item, ada);
    const thread = await chat.store.loadThread(thread_id, ada);
    const events = await collect(chat.server.respond(thread, asked, ada));
    expect(given(model, 1)).toContain('first words');
    expect(given(model, 1)).toContain('asked words');
    expect(given(model, 1)).not.toContain('other words');
    expect(JSON.stringify(events)).not.toContain('"id":"w"');
  });
});
