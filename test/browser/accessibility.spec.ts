import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import type { Chat, HarnessOptions } from './harness/harness.js';
import { added, answer, begun, change, done, item, replying, showing, thread } from './harness/events.js';
import { FULL_THREAD, QUESTIONS } from './harness/samples.js';
import { OpenAnswers, answerJson, refuse } from './harness/scripted.js';

const harness = useHarness();

const OPTIONS: HarnessOptions = {
  api: { uploadStrategy: { type: 'two_phase' } },
  header: {
    leftAction: { icon: 'home', onClick: () => undefined },
    rightAction: { icon: 'settings-cog', onClick: () => undefined },
  },
  startScreen: { prompts: [{ label: 'What is new?', prompt: 'What is new?', icon: 'star' }] },
  threadItemActions: { feedback: true, retry: true },
  disclaimer: { text: 'It may be **wrong**: [see here](https://example.com/)' },
  entities: {
    onTagSearch: () =>
      [
        { id: 'a', title: 'Report A', group: 'Articles', icon: 'document' },
        { id: 'b', title: 'Ada', group: 'People' },
      ] as never,
    onClick: () => undefined,
    onRequestPreview: () => ({ preview: null }) as never,
    showComposerMenu: true,
  },
  composer: {
    attachments: { enabled: true, maxSize: 1000 },
    dictation: { enabled: true },
    tools: [
      { id: 'search', label: 'Search', icon: 'search' },
      { id: 'book', label: 'Book', icon: 'calendar', pinned: true },
    ],
    models: [
      { id: 'small', label: 'Small', description: 'Quick' },
      { id: 'large', label: 'Large', disabled: true },
    ],
  },
};

const status = (type: string): object => thread({ status: { type, reason: 'Waiting for Ada' } });
const list = { data: [thread({ id: 'thr_1', title: 'Old talk' })], has_more: true };
const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') };
const large = { ...file, name: 'large.txt', buffer: Buffer.alloc(2000, 'a') };

async function attach(chat: Chat): Promise<void> {
  const choosing = chat.page.waitForEvent('filechooser');
  await chat.button('Attach files').click();
  await (await choosing).setFiles([file, large]);
}

const notice = (level: string) => ({ type: 'notice', level, title: 'Note', message: `A **${level}**` });

/** What the chat can look like, and how it comes to that. */
const STATES: Readonly<Record<string, (chat: Chat) => Promise<void>>> = {
  'the start screen': (chat) => chat.button('What is new?').waitFor(),
  'a conversation with every kind of item': async (chat) => {
    await answerJson(chat, 'threads.get_by_id', FULL_THREAD);
    await chat.call('setThreadId', 'thr_scripted');
    await chat.log.locator('.sources summary').press('Enter');
    await chat.log.locator('.hl-keyword').waitFor();
  },
  'an answer that is being written': async (chat) => {
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(
      ...begun(reply.body),
      { type: 'stream_options', stream_options: { allow_cancel: true } },
      added(answer('')),
      change('text_delta', { delta: 'To begin with' }),
      { type: 'progress_update', text: 'Looking further', icon: 'search' },
    );
    await chat.log.getByText('Looking further').waitFor();
  },
  'the history': async (chat) => {
    await answerJson(chat, 'threads.list', list);
    await chat.button('Conversation history').click();
    await chat.button('Old talk').waitFor();
  },
  'the history with a name that is being changed': async (chat) => {
    await STATES['the history']?.(chat);
    await chat.button('Rename Old talk').click();
    await chat.page.getByRole('textbox', { name: 'New title' }).waitFor();
  },
  'the history that could not be loaded': async (chat) => {
    await refuse(chat, 'threads.list', 500);
    await chat.button('Conversation history').click();
    await chat.page.getByText('The conversations could not be loaded.').waitFor();
  },
  'the question before a deletion': async (chat) => {
    await STATES['the history']?.(chat);
    await chat.button('Delete Old talk').click();
    await chat.page.getByRole('alertdialog').waitFor();
  },
  'the tools': async (chat) => {
    await chat.button('Add tools and more').click();
    await chat.page.getByRole('menu').waitFor();
  },
  'the models': async (chat) => {
    await chat.button('Model: Small').click();
    await chat.page.getByRole('listbox').waitFor();
  },
  'the list of what can be mentioned': async (chat) => {
    await chat.input.pressSequentially('@re');
    await chat.page.getByRole('option').first().waitFor();
  },
  'a picture over everything': async (chat) => {
    await STATES['a conversation with every kind of item']?.(chat);
    await chat.button('Enlarge Generated image').click();
    await chat.page.getByRole('dialog', { name: 'Generated image' }).waitFor();
  },
  'the card of a tag': async (chat) => {
    await STATES['a conversation with every kind of item']?.(chat);
    await chat.log.locator('button.tag').focus();
    await chat.page.getByRole('tooltip').waitFor();
  },
  'a composer with a quote, a tool and files, of which one is refused and one failed': async (chat) => {
    await chat.page.route('**/chatkit', (route) =>
      route.request().postDataJSON().type === 'attachments.create'
        ? route.fulfill({ status: 500, body: '{}' })
        : route.fallback(),
    );
    await chat.call('setComposerValue', { text: 'And this', reply: 'Said before', selectedToolId: 'search' });
    await attach(chat);
    await chat.button('Upload notes.txt again').waitFor();
    await chat.page.getByText(/is larger than/).waitFor();
  },
  'questions of the assistant': async (chat) => {
    await chat.script(showing(item('structured_input', { status: 'pending', inputs: QUESTIONS })));
    await chat.ask('A coffee');
    await chat.page.getByRole('form', { name: 'Questions' }).waitFor();
  },
  'an error and notices': async (chat) => {
    const error = { type: 'error', code: 'stream.error', allow_retry: true };
    await chat.script(
      replying(notice('info'), notice('warning'), notice('danger'), done(answer('Hm')), error),
    );
    await chat.ask('Hi');
    await chat.button('Try again').waitFor();
  },
  'a thread that could not be loaded': async (chat) => {
    await refuse(chat, 'threads.get_by_id', 500);
    await chat.call('setThreadId', 'thr_scripted');
    await chat.button('Try again').waitFor();
  },
  'a locked thread': async (chat) => {
    await answerJson(chat, 'threads.get_by_id', status('locked'));
    await chat.call('setThreadId', 'thr_scripted');
    await chat.page.locator('[aria-placeholder="Waiting for Ada"]').waitFor();
  },
  'a closed thread': async (chat) => {
    await answerJson(chat, 'threads.get_by_id', status('closed'));
    await chat.call('setThreadId', 'thr_scripted');
    await chat.page.getByRole('note').waitFor();
  },
};

/** Levels of all headings of the page and the chat, in order. */
const HEADINGS = `(() => {
  const chat = document.querySelector('openai-chatkit').shadowRoot;
  return [...document.querySelectorAll('h1'), ...chat.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .map(({ localName }) => Number(localName[1]));
})()`;

/** What axe and the browser object to, but for what the test itself has broken. */
async function objections(chat: Chat, rules?: readonly string[]): Promise<readonly string[]> {
  return (await chat.objections(rules)).filter((objection) => !objection.includes('Failed to load resource'));
}

/** All that the chat shows, open menus too. */
const TEXT = `document.querySelector('openai-chatkit').shadowRoot.textContent`;

describe('Nothing is to be objected to, light and dark, in', () => {
  it.each(Object.keys(STATES))('%s', async (name) => {
    const chat = await harness.open({ ...OPTIONS, theme: 'light' });
    await STATES[name]?.(chat);
    const widths = name.includes('history') ? [380, 1100] : [900];
    for (const width of widths) {
      await chat.page.setViewportSize({ width, height: 700 });
      expect([width, await objections(chat)]).toEqual([width, []]);
    }
    const shown = await chat.page.evaluate(TEXT);
    await chat.setOptions({ ...OPTIONS, theme: 'dark' });
    await expect(chat.page.locator('[data-scheme]')).toHaveAttribute('data-scheme', 'dark');
    await expect.poll(() => chat.page.evaluate(TEXT)).toBe(shown);
    // but for its colours, the second is as the first
    for (const width of widths) {
      await chat.page.setViewportSize({ width, height: 700 });
      expect([width, await objections(chat, ['color-contrast'])]).toEqual([width, []]);
    }
  });
});

describe('The headings', () => {
  it('follow each other without a gap from any level', async () => {
    const chat = await harness.open();
    const begin = (level: number) =>
      chat.page.evaluate(
        `document.querySelector('openai-chatkit').setAttribute('heading-level', '${level}')`,
      );
    const levels = async (): Promise<readonly number[]> => {
      const all = await chat.page.evaluate<number[]>(HEADINGS);
      return all.slice(1);
    };
    for (const level of [1, 2, 3, 4]) {
      await begin(level);
      await expect.poll(levels).toEqual([level, level + 1]);
    }
    await answerJson(chat, 'threads.get_by_id', FULL_THREAD);
    await chat.call('setThreadId', 'thr_scripted');
    for (const level of [1, 2, 3, 4]) {
      await begin(level);
      const [turn, first, second] = [level + 1, Math.min(6, level + 2), Math.min(6, level + 3)];
      await expect.poll(levels).toEqual([level, turn, turn, first, second, turn, turn]);
    }
  });

  it('begin with the title, where there is no header too', async () => {
    const chat = await harness.open({ header: { enabled: false }, frameTitle: 'Assistant' });
    await chat.page.getByRole('heading', { name: 'Assistant', level: 2 }).waitFor({ state: 'attached' });
    await chat.page.getByRole('region', { name: 'Assistant' }).waitFor();
    expect(await chat.objections()).toEqual([]);
  });
});
