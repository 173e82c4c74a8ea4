import {
  TAG_MARK,
  joinRich,
  partsOf,
  plainRich,
  replaceRich,
  richOf,
  sliceRich,
  tagRich,
  trimRich,
} from './rich-text.js';
import type { Tag } from './rich-text.js';
import { Stage, answerItem, created, done, eventStream, stopAll, userItem } from './testing.js';

afterEach(stopAll);

const ada: Tag = { type: 'input_tag', id: 'ada', text: 'Ada', data: {}, interactive: false };
const bob: Tag = { type: 'input_tag', id: 'bob', text: 'Bob', data: {}, interactive: false };
const words = (text: string) => ({ type: 'input_text' as const, text });

const answered = (): Response => eventStream(created, done(userItem('m1')), done(answerItem('a1', 'Yes')));
const refused = (): Response => Response.json({ error: { code: 'internal' } }, { status: 500 });

async function idle(stage: Stage): Promise<void> {
  await stage.until(() => stage.session.state.value.turn === 'idle');
}

const inputOf = (stage: Stage): Record<string, unknown> =>
  stage.requests.at(-1)?.params.input as Record<string, unknown>;

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const sentModel = async (composer: unknown): Promise<unknown> => {
  const stage = new Stage(answered, { composer });
  stage.session.start();
  stage.session.composer.type('Hi');
  await stage.session.submit();
  await idle(stage);
  return inputOf(stage).inference_options;
};

function stageWith(onTagSearch: (query: string) => unknown): Stage {
  return new Stage(answered, { entities: { onTagSearch } });
}

describe('Text with tags', () => {
  const rich = richOf([words('a '), ada, words(' b '), bob]);

  it('is the same after a way through its parts', () => {
    expect(partsOf(rich)).toEqual([words('a '), ada, words(' b '), bob]);
    expect(rich.text).toBe(`a ${TAG_MARK} b ${TAG_MARK}`);
  });

  it('counts a tag as one character wherever it is cut', () => {
    expect(partsOf(sliceRich(rich, 3))).toEqual([words(' b '), bob]);
    expect(partsOf(sliceRich(rich, 0, 3))).toEqual([words('a '), ada]);
    expect(partsOf(replaceRich(rich, 2, 6, plainRich('and ')))).toEqual([words('a and '), bob]);
    expect(partsOf(replaceRich(rich, 0, 2, tagRich(bob)))).toEqual([bob, ada, words(' b '), bob]);
  });

  it('loses the blanks around it, but no tag', () => {
    expect(partsOf(trimRich(joinRich(plainRich('  '), tagRich(ada), plainRich(' \n'))))).toEqual([ada]);
    expect(partsOf(trimRich(plainRich(' \n ')))).toEqual([]);
  });

  it('takes no mark from outside for a tag', () => {
    expect(partsOf(plainRich(`x${TAG_MARK}y`))).toEqual([words('xy')]);
  });
});

describe('A draft with tags', () => {
  it('comes back whole, with its quote and its tool, when it cannot be sent', async () => {
    const tools = [{ id: 'draw', label: 'Draw', icon: 'images' }];
    const stage = new Stage(refused, { composer: { tools } });
    stage.session.start();
    stage.session.setComposerValue({ content: [words('for '), ada], reply: 'Quote', selectedToolId: 'draw' });
    await stage.session.submit();
    await idle(stage);
    expect(stage.session.composer.state.value).toMatchObject({
      text: `for ${TAG_MARK}`,
      tags: [ada],
      reply: 'Quote',
    });
    expect(stage.session.choices.state.value.toolId).toBe('draw');
    stage.answer = answered;
    await stage.session.retryProblem();
    expect(inputOf(stage)).toMatchObject({
      content: [words('for '), ada],
      quoted_text: 'Quote',
      inference_options: { tool_choice: { id: 'draw' } },
    });
    expect(stage.session.composer.state.value.text).toBe('');
    expect(stage.session.choices.state.value.toolId).toBeNull();
  });

  it('is left alone by a message that the page sends, sent or not', async () => {
    const stage = new Stage(refused);
    stage.session.start();
    await expect(stage.session.sendUserMessage({ text: 'By code' })).rejects.toThrow();
    await idle(stage);
    expect(stage.session.composer.state.value.text).toBe('');
    stage.answer = answered;
    stage.session.setComposerValue({ text: 'Mine' });
    await stage.session.sendUserMessage({ content: [ada], reply: 'Quote' });
    expect(inputOf(stage)).toMatchObject({ content: [ada], quoted_text: 'Quote' });
    expect(stage.session.composer.state.value).toMatchObject({ text: 'Mine' });
    expect(stage.session.composer.state.value.reply).toBeUndefined();
  });
});

describe('Models', () => {
  const models = [{ id: 'a', disabled: true }, { id: 'b' }, { id: 'c' }];

  it('without a default begin with the first that can be picked', async () => {
    expect(await sentModel({ models })).toEqual({ model: 'b' });
    expect(await sentModel({ models: [...models, { id: 'd', default: true }] })).toEqual({ model: 'd' });
  });

  it('are not mentioned when there are none', async () => {
    expect(await sentModel({ models: [{ id: 'a', disabled: true }] })).toEqual({});
    expect(await sentModel({ models: undefined, tools: [null, {}, { label: 'no id' }] })).toEqual({});
  });
});

describe('The search for entities', () => {
  it('begins with an @ that begins a word, and follows the caret', () => {
    const queries: string[] = [];
    const { tags } = stageWith((query) => {
      queries.push(query);
      return [];
    }).session;
    const look = (text: string): number | undefined => {
      tags.look(text, text.length);
      return tags.state.value.start;
    };
    expect(look('@a')).toBe(0);
    expect(look('say (@b')).toBe(5);
    expect(look(`${TAG_MARK}@c`)).toBe(1);
    expect(look('mail@d')).toBeUndefined();
    expect(look('@e f')).toBeUndefined();
    expect(look(`${'x'.repeat(500)} @g`)).toBe(501);
    tags.look('@h and more', 2);
    expect(tags.state.value.query).toBe('h');
    tags.look('@h and more', undefined);
    expect(tags.state.value.start).toBeUndefined();
    expect(queries).toEqual(['a', 'b', 'c', 'g', 'h']);
  });

  it('drops answers that come late, and those of a search that was given up', async () => {
    const answers: ((entities: unknown) => void)[] = [];
    const stage = stageWith(() => new Promise((resolve) => answers.push(resolve)));
    const { tags } = stage.session;
    tags.look('@a', 2);
    tags.look('@ab', 3);
    answers[1]?.([{ id: 'new' }, { title: 'without an id' }]);
    answers[0]?.([{ id: 'old' }]);
    await settled();
    expect(tags.state.value).toMatchObject({ status: 'found', entries: [{ id: 'new', title: 'new' }] });
    tags.look('@abc', 4);
    tags.dismiss();
    answers[2]?.([{ id: 'too late' }]);
    await settled();
    expect(tags.state.value).toMatchObject({ entries: [] });
    tags.look('@abcd', 5);
    expect(tags.state.value.start).toBeUndefined();
    tags.look('', 0);
    tags.look('@', 1);
    expect(tags.state.value.start).toBe(0);
  });

  it('shows no more than the list can hold', async () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ id: `e${at}`, title: `E ${at}` }));
    const { tags } = stageWith(() => many).session;
    const found = new Promise<void>((resolve) =>
      tags.state.subscribe(() => tags.state.value.entries.length > 0 && resolve()),
    );
    tags.look('@', 1);
    await found;
    expect(tags.state.value.entries).toHaveLength(50);
  });
});

describe('Previews of entities', () => {
  const entity = { id: 'ada', title: 'Ada', interactive: true, data: {} };

  it('are asked for once, unless asking failed', async () => {
    let fails = true;
    let asked = 0;
    const onRequestPreview = async (): Promise<unknown> => {
      asked += 1;
      if (fails) throw new Error('away');
      return { preview: { type: 'Card', children: [] } };
    };
    const stage = new Stage(answered, { entities: { onRequestPreview } });
    const { entities } = stage.session;
    expect(await entities.preview(entity)).toBeUndefined();
    expect(stage.said).toEqual(['error']);
    fails = false;
    expect(await entities.preview(entity)).toEqual({ type: 'Card', children: [] });
    await entities.preview(entity);
    expect(asked).toBe(2);
  });

  it.each([null, { type: 'Text', value: 'no root' }, 'text', undefined])(
    'that are no widget root count as none: %j',
    async (preview) => {
      const stage = new Stage(answered, { entities: { onRequestPreview: async () => ({ preview }) } });
      expect(await stage.session.entities.preview(entity)).toBeUndefined();
    },
  );
});
