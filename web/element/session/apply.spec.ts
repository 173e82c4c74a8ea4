import { apply, localId } from './apply.js';
import { EMPTY_STATE, endTurn, startTurn } from './state.js';
import type { ChatState } from './state.js';
import type { Item } from './wire.js';

const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' };
const user = { ...base, id: 'msg_u', type: 'user_message', content: [{ type: 'input_text', text: 'Hi' }] };
const answer = { ...base, id: 'msg_a', type: 'assistant_message', content: [] };

function run(events: readonly unknown[], start: ChatState = startTurn(EMPTY_STATE)): ChatState {
  return events.reduce<ChatState>((state, event) => apply(state, event), start);
}

function update(item_id: string, change: object): object {
  return { type: 'thread.item.updated', item_id, update: change };
}

function textOf(item: Item | undefined): string | undefined {
  return item?.type === 'assistant_message' ? item.content.map((part) => part.text).join('|') : undefined;
}

const children = (state: ChatState): unknown[] => {
  const item = state.items[0];
  return item?.type === 'widget' && Array.isArray(item.widget.children) ? item.widget.children : [];
};

describe('A stream of events', () => {
  it('builds an answer from deltas, even for parts that were never announced', () => {
    const state = run([
      { type: 'thread.item.added', item: answer },
      update('msg_a', { type: 'assistant_message.content_part.text_delta', content_index: 1, delta: 'wor' }),
      update('msg_a', { type: 'assistant_message.content_part.text_delta', content_index: 1, delta: 'ld' }),
      update('msg_a', {
        type: 'assistant_message.content_part.text_delta',
        content_index: 0,
        delta: 'Hello',
      }),
    ]);
    expect(textOf(state.items[0])).toBe('Hello|world');
    expect(state.live.has('msg_a')).toBe(true);
  });

  it('takes the finished item as the truth', () => {
    const done = { ...answer, content: [{ type: 'output_text', text: 'Final', annotations: null }] };
    const state = run([
      { type: 'thread.item.added', item: answer },
      { type: 'thread.item.done', item: done },
    ]);
    expect(textOf(state.items[0])).toBe('Final');
    expect(state.live.size).toBe(0);
  });

  it("puts the server's message in the place of the one shown early, under the same key", () => {
    const shown = run([{ type: 'thread.item.done', item: { ...user, id: localId(1) } }]);
    const state = run([{ type: 'thread.item.done', item: user }], shown);
    expect(state.items.map(({ id, shown_as }) => [id, shown_as])).toEqual([['msg_u', 'local-1']]);
  });

  it('never shows hidden context, whatever a server sends', () => {
    const hidden = ['hidden_context_item', 'sdk_hidden_context'].map((type) => ({
      type: 'thread.item.done',
      item: { ...base, id: 'hid', type, content: 'secret' },
    }));
    expect(run(hidden).items).toEqual([]);
  });

  it('skips what it does not know', () => {
    const events = [
      { type: 'thread.exploded' },
      { type: 'thread.item.done', item: { ...base, id: 'x', type: 'hologram' } },
      null,
    ];
    expect(run(events)).toEqual(startTurn(EMPTY_STATE));
  });

  it('ignores updates of items it has not seen', () => {
    const before = startTurn(EMPTY_STATE);
    expect(apply(before, update('nope', { type: 'workflow.task.added', task_index: 0, task: {} }))).toBe(
      before,
    );
  });

  it('keeps its items when a thread event carries an empty page', () => {
    const state = run([
      { type: 'thread.item.done', item: user },
      {
        type: 'thread.updated',
        thread: { id: 'thr_1', title: 'A title', status: null, items: { data: [] } },
      },
    ]);
    expect(state.items).toHaveLength(1);
    expect(state.thread).toMatchObject({ title: 'A title', status: { type: 'active' } });
  });

  it('shows a progress line until text arrives', () => {
    const working = run([
      { type: 'thread.item.added', item: answer },
      { type: 'progress_update', text: 'Reading' },
    ]);
    expect(working.progress).toEqual({ text: 'Reading' });
    const delta = { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'So' };
    expect(run([update('msg_a', delta)], working).progress).toBeUndefined();
  });

  it('allows stopping only when the server says so', () => {
    expect(run([]).canStop).toBe(false);
    expect(run([{ type: 'stream_options', stream_options: { allow_cancel: true } }]).canStop).toBe(true);
    expect(run([{ type: 'stream_options', stream_options: null }]).canStop).toBe(false);
  });

  it('keeps a custom message of an error and words for its code otherwise', () => {
    const custom = run([{ type: 'error', code: 'custom', message: 'No more today', allow_retry: false }]);
    expect(custom.problem).toEqual({ code: 'custom', message: 'No more today', canRetry: false });
    const failed = run([
      { type: 'error', code: 'stream.error', message: 'internal detail', allow_retry: true },
    ]);
    expect(failed.problem).toEqual({ code: 'stream.error', canRetry: true });
  });

  it('streams text into one component of a widget and leaves the others as they are', () => {
    const widget = {
      type: 'Card',
      children: [
        { type: 'Text', id: 'a', value: 'fixed' },
        { type: 'Col', children: { type: 'Markdown', id: 'b', value: 'gr' } },
      ],
    };
    const delta = { type: 'widget.streaming_text.value_delta', component_id: 'b', delta: 'ow', done: true };
    const before = run([{ type: 'thread.item.done', item: { ...base, id: 'w', type: 'widget', widget } }]);
    const after = run([update('w', delta)], before);
    expect(children(after)[0]).toBe(children(before)[0]);
    expect(children(after)[1]).toMatchObject({ children: { value: 'grow', streaming: false } });
  });

  it('leaves no trace of an answer that never got any text', () => {
    const state = endTurn(
      run([
        { type: 'thread.item.done', item: user },
        { type: 'thread.item.added', item: answer },
      ]),
      'complete',
    );
    expect(state.items.map(({ id }) => id)).toEqual(['msg_u']);
    expect(state.turn).toBe('idle');
  });
});
