import { withCitations } from '../../src/retrieval/with-citations.js';
import type { Passage } from '../../src/retrieval/index.js';
import type {
  AssistantMessageContent,
  ThreadItemUpdate,
  ThreadStreamEvent,
} from '../../src/chatkit/core/index.js';

const passages: readonly Passage[] = [
  { id: 'a', title: 'Hours', text: 'Nine to five.', url: 'https://portal.example/hours', score: 2 },
  { id: 'b', title: 'Rules', text: 'No dogs.', filename: 'rules.pdf', score: 1 },
];
const HOURS = { type: 'url', title: 'Hours', url: 'https://portal.example/hours' };
const RULES = { type: 'file', title: 'Rules', filename: 'rules.pdf' };

const part = (
  text: string,
  annotations: AssistantMessageContent['annotations'] = [],
): AssistantMessageContent => ({
  type: 'output_text',
  text,
  annotations,
});
const item = (content: AssistantMessageContent[]) => ({
  type: 'assistant_message' as const,
  id: 'm1',
  thread_id: 't1',
  created_at: '2026-01-01T00:00:00Z',
  content,
});
const updated = (update: ThreadItemUpdate): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id: 'm1',
  update,
});
const delta = (text: string, content_index = 0): ThreadStreamEvent =>
  updated({ type: 'assistant_message.content_part.text_delta', content_index, delta: text });
const partAdded = (content_index = 0): ThreadStreamEvent =>
  updated({ type: 'assistant_message.content_part.added', content_index, content: part('') });
const partDone = (text: string, content_index = 0): ThreadStreamEvent =>
  updated({ type: 'assistant_message.content_part.done', content_index, content: part(text) });
const added: ThreadStreamEvent = { type: 'thread.item.added', item: item([]) };
const done = (...content: AssistantMessageContent[]): ThreadStreamEvent => ({
  type: 'thread.item.done',
  item: item(content),
});

async function* stream(events: readonly ThreadStreamEvent[]): AsyncGenerator<ThreadStreamEvent> {
  for (const event of events) yield await Promise.resolve(event);
}

async function shown(...events: ThreadStreamEvent[]): Promise<ThreadStreamEvent[]> {
  const seen: ThreadStreamEvent[] = [];
  for await (const event of withCitations(stream(events), passages)) seen.push(event);
  return seen;
}

/** The message as a client that has followed the stream has it. */
function followed(events: readonly ThreadStreamEvent[]): AssistantMessageContent[] {
  const parts: AssistantMessageContent[] = [];
  for (const event of events) {
    if (event.type !== 'thread.item.updated') continue;
    const { update } = event;
    if (update.type === 'assistant_message.content_part.added') {
      parts[update.content_index] = structuredClone(update.content);
    } else if (update.type === 'assistant_message.content_part.text_delta') {
      const own = (parts[update.content_index] ??= part(''));
      own.text += update.delta;
    } else if (update.type === 'assistant_message.content_part.annotation_added') {
      const { annotations } = parts[update.content_index] ?? part('');
      annotations.splice(update.annotation_index, 0, update.annotation);
      expect(update.annotation_index).toBe(annotations.length - 1);
    }
  }
  return parts;
}

const stored = (events: readonly ThreadStreamEvent[]): unknown => {
  const last = events.at(-1);
  return last?.type === 'thread.item.done' && last.item.type === 'assistant_message' && last.item.content;
};

describe('an answer with citations', () => {
  it('shows and stores sources in place of their markers', async () => {
    const text = 'Nine to five【1】. No dogs 【2】!';
    const events = await shown(
      added,
      partAdded(),
      delta('Nine to five【'),
      delta('1】. No dogs 【2'),
      delta('】!'),
      partDone(text),
      done(part(text)),
    );
    const expected = [
      part('Nine to five. No dogs!', [
        { type: 'annotation', source: HOURS, index: 12 },
        { type: 'annotation', source: RULES, index: 21 },
      ] as AssistantMessageContent['annotations']),
    ];
    expect(followed(events)).toEqual(expected);
    expect(stored(events)).toEqual(expected);
    expect(JSON.stringify(events)).not.toMatch(/[【】]/);
  });

  it('drops numbers that lead nowhere', async () => {
    const text = 'Guessed【7】, and nought 【0】.';
    const events = await shown(added, partAdded(), delta(text), partDone(text), done(part(text)));
    expect(stored(events)).toEqual([part('Guessed, and nought.')]);
    expect(followed(events)).toEqual([part('Guessed, and nought.')]);
  });

  it('keeps the parts of a message apart', async () => {
    const [one, two] = ['First【2】', 'Second 【1】'];
    const events = await shown(
      added,
      partAdded(0),
      delta('First【2'),
      partAdded(1),
      delta('Second 【', 1),
      delta('】', 0),
      delta('1】', 1),
      partDone(one, 0),
      partDone(two, 1),
      done(part(one), part(two)),
    );
    expect(stored(events)).toEqual(followed(events));
    expect(stored(events)).toMatchObject([
      { text: 'First', annotations: [{ source: RULES, index: 5 }] },
      { text: 'Second', annotations: [{ source: HOURS, index: 6 }] },
    ]);
  });

  it("keeps the model's own citations, at their places in what is left of the text", async () => {
    const text = 'Nine【1】 to five, says the web.';
    const web = { type: 'url' as const, title: 'Web', url: 'https://web.example/' };
    const own = { type: 'annotation' as const, source: web, index: text.length };
    const events = await shown(
      added,
      partAdded(),
      delta(text),
      updated({
        type: 'assistant_message.content_part.annotation_added',
        content_index: 0,
        annotation_index: 0,
        annotation: own,
      }),
      partDone(text),
      done(part(text, [own])),
    );
    const clean = 'Nine to five, says the web.';
    expect(stored(events)).toEqual(followed(events));
    expect(stored(events)).toMatchObject([
      {
        text: clean,
        annotations: [
          { source: HOURS, index: 4 },
          { source: web, index: clean.length },
        ],
      },
    ]);
  });

  it('shows what was held back when the text ends there', async () => {
    const text = 'See 【1';
    const events = await shown(added, partAdded(), delta(text), partDone(text), done(part(text)));
    expect(followed(events)).toEqual([part(text)]);
    expect(stored(events)).toEqual([part(text)]);
  });

  it('reads markers in an answer that came in one piece, or without its beginning', async () => {
    const text = 'Nine to five【1】';
    for (const events of [await shown(added, done(part(text))), await shown(done(part(text)))]) {
      expect(stored(events)).toMatchObject([
        { text: 'Nine to five', annotations: [{ source: HOURS, index: 12 }] },
      ]);
    }
  });

  it('lets everything else pass as it is', async () => {
    const other: ThreadStreamEvent = { type: 'progress_update', text: '【1】' };
    expect(await shown(other, delta('【1】'))).toEqual([other, delta('【1】')]);
  });
});
