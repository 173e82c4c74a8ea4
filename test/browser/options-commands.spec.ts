import type { Command, CommandSelection } from '@openai/chatkit';
import { expect } from './expect.js';
import { answering } from './harness/answers.js';
import { useHarness, type Chat } from './harness/harness.js';

const harness = useHarness();

const all: Command[] = [
  {
    id: 'report',
    label: 'Insert a report',
    description: 'Of the last week',
    icon: 'document',
    group: 'Reports',
  },
  { id: 'team', label: 'Pick a team', group: 'People' },
  { id: 'clear', label: 'Clear the board', group: 'People' },
];
const onSearch = async (query: string): Promise<Command[]> =>
  all.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()));
const onSelect = async ({ id }: Command): Promise<void | CommandSelection> => {
  if (id === 'report' || id === 'blue')
    return { type: 'entity', entity: { id: `e-${id}`, title: `The ${id}`, data: { week: '12' } } };
  if (id === 'team') {
    const commands = [
      { id: 'red', label: 'Red' },
      { id: 'blue', label: 'Blue' },
    ];
    return { type: 'menu', commands };
  }
  return undefined;
};
const boom = async (): Promise<never> => {
  throw new Error('boom');
};
const commands = { enabled: true, onSearch, onSelect };

const list = (chat: Chat) => chat.page.getByRole('listbox', { name: 'Commands' });
const option = (chat: Chat, name: string) => list(chat).getByRole('option', { name });
/** Waits until the list shows what was found. */
const found = (chat: Chat) => chat.page.locator('[role="listbox"][aria-busy="false"]').waitFor();

describe('Writing a /', () => {
  it('offers the commands of the page in their groups, and gives the chosen one to it', async () => {
    const chat = await harness.open({ commands });
    await chat.input.click();
    await chat.page.keyboard.type('Please /');
    await option(chat, 'Insert a report').waitFor();
    await expect(list(chat).getByRole('group', { name: 'People' }).getByRole('option')).toHaveCount(2);
    await expect(option(chat, 'Insert a report')).toContainText('Of the last week', { useInnerText: true });
    expect(await chat.objections()).toEqual([]);
    await chat.page.keyboard.type('clear');
    await option(chat, 'Insert a report').waitFor({ state: 'detached' });
    await found(chat);
    await chat.page.keyboard.press('Enter');
    await expect
      .poll(() => chat.calls('commands.onSelect'))
      .toEqual([[{ id: 'clear', label: 'Clear the board', group: 'People' }]]);
    await expect.poll(() => chat.input.innerText()).toBe('Please ');
    expect(chat.requests('threads.create')).toEqual([]);
  });

  it('puts the entity that a command gives into the text', async () => {
    const chat = await harness.open({ commands });
    await chat.script(answering('Seen'));
    await chat.input.click();
    await chat.page.keyboard.type('See /rep');
    await option(chat, 'Insert a report').click();
    await chat.page
      .locator('.input .tag, .input [data-tag], .input [contenteditable="false"]')
      .first()
      .waitFor();
    await chat.page.keyboard.type('please');
    await expect.poll(() => chat.input.innerText()).toBe('See @The report please');
    await chat.page.keyboard.press('Enter');
    expect((await chat.request('threads.create')).params['input']).toMatchObject({
      content: [
        { type: 'input_text', text: 'See ' },
        { type: 'input_tag', id: 'e-report', text: 'The report', data: { week: '12' } },
        { type: 'input_text', text: ' please' },
      ],
    });
  });

  it('goes on with the menu that a command gives, which can be narrowed and picked from', async () => {
    const chat = await harness.open({ commands });
    await chat.input.click();
    await chat.page.keyboard.type('/team');
    await option(chat, 'Pick a team').click();
    await option(chat, 'Red').waitFor();
    await expect(option(chat, 'Pick a team')).toHaveCount(0);
    await chat.page.keyboard.type('bl');
    await option(chat, 'Red').waitFor({ state: 'detached' });
    await chat.page.keyboard.press('Tab');
    await chat.page.getByText('@The blue').waitFor();
    await expect
      .poll(() => chat.calls('commands.onSelect').map(([command]) => (command as Command).id))
      .toEqual(['team', 'blue']);
    await chat.page.keyboard.press('ControlOrMeta+a');
    await chat.page.keyboard.type('/');
    await option(chat, 'Pick a team').waitFor();
  });

  it('offers what the composer can do itself, without any command of the page', async () => {
    const chat = await harness.open({
      commands: { enabled: true },
      api: { uploadStrategy: { type: 'two_phase' } },
      composer: {
        attachments: { enabled: true },
        dictation: { enabled: true },
        tools: [{ id: 'draw', label: 'Draw', icon: 'images' }],
      },
    });
    await chat.input.click();
    await chat.page.keyboard.type('/');
    await option(chat, 'Dictate').waitFor();
    await option(chat, 'Draw').click();
    await chat.button('Remove Draw').waitFor();
    await expect.poll(() => chat.input.innerText()).toBe('');
    await chat.page.keyboard.type('/att');
    const choosing = chat.page.waitForEvent('filechooser');
    await option(chat, 'Draw').waitFor({ state: 'detached' });
    await found(chat);
    await chat.page.keyboard.press('Enter');
    await (await choosing).setFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
    await chat.page.locator('.upload.ready', { hasText: 'a.txt' }).waitFor();
    expect(chat.complaints.all).toEqual([]);
  });

  it('is only text without the option, within a path, and after Escape', async () => {
    const chat = await harness.open({ commands });
    await chat.input.click();
    await chat.page.keyboard.type('and/or a/b /');
    await list(chat).waitFor();
    await expect.poll(() => chat.calls('commands.onSearch')).toEqual([['']]);
    await chat.page.keyboard.press('Escape');
    await list(chat).waitFor({ state: 'detached' });
    await chat.setOptions({});
    await chat.page.locator('.input:not([aria-haspopup])').waitFor();
    await chat.page.keyboard.press('ControlOrMeta+a');
    await chat.page.keyboard.type('/x');
    await chat.page.keyboard.press('Enter');
    expect((await chat.request('threads.create')).params['input']).toMatchObject({
      content: [{ type: 'input_text', text: '/x' }],
    });
  });

  it('tells the page when a search or a command fails', async () => {
    const chat = await harness.open({ commands: { enabled: true, onSearch, onSelect: boom } });
    await chat.input.click();
    await chat.page.keyboard.type('/clear');
    await option(chat, 'Clear the board').click();
    await chat.until(() => chat.events('onError').length === 1);
    const composer = { placeholder: 'Now it fails' };
    await chat.setOptions({ composer, commands: { enabled: true, onSearch: boom } });
    await chat.page.locator('[aria-placeholder="Now it fails"]').click();
    await chat.page.keyboard.type('/');
    await chat.page.getByText('The search failed.').waitFor();
    await expect
      .poll(() => chat.events('onError'))
      .toEqual([{ error: { message: 'boom' } }, { error: { message: 'boom' } }]);
  });
});

it('The chat sends nothing to another origin in any of this', () => {
  expect(harness.foreignRequests).toEqual([]);
});
