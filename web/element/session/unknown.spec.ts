import { Stage, answerItem, created, done, eventStream, stopAll, thread, userItem } from './testing.js';

afterEach(stopAll);

const base = { thread_id: 'thr_1', created_at: '' };
const SECRET = 'what somebody said';

function told(stage: Stage): unknown[] {
  return stage.events
    .filter(([name]) => name === 'log')
    .map(([, detail]) => detail)
    .filter((detail) => JSON.stringify(detail).includes('protocol.unknown'));
}

function entry(kind: string, type: string): object {
  return { name: 'protocol.unknown', data: { kind, type } };
}

describe('What is newer than the element', () => {
  const source = { type: 'satellite', title: SECRET };
  const workflow = {
    type: 'custom',
    tasks: [
      { type: 'juggle', title: SECRET },
      { type: 'web_search', sources: [source] },
    ],
  };
  const message = {
    ...answerItem('a1', 'Hello'),
    content: [{ type: 'output_text', text: 'Hello', annotations: [{ type: 'annotation', source }] }],
  };
  const strange = [
    { type: 'thread.exploded', message: SECRET },
    { type: SECRET },
    done({ ...base, id: 'h1', type: 'hologram', text: SECRET }),
    { type: 'thread.item.updated', item_id: 'a1', update: { type: 'assistant_message.sung', text: SECRET } },
    done({ ...base, id: 'w1', type: 'workflow', workflow }),
    done({ ...base, id: 't1', type: 'task', task: { type: 'juggle', title: SECRET } }),
    done(message),
  ];
  const log = [
    entry('event', 'thread.exploded'),
    entry('event', ''),
    entry('item', 'hologram'),
    entry('update', 'assistant_message.sung'),
    entry('task', 'juggle'),
    entry('source', 'satellite'),
  ];

  it('is left out of a stream and logged once by its kind and type, without what anybody said', async () => {
    const stage = new Stage(() => eventStream(created, done(userItem('m1')), ...strange, ...strange));
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await stage.until(() => stage.session.state.value.turn === 'idle');
    expect(told(stage)).toEqual(log);
    expect(stage.said).not.toContain('error');
    const { items } = stage.session.state.value;
    expect(items.map(({ id }) => id)).toEqual(['m1', 'w1', 'a1']);
    expect(items[2]).toMatchObject({ content: [{ text: 'Hello', annotations: [] }] });
  });

  it('is left out of a loaded thread and logged alike', async () => {
    const items = { data: [userItem('m1'), ...strange.flatMap(({ item }) => item ?? [])], has_more: false };
    const stage = new Stage(() => Response.json({ ...thread, items }));
    stage.session.start();
    await stage.session.setThreadId('thr_1');
    await stage.session.fetchUpdates();
    expect(told(stage)).toEqual([
      entry('item', 'hologram'),
      entry('task', 'juggle'),
      entry('source', 'satellite'),
    ]);
    expect(stage.session.state.value.items.map(({ id }) => id)).toEqual(['m1', 'w1', 'a1']);
  });

  it('cannot fill the log', async () => {
    const many = Array.from({ length: 500 }, (_, serial) => ({ type: `strange.${serial}` }));
    const stage = new Stage(() => eventStream(created, done(userItem('m1')), ...many));
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await stage.until(() => stage.session.state.value.turn === 'idle');
    expect(told(stage)).toHaveLength(100);
  });
});
