import { expect } from './expect.js';
import { added, answer, begun, change, done, replying, showing, thread } from './harness/events.js';
import { useHarness } from './harness/harness.js';
import type { Chat, HarnessOptions } from './harness/harness.js';
import { OpenAnswers, answerJson } from './harness/scripted.js';

const harness = useHarness();

const ROOT = "document.querySelector('openai-chatkit').shadowRoot";

const OPTIONS: HarnessOptions = {
  api: { uploadStrategy: { type: 'two_phase' } },
  header: {
    leftAction: { icon: 'home', onClick: () => undefined },
    rightAction: { icon: 'settings-cog', onClick: () => undefined },
  },
  startScreen: { prompts: [{ label: 'What is new?', prompt: 'What is new?' }] },
  threadItemActions: { feedback: true, retry: true },
  composer: {
    attachments: { enabled: true },
    tools: [{ id: 'search', label: 'Search', icon: 'search' }],
    models: [{ id: 'small', label: 'Small' }],
  },
};

/** What has focus, by its name. */
const FOCUSED = `(() => {
  const inside = ${ROOT}.activeElement;
  if (!inside) return document.activeElement?.localName ?? 'nothing';
  return inside.getAttribute('aria-label') ?? inside.textContent.trim();
})()`;

const focused = (chat: Chat): Promise<string> => chat.page.evaluate<string>(FOCUSED);
const comesTo = (chat: Chat, name: string): Promise<void> => expect.poll(() => focused(chat)).toBe(name);

/** Presses the key once for each name, which it leads to. */
async function leadsTo(chat: Chat, key: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await chat.page.keyboard.press(key);
    await comesTo(chat, name);
  }
}

describe('Tab', () => {
  const order = [
    'Home',
    'Conversation history',
    'New conversation',
    'Settings cog',
    'Messages',
    'here',
    'Copy response',
    'Good response',
    'Bad response',
    'Retry response',
    'Message',
    'Attach files',
    'Add tools and more',
    'Model: Small',
    'Send message',
  ];

  it('leads from the header through the log and its actions to the composer, and out, both ways', async () => {
    const chat = await harness.open(OPTIONS);
    await chat.script(showing(answer('See [here](https://example.com/)')));
    await chat.ask('Hi');
    await chat.input.fill('More');
    await chat.button('Copy response').waitFor();
    await expect(chat.button('Send message')).toBeEnabled();
    await chat.page.evaluate(`${ROOT}.activeElement.blur()`);
    await chat.page.evaluate(
      'document.querySelector("h1").tabIndex = -1; document.querySelector("h1").focus()',
    );
    await leadsTo(chat, 'Tab', order);
    await chat.page.keyboard.press('Tab');
    await expect.poll(async () => order.slice(1).includes(await focused(chat))).toBe(false);
    await chat.button('Send message').focus();
    await leadsTo(chat, 'Shift+Tab', order.slice(0, -1).toReversed());
  });
});

describe('With the keyboard alone', () => {
  it('a prompt is sent, an answer is read, rated and tried again, and a new conversation begins', async () => {
    const chat = await harness.open({ ...OPTIONS, thread: { autoScroll: true } });
    await chat.script((body) =>
      body?.type === 'threads.retry_after_item'
        ? [done(answer('Once more'))]
        : showing(answer('A line\n\n'.repeat(80)))(body),
    );
    await answerJson(chat, 'items.feedback', {});
    await chat.button('What is new?').press('Enter');
    await chat.button('Copy response').waitFor();
    await comesTo(chat, 'Messages');
    const top = `${ROOT}.querySelector('.log').scrollTop`;
    await chat.holds(`${top} > 400`);
    await chat.page.keyboard.press('PageUp');
    // the page still moves up, smoothly, while the button is pressed
    const jump = chat.button('Jump to latest');
    await jump.press('Enter');
    await expect(jump).toHaveCount(0);
    await comesTo(chat, 'Messages');
    await chat.button('Good response').press('Space');
    await chat.request('items.feedback');
    await comesTo(chat, 'Good response');
    await chat.button('Retry response').press('Enter');
    await chat.log.getByText('Once more').waitFor();
    await comesTo(chat, 'Messages');
    await chat.button('New conversation').press('Enter');
    await comesTo(chat, 'Message');
  });

  it('the history opens and closes, and focus is where it was', async () => {
    const chat = await harness.open(OPTIONS);
    const data = [thread({ id: 'thr_1', title: 'Old' }), thread({ id: 'thr_2', title: 'Older' })];
    await answerJson(chat, 'threads.list', { data, has_more: false });
    await answerJson(chat, 'threads.delete', {});
    await chat.button('Conversation history').press('Enter');
    await comesTo(chat, 'Close history');
    const rows = ['Old', 'Rename Old', 'Delete Old', 'Older', 'Rename Older', 'Delete Older'];
    await chat.button('Delete Older').waitFor();
    await leadsTo(chat, 'Tab', rows);
    const pane = ['New conversation', 'Close history', ...rows, 'body', 'html'];
    for (let times = 0; times < 4; times += 1) {
      await chat.page.keyboard.press('Tab');
      expect(pane).toContain(await focused(chat));
    }
    await chat.button('Rename Old').press('Enter');
    await comesTo(chat, 'New title');
    await chat.page.keyboard.press('Escape');
    await comesTo(chat, 'Old');
    await chat.button('Delete Old').press('Enter');
    await comesTo(chat, 'Cancel');
    await chat.page.keyboard.press('Escape');
    await chat.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await comesTo(chat, 'Delete Old');
    await chat.page.keyboard.press('Enter');
    await chat.button('Delete').press('Enter');
    await chat.button('Old').waitFor({ state: 'detached' });
    await chat.holds(`${ROOT}.activeElement?.className === 'pane-body'`);
    await chat.page.keyboard.press('Escape');
    await chat.page.getByRole('dialog').waitFor({ state: 'detached' });
    await comesTo(chat, 'Conversation history');
  });

  it('sending with the button, putting a notice away and trying again leave focus near', async () => {
    const chat = await harness.open(OPTIONS);
    await chat.script(
      replying(
        { type: 'notice', level: 'info', message: 'News' },
        { type: 'error', code: 'stream.error', allow_retry: true },
      ),
    );
    await chat.input.fill('Hi');
    await chat.button('Send message').press('Enter');
    await chat.button('Try again').waitFor();
    await comesTo(chat, 'Message');
    await chat.button('Dismiss').press('Enter');
    await comesTo(chat, 'Message');
    await chat.script((body) =>
      body?.type === 'threads.retry_after_item' ? [done(answer('Once more'))] : undefined,
    );
    await chat.button('Try again').press('Enter');
    await chat.log.getByText('Once more').waitFor();
    await comesTo(chat, 'Messages');
  });
});

describe('Escape', () => {
  it('stops an answer from the composer, and from nowhere else', async () => {
    const chat = await harness.open(OPTIONS);
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(
      ...begun(reply.body),
      { type: 'stream_options', stream_options: { allow_cancel: true } },
      added(answer('')),
      change('text_delta', { delta: 'To begin with' }),
    );
    await chat.button('Stop response').waitFor();
    await chat.log.focus();
    await chat.page.keyboard.press('Escape');
    await chat.button('Add tools and more').press('Enter');
    await chat.page.getByRole('menu').waitFor();
    await chat.page.keyboard.press('Escape');
    await chat.page.getByRole('menu').waitFor({ state: 'detached' });
    await comesTo(chat, 'Add tools and more');
    reply.send(change('text_delta', { delta: ' this' }));
    await chat.log.getByText('To begin with this').waitFor();
    await chat.input.press('Escape');
    await chat.log.getByText('You stopped this response.').waitFor();
    await comesTo(chat, 'Message');
    await open.close();
  });
});

describe('Focus', () => {
  it('stays through an answer that grows, ends and is replaced', async () => {
    const chat = await harness.open(OPTIONS);
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body), added(answer('See [here](https://example.com/) and')));
    const link = chat.log.getByRole('link', { name: 'here' });
    await link.focus();
    reply.send(change('text_delta', { delta: ' more\n\nAnd' }));
    await chat.log.getByText('and more').waitFor();
    await comesTo(chat, 'here');
    reply.end(done(answer('See [here](https://example.com/) and more')));
    await chat.button('Copy response').waitFor();
    await comesTo(chat, 'here');
    await chat.setOptions({ ...OPTIONS, theme: 'dark' });
    await chat.holds(`${ROOT}.querySelector('.chat').dataset.scheme === 'dark'`);
    await comesTo(chat, 'here');
    await open.close();
  });
});
