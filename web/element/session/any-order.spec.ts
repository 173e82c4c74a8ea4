import { apply } from './apply.js';
import { EMPTY_STATE, endTurn, startTurn } from './state.js';
import type { ChatState, Ending } from './state.js';
import { Stage, created, done, eventStream, stopAll, userItem } from './testing.js';

const SEQUENCES = 300;
const LENGTH = 40;
const STREAMS = 50;

/** Numbers that look random and are the same in every run (mulberry32). */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  of<T>(choices: readonly T[]): T | undefined {
    return choices[this.below(choices.length)];
  }
}

const IDS = ['a', 'b', 'c', 'd', 'local-1', 'ghost', '', null, 7];
const GARBAGE = [null, undefined, 0, -1, 1e9, '', 'text', [], [null], {}, { type: 'strange' }, true];
const SOURCES = [{ type: 'url', title: 'T', url: 'https://x.test' }, { type: 'entity', id: 'e' }, ...GARBAGE];
const TASKS = [
  { type: 'custom', title: 'T' },
  { type: 'web_search', sources: SOURCES },
  { type: 'odd' },
  ...GARBAGE,
];
const PARTS = [
  { type: 'output_text', text: 'T', annotations: SOURCES.map((source) => ({ source, index: 1 })) },
  ...GARBAGE,
];
const WIDGETS = [
  { type: 'Card', children: [{ type: 'Text', id: 'a', value: 'T' }, ...GARBAGE] },
  { type: 'Text', id: 'b' },
  ...GARBAGE,
];
const ITEM_TYPES = [
  'user_message',
  'assistant_message',
  'client_tool_call',
  'widget',
  'generated_image',
  'structured_input',
  'task',
  'workflow',
  'end_of_turn',
  'hidden_context_item',
  'hologram',
];
const UPDATE_TYPES = [
  'assistant_message.content_part.added',
  'assistant_message.content_part.text_delta',
  'assistant_message.content_part.annotation_added',
  'assistant_message.content_part.done',
  'widget.root.updated',
  'widget.component.updated',
  'widget.streaming_text.value_delta',
  'workflow.task.added',
  'workflow.task.updated',
  'generated_image.updated',
  'assistant_message.sung',
];
const EVENT_TYPES = [
  ...Array.from({ length: 3 }, () => [
    'thread.item.added',
    'thread.item.updated',
    'thread.item.done',
    'thread.item.replaced',
    'thread.item.removed',
  ]).flat(),
  'thread.created',
  'thread.updated',
  'stream_options',
  'progress_update',
  'client_effect',
  'notice',
  'thread.exploded',
];

/** An object of which some members are missing and some are not what they should be. */
function damaged(chance: Chance, members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(members).filter(() => chance.below(12) > 0);
  return Object.fromEntries(
    kept.map(([key, value]) => [key, chance.below(12) === 0 ? chance.of(GARBAGE) : value]),
  );
}

function anItem(chance: Chance): unknown {
  return damaged(chance, {
    id: chance.of(IDS),
    thread_id: 'thr_1',
    created_at: '2026-01-01T00:00:00Z',
    type: chance.of(ITEM_TYPES),
    content: [chance.of(PARTS), { type: 'input_text', text: 'T' }],
    attachments: chance.of([[], GARBAGE]),
    status: chance.of(['pending', 'completed', 'answered', 'odd']),
    name: 'tool',
    arguments: {},
    widget: chance.of(WIDGETS),
    image: chance.of([{ id: 'i', url: 'data:,' }, ...GARBAGE]),
    inputs: chance.of([[{ id: 'q', type: 'freeform', options: GARBAGE }], GARBAGE]),
    task: chance.of(TASKS),
    workflow: chance.of([{ type: 'reasoning', tasks: TASKS, summary: { duration: 3 } }, ...GARBAGE]),
  });
}

function anUpdate(chance: Chance): unknown {
  return damaged(chance, {
    type: chance.of(UPDATE_TYPES),
    content_index: chance.of([0, 1, 3, 99_999, -1]),
    annotation_index: chance.of([0, 5]),
    task_index: chance.of([0, 2, 99]),
    content: chance.of(PARTS),
    delta: chance.of(['word ', '', ...GARBAGE]),
    annotation: { source: chance.of(SOURCES), index: 2 },
    widget: chance.of(WIDGETS),
    component: chance.of(WIDGETS),
    component_id: chance.of(IDS),
    done: chance.of([true, false]),
    task: chance.of(TASKS),
    image: chance.of([{ id: 'i', url: 'data:,' }, ...GARBAGE]),
    progress: 0.5,
  });
}

function anEvent(chance: Chance): unknown {
  if (chance.below(40) === 0) return chance.of(GARBAGE);
  return damaged(chance, {
    type: chance.of(EVENT_TYPES),
    item: anItem(chance),
    item_id: chance.of(IDS),
    update: anUpdate(chance),
    thread: chance.of([{ id: 'thr_1', status: { type: 'active' } }, ...GARBAGE]),
    stream_options: chance.of([{ allow_cancel: true }, ...GARBAGE]),
    text: 'Reading',
    name: 'effect',
    message: 'Note',
    level: chance.of(['info', 'odd', null]),
  });
}

function events(chance: Chance): readonly unknown[] {
  const made = Array.from({ length: LENGTH }, () => anEvent(chance));
  return made.flatMap((event) => (chance.below(6) === 0 ? [event, event] : [event]));
}

/** Shown twice, or being streamed without being shown. */
function flaws({ items, live }: ChatState): readonly string[] {
  const ids = items.map(({ id }) => id);
  return [...ids.filter((id, at) => ids.indexOf(id) !== at), ...[...live].filter((id) => !ids.includes(id))];
}

afterEach(stopAll);

describe('Whatever events come, in whatever order', () => {
  it('the state stays whole after each of them, and nothing is left half-way', () => {
    const endings: readonly Ending[] = ['complete', 'failed', 'cut'];
    const found: string[] = [];
    for (let seed = 1; seed <= SEQUENCES; seed += 1) {
      const chance = new Chance(seed);
      let state = startTurn(EMPTY_STATE);
      for (const event of events(chance)) {
        state = apply(state, event);
        found.push(...flaws(state).map((id) => `${seed}: ${id}`));
      }
      for (const ending of endings) {
        const left = endTurn(state, ending).live;
        found.push(...[...left].map((id) => `${seed}: ${id} after ${ending}`));
      }
    }
    expect(found).toEqual([]);
  });

  it('a session ends its turn, shows each item once, and takes it for no failure of its own', async () => {
    for (let seed = 1; seed <= STREAMS; seed += 1) {
      const chance = new Chance(seed);
      const page = { id: 'thr_1', items: { data: [userItem('m1')], has_more: false } };
      const stage = new Stage(
        ({ type }) =>
          type === 'threads.get_by_id'
            ? Response.json(page)
            : eventStream(created, done(userItem('m1')), ...events(chance)),
        { onClientTool: () => ({}) },
      );
      stage.session.start();
      await stage.session.sendUserMessage({ text: 'Hi' });
      await stage.until(() => stage.session.state.value.turn === 'idle');
      const { value } = stage.session.state;
      expect(flaws(value)).toEqual([]);
      expect(value.live.size).toBe(0);
      expect(['tool_limit', undefined]).toContain(value.problem?.code);
      expect(stage.said.filter((name) => name === 'response.end')).toHaveLength(1);
    }
  });
});
