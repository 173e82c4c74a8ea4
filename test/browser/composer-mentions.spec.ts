import type { Entity } from '@openai/chatkit';
import { expect } from './expect.js';
import { answering } from './harness/answers.js';
import { useHarness, type Chat } from './harness/harness.js';

const harness = useHarness();

const people: Entity[] = [
  {
    id: 'e-ada',
    title: 'Ada Lovelace',
    group: 'People',
    icon: 'user',
    interactive: true,
    data: { role: 'writer' },
  },
  { id: 'e-fog', title: 'Fog report', group: 'Documents', icon: 'document' },
  { id: 'e-fox', title: 'Fox, Emma', group: 'People', icon: 'user' },
];

const find = async (query: string): Promise<Entity[]> =>
  people.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));

const entities = { onTagSearch: find };

const onRequestPreview = async ({ id }: Entity) => ({
  preview: { type: 'Card' as const, children: [{ type: 'Text' as const, value: `All about ${id}` }] },
});
const noPreview = async () => ({ preview: null });
const failingSearch = () => Promise.reject(new Error('index away'));

/** The content of the only message that was sent. */
async function sent(chat: Chat): Promise<unknown> {
  const { input } = (await chat.request('threads.create')).params as { input: { content: unknown } };
  return input.content;
}

const list = (chat: Chat) => chat.page.getByRole('listbox', { name: 'Mentions' });
/** Waits until the list shows what was found for the query. */
async function found(chat: Chat, query: string): Promise<void> {
  await chat.until(() => chat.calls('entities.onTagSearch').some(([asked]) => asked === query));
  await chat.page.locator('[role="listbox"][aria-busy="false"]').waitFor();
}
/** The option that the text field points at. */
const active = (chat: Chat): Promise<unknown> =>
  chat.page.evaluate(`(() => {
    const root = document.querySelector('openai-chatkit').shadowRoot;
    const id = root.querySelector('[role=textbox]').getAttribute('aria-activedescendant');
    return id && root.getElementById(id)?.innerText;
  })()`);

describe('Writing an @', () => {
  it('offers entities in their groups, picks by keyboard, and sends text and tags in order', async () => {
    const chat = await harness.open({ entities });
    await chat.input.click();
    await chat.page.keyboard.type('Ask @fo');
    await found(chat, 'fo');
    await list(chat).getByRole('option', { name: 'Fog report', selected: true }).waitFor();
    await expect(list(chat).getByRole('group')).toHaveCount(2);
    await expect(list(chat).getByRole('group', { name: 'People' })).toContainText('Fox, Emma');
    await expect.poll(() => active(chat)).toBe('Fog report');
    expect(await chat.objections()).toEqual([]);

    await chat.page.keyboard.press('ArrowDown');
    await expect.poll(() => active(chat)).toBe('Fox, Emma');
    await chat.page.keyboard.press('Enter');
    await list(chat).waitFor({ state: 'detached' });
    await chat.page.keyboard.type('about @ada');
    await found(chat, 'ada');
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.type('today');
    await expect.poll(() => chat.input.innerText()).toBe('Ask @Fox, Emma about @Ada Lovelace today');
    await chat.page.keyboard.press('Enter');

    expect(await sent(chat)).toEqual([
      { type: 'input_text', text: 'Ask ' },
      { type: 'input_tag', id: 'e-fox', text: 'Fox, Emma', group: 'People', data: {}, interactive: false },
      { type: 'input_text', text: ' about ' },
      {
        type: 'input_tag',
        id: 'e-ada',
        text: 'Ada Lovelace',
        group: 'People',
        data: { role: 'writer' },
        interactive: true,
      },
      { type: 'input_text', text: ' today' },
    ]);
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    expect(await chat.objections()).toEqual([]);
  });

  it('picks with the mouse and goes on writing', async () => {
    const chat = await harness.open({ entities });
    await chat.input.click();
    await chat.page.keyboard.type('@ada');
    await list(chat).getByRole('option', { name: 'Ada Lovelace' }).click();
    await chat.page.keyboard.type('hello');
    await expect.poll(() => chat.input.innerText()).toBe('@Ada Lovelace hello');
  });

  it('closes the list with Escape and leaves the text; Enter then sends it', async () => {
    const chat = await harness.open({ entities });
    await chat.input.click();
    await chat.page.keyboard.type('@ada');
    await list(chat).waitFor();
    await chat.page.keyboard.press('Escape');
    await list(chat).waitFor({ state: 'detached' });
    await chat.page.keyboard.press('Enter');
    expect(await sent(chat)).toEqual([{ type: 'input_text', text: '@ada' }]);
  });

  it('inside of an address searches nothing', async () => {
    const chat = await harness.open({ entities });
    await chat.input.click();
    await chat.page.keyboard.type('me@fox.example and @fog');
    await list(chat).waitFor();
    await expect
      .poll(() => chat.calls('entities.onTagSearch').map(([query]) => query))
      .toEqual(['', 'f', 'fo', 'fog']);
  });

  it('shows what was asked for last, however late an earlier answer comes', async () => {
    const waiting = new Map<unknown, (found: Entity[]) => void>();
    const onTagSearch = (query: string) => new Promise<Entity[]>((resolve) => waiting.set(query, resolve));
    const chat = await harness.open({ entities: { onTagSearch } });
    await chat.input.click();
    await chat.page.keyboard.type('@fo');
    await chat.until(() => waiting.has('fo'));
    await chat.page.getByText('Searching…').waitFor();
    await chat.page.keyboard.press('Enter');
    waiting.get('fo')?.(people.slice(1));
    await list(chat).getByRole('option', { name: 'Fog report' }).waitFor();
    waiting.get('')?.(people.slice(0, 1));
    waiting.get('f')?.(people.slice(0, 1));
    await chat.page.evaluate('new Promise(requestAnimationFrame)');
    await chat.page.keyboard.press('ArrowDown');
    await list(chat).getByRole('option', { name: 'Fox, Emma', selected: true }).waitFor();
    await expect(list(chat)).not.toContainText('Ada');
    expect(chat.requests('threads.create')).toEqual([]);
  });

  it('tells the page when its search fails, and says so', async () => {
    const chat = await harness.open({ entities: { onTagSearch: failingSearch } });
    await chat.input.click();
    await chat.page.keyboard.type('@');
    await chat.page.getByText('The search failed.').waitFor();
    await expect.poll(() => JSON.stringify(chat.events('onError'))).toContain('index away');
  });
});

describe('A tag in the text', () => {
  it('is stepped over and deleted as one, and comes back with undo', async () => {
    const chat = await harness.open({ entities });
    await chat.input.click();
    await chat.page.keyboard.type('a@');
    await chat.page.keyboard.press('Backspace');
    await chat.page.keyboard.type(' @fog');
    await found(chat, 'fog');
    await chat.page.keyboard.press('Enter');
    await chat.page.keyboard.press('ArrowLeft');
    await chat.page.keyboard.press('ArrowLeft');
    await chat.page.keyboard.type('x');
    await expect.poll(() => chat.input.innerText()).toBe('a x@Fog report ');
    await chat.page.keyboard.press('ArrowRight');
    await chat.page.keyboard.type('y');
    await expect.poll(() => chat.input.innerText()).toBe('a x@Fog reporty ');
    await chat.page.keyboard.press('Backspace');
    await chat.page.keyboard.press('Backspace');
    await expect.poll(() => chat.input.innerText()).toBe('a x ');
    await chat.page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => chat.input.innerText()).toBe('a x@Fog report ');
    await chat.page.keyboard.press('Home');
    await chat.page.keyboard.press('Shift+End');
    await chat.page.keyboard.type('z');
    await expect.poll(() => chat.input.innerText()).toBe('z');
  });

  it('comes with setComposerValue and is sent with the rest', async () => {
    const chat = await harness.open();
    await chat.call('setComposerValue', {
      content: [
        { type: 'input_tag', id: 'e-1', text: 'Plan', data: { page: 3 } },
        { type: 'input_text', text: ' is late' },
      ],
    });
    await expect.poll(() => chat.input.innerText()).toBe('@Plan is late');
    await chat.input.press('Enter');
    expect(await sent(chat)).toEqual([
      { type: 'input_tag', id: 'e-1', text: 'Plan', data: { page: 3 }, interactive: false },
      { type: 'input_text', text: ' is late' },
    ]);
  });
});

describe('The @ button', () => {
  it('is there when the page asks for it, writes an @ and opens the list', async () => {
    const chat = await harness.open({ entities: { ...entities, showComposerMenu: true } });
    await chat.input.fill('Hello');
    await chat.button('Mention something').click();
    await list(chat).waitFor();
    await expect.poll(() => chat.input.innerText()).toBe('Hello @');
    await chat.page.keyboard.type('ada');
    await found(chat, 'ada');
    await chat.page.keyboard.press('Enter');
    await expect(list(chat)).toBeHidden();
    expect(await chat.objections()).toEqual([]);
    await chat.setOptions({ entities: { showComposerMenu: true } });
    await chat.button('Mention something').waitFor({ state: 'detached' });
  });
});

describe('A tag in a message', () => {
  const tagged = [
    { type: 'input_text' as const, text: 'See ' },
    {
      type: 'input_tag' as const,
      id: 'e-ada',
      text: 'Ada Lovelace',
      group: 'People',
      data: { role: 'writer' },
      interactive: true,
    },
  ];
  it('is a button after a reload too, and gives the page its entity', async () => {
    const chat = await harness.open({ entities });
    await chat.call('sendUserMessage', { content: tagged });
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    await chat.reload({ entities: { onClick: () => undefined }, initialThread: chat.threadId });
    await chat.log.getByRole('button', { name: '@Ada Lovelace' }).click();
    await chat.until(() => chat.calls('entities.onClick').length === 1);
    await expect
      .poll(() => chat.calls('entities.onClick')[0]?.[0])
      .toEqual({
        id: 'e-ada',
        title: 'Ada Lovelace',
        group: 'People',
        interactive: true,
        data: { role: 'writer' },
      });
  });

  it('shows its preview on hover and on focus, asks for it once, and hides it with Escape', async () => {
    const chat = await harness.open({ entities: { onRequestPreview } });
    await chat.script(answering('Seen'));
    await chat.call('sendUserMessage', { content: tagged });
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    const pill = chat.log.getByRole('button', { name: '@Ada Lovelace' });
    const card = chat.page.getByRole('tooltip');
    await pill.hover();
    await card.getByText('All about e-ada').waitFor();
    await card.hover();
    expect(await chat.objections()).toEqual([]);
    await chat.input.hover();
    await card.waitFor({ state: 'detached' });
    await chat.log.focus();
    await chat.page.keyboard.press('Tab');
    await card.getByText('All about e-ada').waitFor();
    await chat.page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await expect.poll(() => chat.calls('entities.onRequestPreview')).toHaveLength(1);
  });

  it('of an answer that was cited is opened and previewed the same way', async () => {
    const source = {
      type: 'entity',
      id: 'e-fog',
      title: 'Fog report',
      interactive: true,
      data: { page: '2' },
    };
    const annotations = [{ type: 'annotation', source, index: 4 }];
    const chat = await harness.open({ entities: { onRequestPreview, onClick: () => undefined } });
    await chat.script(answering('Fog.', annotations));
    await chat.ask('Weather?');
    const mark = chat.log.getByRole('button', { name: 'Source 1: Fog report' });
    await mark.hover();
    await chat.page.getByRole('tooltip').getByText('All about e-fog').waitFor();
    await mark.click();
    await chat.until(() => chat.calls('entities.onClick').length === 1);
    await expect
      .poll(() => chat.calls('entities.onClick')[0]?.[0])
      .toMatchObject({ id: 'e-fog', data: { page: '2' } });
  });

  it('shows its title where the page has no preview', async () => {
    const chat = await harness.open({ entities: { onRequestPreview: noPreview } });
    await chat.script(answering('Seen'));
    await chat.call('sendUserMessage', { content: tagged });
    await chat.log.getByRole('button', { name: '@Ada Lovelace' }).focus();
    await chat.page.getByRole('tooltip').getByText('People').waitFor();
  });
});
