import { expect } from './expect.js';
import { answering } from './harness/answers.js';
import { useHarness, type Chat, type HarnessOptions, type OpenOptions } from './harness/harness.js';

const harness = useHarness();

/** The real server refuses what its agent does not offer; here any choice is answered. */
async function open(options?: HarnessOptions, size?: OpenOptions): Promise<Chat> {
  const chat = await harness.open(options, size);
  await chat.script(answering('Done'));
  return chat;
}

const tools = [
  { id: 'search', label: 'Search the web', shortLabel: 'Search', icon: 'globe' as const },
  { id: 'draw', label: 'Draw', icon: 'images' as const, placeholderOverride: 'Describe a picture' },
  { id: 'think', label: 'Think hard', icon: 'lightbulb' as const, persistent: true },
];

const models = [
  { id: 'small', label: 'Small', description: 'Quick answers' },
  { id: 'large', label: 'Large', default: true },
  { id: 'huge', label: 'Huge', disabled: true },
];

/** The options that the latest message of that request was sent with. */
async function inference(chat: Chat, type = 'threads.create', count = 1): Promise<unknown> {
  const { input } = (await chat.request(type, count)).params as { input: { inference_options: unknown } };
  return input.inference_options;
}

const toolChanges = (chat: Chat): unknown[] =>
  chat.events('onToolChange').map((detail) => (detail as { toolId: string | null }).toolId);

const item = (chat: Chat, name: string) => chat.page.getByRole('menuitemradio', { name });

const onTagSearch = async () => [{ id: 'e', title: 'Entity', group: 'Things' }];

describe('The tools menu', () => {
  it('is a menu for the keyboard: opens, moves, picks, and gives focus back', async () => {
    const chat = await open({ composer: { tools } });
    const plus = chat.button('Add tools and more');
    await plus.focus();
    await chat.page.keyboard.press('Enter');
    await item(chat, 'Search the web').waitFor();
    await expect(plus).toHaveAttribute('aria-expanded', 'true');
    expect(await chat.objections()).toEqual([]);
    await chat.page.keyboard.press('Escape');
    await item(chat, 'Draw').waitFor({ state: 'detached' });
    await expect(plus).toBeFocused();
    await chat.page.keyboard.press('ArrowDown');
    await expect(item(chat, 'Search the web')).toBeFocused();
    await chat.page.keyboard.press('ArrowDown');
    await expect(item(chat, 'Draw')).toBeFocused();
    await chat.page.keyboard.press('Enter');
    await expect(chat.input).toBeFocused();
    await chat.page.keyboard.type('A cat');
    await expect(chat.input).toHaveText('A cat');
    await expect.poll(() => toolChanges(chat)).toEqual(['draw']);
    await expect
      .poll(() => chat.events('onLog'))
      .toContainEqual({
        name: 'composer.tool.select',
        data: { toolId: 'draw', source: 'toolMenu' },
      });
  });

  it('closes when focus goes elsewhere', async () => {
    const chat = await open({ composer: { tools } });
    await chat.button('Add tools and more').click();
    await item(chat, 'Draw').waitFor();
    await chat.input.click();
    await item(chat, 'Draw').waitFor({ state: 'detached' });
  });

  it('is not there without tools', async () => {
    const chat = await open();
    await chat.input.waitFor();
    await expect(chat.button('Add tools and more')).toHaveCount(0);
  });
});

describe('A picked tool', () => {
  it('shows a chip and its placeholder, goes with one message, and is let go', async () => {
    const chat = await open({ composer: { tools, placeholder: 'Ask away' } });
    await chat.button('Add tools and more').click();
    await item(chat, 'Draw').click();
    await chat.button('Remove Draw').waitFor();
    await expect(chat.input).toHaveAttribute('aria-placeholder', 'Describe a picture');
    await chat.ask('A cat');
    expect(await inference(chat)).toEqual({ tool_choice: { id: 'draw' } });
    await chat.button('Remove Draw').waitFor({ state: 'detached' });
    await expect(chat.input).toHaveAttribute('aria-placeholder', 'Ask away');
    await expect.poll(() => toolChanges(chat)).toEqual(['draw', null]);
    await chat.ask('And a dog');
    expect(await inference(chat, 'threads.add_user_message')).toEqual({});
  });

  it('stays when it is persistent, until it is removed', async () => {
    const chat = await open({ composer: { tools } });
    await chat.button('Add tools and more').click();
    await item(chat, 'Think hard').click();
    await chat.ask('First');
    await chat.ask('Second');
    expect(await inference(chat, 'threads.add_user_message')).toEqual({ tool_choice: { id: 'think' } });
    await chat.button('Remove Think hard').press('Enter');
    await chat.button('Remove Think hard').waitFor({ state: 'detached' });
    await expect.poll(() => toolChanges(chat)).toEqual(['think', null]);
  });

  it('that is pinned has a button outside of the menu, which says whether it is on', async () => {
    const [search, ...others] = tools;
    const pinned = { ...search, id: 'search', label: 'Search the web', icon: 'globe' as const, pinned: true };
    const chat = await open({ composer: { tools: [pinned, ...others] } });
    const button = chat.button('Search the web');
    await expect(button).toHaveText('Search');
    await button.focus();
    await chat.page.keyboard.press('Space');
    await chat.page.getByRole('button', { name: 'Search the web', pressed: true }).waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.button('Add tools and more').click();
    await item(chat, 'Draw').waitFor();
    await expect(item(chat, 'Search the web')).toHaveCount(0);
    await chat.ask('Weather');
    expect(await inference(chat)).toEqual({ tool_choice: { id: 'search' } });
    await chat.page.getByRole('button', { name: 'Search the web', pressed: false }).waitFor();
  });

  it('is set and cleared by setComposerValue, and goes when the options drop it', async () => {
    const chat = await open({ composer: { tools } });
    await chat.call('setComposerValue', { selectedToolId: 'search' });
    await chat.page.getByText('Search', { exact: true }).waitFor();
    await chat.call('setComposerValue', { selectedToolId: 'unknown' });
    await chat.call('setComposerValue', { selectedToolId: null });
    await chat.call('setComposerValue', { selectedToolId: 'think' });
    await chat.setOptions({ composer: { tools: tools.slice(0, 1) } });
    await expect.poll(() => toolChanges(chat)).toEqual(['search', null, 'think', null]);
  });

  it('is not touched by sendUserMessage, which names its own', async () => {
    const chat = await open({ composer: { tools, models } });
    await chat.call('setComposerValue', { text: 'My draft', selectedToolId: 'draw' });
    await chat.call('sendUserMessage', {
      text: 'Sent by code',
      toolChoice: { id: 'search' },
      model: 'small',
    });
    expect(await inference(chat)).toEqual({ tool_choice: { id: 'search' }, model: 'small' });
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    await chat.call('sendUserMessage', { text: 'Again' });
    expect(await inference(chat, 'threads.add_user_message')).toEqual({});
    await expect(chat.input).toHaveText('My draft');
    await chat.button('Remove Draw').waitFor();
    await expect.poll(() => toolChanges(chat)).toEqual(['draw']);
  });
});

describe('The model picker', () => {
  it('shows the default, is a list for the keyboard, and sends what is picked', async () => {
    const chat = await open({ composer: { models } });
    await chat.button('Model: Large').focus();
    await chat.page.keyboard.press('ArrowUp');
    await chat.page.getByRole('option', { name: 'Large', selected: true }).waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.page.keyboard.press('Home');
    await expect(chat.page.getByRole('option', { name: 'Small' })).toBeFocused();
    await chat.page.keyboard.press('Enter');
    await chat.button('Model: Small').waitFor();
    await chat.ask('Hello');
    expect(await inference(chat)).toEqual({ model: 'small' });
    await chat.ask('Again');
    expect(await inference(chat, 'threads.add_user_message')).toEqual({ model: 'small' });
  });

  it('does not take a model that is disabled, by hand or by code', async () => {
    const chat = await open({ composer: { models } });
    await chat.button('Model: Large').click();
    const huge = chat.page.getByRole('option', { name: 'Huge' });
    await expect(huge).toHaveAttribute('aria-disabled', 'true');
    await huge.press('Enter');
    await chat.page.keyboard.press('Escape');
    await expect(huge).toBeHidden();
    await chat.call('setComposerValue', { selectedModelId: 'huge' });
    await chat.ask('Hello');
    expect(await inference(chat)).toEqual({ model: 'large' });
    await chat.call('setComposerValue', { selectedModelId: 'small' });
    await chat.button('Model: Small').waitFor();
  });
});

describe('A narrow chat', () => {
  it.each(['light', 'dark'] as const)('shows everything at once without an objection, %s', async (theme) => {
    const pinned = { id: 'map', label: 'Show a map of the place', icon: 'maps' as const, pinned: true };
    const chat = await open(
      {
        theme,
        composer: { tools: [pinned, ...tools], models },
        entities: { onTagSearch, showComposerMenu: true },
      },
      { width: 320, height: 560 },
    );
    await chat.call('setComposerValue', { text: 'A draft', reply: 'A quote', selectedToolId: 'draw' });
    await chat.button('Add tools and more').click();
    await item(chat, 'Think hard').waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.page.keyboard.press('Escape');
    await expect(item(chat, 'Think hard')).toBeHidden();
    await chat.button('Model: Large').click();
    const large = chat.page.getByRole('option', { name: 'Large' });
    await large.waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.page.keyboard.press('Escape');
    await expect(large).toBeHidden();
    await chat.button('Mention something').click();
    await chat.page.getByRole('option', { name: 'Entity' }).waitFor();
    expect(await chat.objections()).toEqual([]);
    const misplaced = async (): Promise<unknown[]> => {
      const buttons = await chat.page.getByRole('button').all();
      const boxes = await Promise.all(buttons.map((button) => button.boundingBox()));
      return boxes.filter(
        (box) => !box || box.x < 0 || box.x + box.width > 320 || Math.min(box.width, box.height) < 24,
      );
    };
    await expect.poll(misplaced).toEqual([]);
  });
});

describe('A prompt of the start screen', () => {
  it('is sent with the tool and the model that are picked', async () => {
    const startScreen = { prompts: [{ label: 'Go', prompt: 'Go ahead' }] };
    const chat = await open({ composer: { tools, models }, startScreen });
    await chat.call('setComposerValue', { selectedToolId: 'draw' });
    await chat.button('Go').click();
    expect(await inference(chat)).toEqual({ tool_choice: { id: 'draw' }, model: 'large' });
    await chat.until(() => toolChanges(chat).length === 2);
  });
});
