import { answer, done, replying, showing, thread } from './harness/events.js';
import { Harness } from './harness/harness.js';
import { answerJson } from './harness/scripted.js';

let harness: Harness;

beforeAll(async () => {
  harness = await Harness.start();
});

afterAll(() => harness?.close());

describe('The header', () => {
  it('can be left out, and the chat has the name that it is given', async () => {
    const chat = await harness.open({ frameTitle: 'Help desk' });
    await chat.page.getByRole('region', { name: 'Help desk' }).waitFor();
    expect(await chat.button('Conversation history').count()).toBe(1);
    await chat.setOptions({ header: { enabled: false } });
    await chat.page.getByRole('region', { name: 'Chat', exact: true }).waitFor();
    expect(await chat.button('Conversation history').count()).toBe(0);
    expect(await chat.button('New conversation').count()).toBe(0);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('shows the title of the thread as soon as it has one, unless it has a text of its own', async () => {
    const chat = await harness.open();
    await chat.script(
      replying(done(answer('Hi')), { type: 'thread.updated', thread: thread({ title: 'About rooms' }) }),
    );
    await chat.ask('Hello');
    await chat.page.getByRole('heading', { level: 2, name: 'About rooms' }).waitFor();
    await chat.setOptions({ header: { title: { text: 'Our assistant' } } });
    await chat.page.getByRole('heading', { level: 2, name: 'Our assistant' }).waitFor();
    expect(await chat.page.getByText('About rooms').count()).toBe(0);
    await chat.setOptions({ header: { title: { enabled: false } } });
    await chat.page.locator('h2.sr').waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('has a button of the page on each side, with an icon and a name', async () => {
    const chat = await harness.open({
      header: {
        leftAction: { icon: 'sidebar-left', onClick: () => undefined },
        rightAction: { icon: 'settings-cog', onClick: () => undefined },
      },
    });
    for (const name of ['Sidebar left', 'Settings cog'])
      expect(await chat.button(name).locator('svg path').count()).toBeGreaterThan(0);
    await chat.button('Sidebar left').click();
    await chat.button('Settings cog').press('Enter');
    await chat.until(() => chat.calls('header.rightAction.onClick').length === 1);
    expect(chat.calls('header.leftAction.onClick')).toEqual([[]]);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });
});

describe('The history', () => {
  it('that is off has no button and loads no list', async () => {
    const chat = await harness.open({ history: { enabled: false } });
    await chat.ask('Hello');
    expect(await chat.button('Conversation history').count()).toBe(0);
    expect(chat.requests('threads.list')).toEqual([]);
    await chat.leave();
  });

  it('offers to rename and to delete, each unless it is switched off', async () => {
    const chat = await harness.open();
    await answerJson(chat, 'threads.list', { data: [thread({ title: 'Mine' })], has_more: false });
    await chat.button('Conversation history').click();
    await chat.button('Rename Mine').waitFor();
    await chat.button('Delete Mine').waitFor();
    await chat.setOptions({ history: { showRename: false } });
    await chat.button('Rename Mine').waitFor({ state: 'detached' });
    expect(await chat.button('Delete Mine').count()).toBe(1);
    await chat.setOptions({ history: { showDelete: false } });
    await chat.button('Delete Mine').waitFor({ state: 'detached' });
    expect(await chat.button('Rename Mine').count()).toBe(1);
    await chat.leave();
  });
});

describe('The start screen', () => {
  it('greets, and sends a prompt at once with the tags that are in it', async () => {
    const tag = {
      type: 'input_tag' as const,
      id: 'e1',
      text: 'Plan',
      data: { page: '3' },
      interactive: true,
    };
    const chat = await harness.open({
      startScreen: {
        greeting: 'Good morning',
        prompts: [
          { label: 'Explain', prompt: [{ type: 'input_text', text: 'Explain ' }, tag], icon: 'lightbulb' },
          { label: 'Simply', prompt: 'Simply that' },
        ],
      },
    });
    await chat.script(showing(answer('Of course')));
    await chat.page.getByRole('heading', { name: 'Good morning' }).waitFor();
    expect(await chat.button('Explain').locator('svg path').count()).toBeGreaterThan(0);
    expect(await chat.objections()).toEqual([]);
    await chat.input.fill('My draft');
    await chat.button('Explain').click();
    expect((await chat.request('threads.create')).params['input']).toMatchObject({
      content: [{ type: 'input_text', text: 'Explain ' }, tag],
    });
    await chat.log.getByText('Of course').waitFor();
    expect(await chat.page.getByText('Good morning').count()).toBe(0);
    expect(await chat.input.innerText()).toBe('My draft');
    await chat.button('New conversation').click();
    await chat.button('Simply').click();
    expect((await chat.request('threads.create', 2)).params['input']).toMatchObject({
      content: [{ type: 'input_text', text: 'Simply that' }],
    });
    await chat.leave();
  });
});

describe('The first thread', () => {
  it('that is not there leads to the start screen, says so, and is told', async () => {
    const chat = await harness.open({ initialThread: 'thr_unknown' });
    await chat.page.getByText('This conversation no longer exists.').waitFor();
    await chat.page.getByText('What can I help with today?').waitFor();
    expect(chat.events('onThreadLoadStart')).toEqual([{ threadId: 'thr_unknown' }]);
    expect(chat.events('onThreadLoadEnd')).toEqual([{ threadId: 'thr_unknown' }]);
    expect(chat.events('onThreadChange')).toEqual([{ threadId: null }]);
    expect(chat.events('onError')).toHaveLength(1);
    await chat.ask('Hello');
    await chat.log.getByText('I am offline').waitFor();
    await chat.leave();
  });
});

describe('Under an answer', () => {
  it('there are the buttons that the options ask for, and always the one to copy', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Done')));
    await chat.ask('Hello');
    await chat.button('Copy response').waitFor();
    expect(await chat.button('Good response').count()).toBe(0);
    expect(await chat.button('Retry response').count()).toBe(0);
    await chat.setOptions({ threadItemActions: { feedback: true, retry: true } });
    await chat.button('Good response').waitFor();
    await chat.button('Bad response').waitFor();
    await chat.button('Retry response').waitFor();
    await chat.button('Copy response').waitFor();
    await chat.leave();
  });
});

describe('The disclaimer', () => {
  it('is Markdown whose links open elsewhere, with no way in for anything else', async () => {
    const text =
      'Check [facts](https://example.org). <img src=x onerror=alert(1)> [bad](javascript:alert(1))';
    const chat = await harness.open({ disclaimer: { text } });
    const link = chat.page.getByRole('link', { name: 'facts' });
    expect(await link.getAttribute('href')).toBe('https://example.org/');
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await chat.page.getByRole('link', { name: 'bad' }).count()).toBe(0);
    expect(await chat.page.locator('.disclaimer img').count()).toBe(0);
    const colour = (): Promise<unknown> =>
      chat.page.evaluate(
        "getComputedStyle(document.querySelector('openai-chatkit').shadowRoot.querySelector('.disclaimer p')).color",
      );
    const quiet = await colour();
    await chat.setOptions({ disclaimer: { text, highContrast: true } });
    await chat.page.locator('.disclaimer.strong').waitFor();
    expect(await colour()).not.toBe(quiet);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });
});

describe('A long answer', () => {
  const log = "document.querySelector('openai-chatkit').shadowRoot.querySelector('.log')";
  const top = `${log}.scrollTop`;
  /** True once it has not moved from one frame to the next. */
  const still = `(window.was === ${top} || ((window.was = ${top}), false))`;
  const rest = `(${log}.scrollHeight - ${log}.clientHeight - ${top})`;

  it('grows below the question, which stays at the top', async () => {
    const chat = await harness.open();
    await chat.ask('Hello');
    await chat.input.fill('Count to 500');
    await chat.input.press('Enter');
    await chat.log.getByText('499').waitFor();
    const { y: logTop = 0 } = (await chat.log.boundingBox()) ?? {};
    const question = await chat.log.getByText('Count to 500', { exact: true }).boundingBox();
    expect((question?.y ?? 0) - logTop).toBeLessThan(60);
    expect(await chat.page.evaluate<number>(rest)).toBeGreaterThan(100);
    await chat.button('Jump to latest').waitFor();
    await chat.leave();
  });

  it('is followed with autoScroll, as long as the reader stays at its end', async () => {
    const chat = await harness.open({ thread: { autoScroll: true } });
    await chat.input.fill('Count to 2000');
    await chat.input.press('Enter');
    await chat.log.getByText('300').first().waitFor();
    await chat.holds(`${rest} < 48 && ${top} > 100`);
    await chat.log.hover();
    await chat.page.mouse.wheel(0, -400);
    await chat.button('Jump to latest').waitFor();
    await chat.holds(still);
    const place = await chat.page.evaluate(top);
    const height = await chat.page.evaluate<number>(`${log}.scrollHeight`);
    await chat.holds(`${log}.scrollHeight > ${height + 200}`);
    expect(await chat.page.evaluate(top)).toBe(place);
    await chat.button('Jump to latest').click();
    await chat.holds(`${rest} < 48`);
    await chat.leave();
  });
});

it('The chat sends nothing to another origin in any of this', () => {
  expect(harness.foreignRequests).toEqual([]);
});
