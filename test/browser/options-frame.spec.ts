import { expect } from './expect.js';
import { added, answer, begun, done, replying, showing, thread, update } from './harness/events.js';
import { useHarness, type Chat } from './harness/harness.js';
import { OpenAnswers, answerJson } from './harness/scripted.js';

const harness = useHarness();

/** Asks for an answer of as many lines as are then sent. */
async function askForLines(chat: Chat, question: string) {
  const open = await OpenAnswers.hold(chat, 'threads.create', 'threads.add_user_message');
  await chat.input.fill(question);
  await chat.input.press('Enter');
  const reply = await open.next();
  const id = 'counting';
  reply.send(...begun(reply.body, 2), added(answer('', { id })));
  let lines = 0;
  return async (count: number): Promise<void> => {
    const numbers = Array.from({ length: count }, () => (lines += 1));
    const deltas = numbers.map((line) => ({ content_index: 0, delta: `Line ${line}\n\n` }));
    const type = 'assistant_message.content_part.text_delta';
    reply.send(...deltas.map((delta) => update(id, { type, ...delta })));
    await chat.log.getByText(`Line ${lines}`, { exact: true }).waitFor();
  };
}

describe('The header', () => {
  it('can be left out, and the chat has the name that it is given', async () => {
    const chat = await harness.open({ frameTitle: 'Help desk' });
    await chat.page.getByRole('region', { name: 'Help desk' }).waitFor();
    await expect(chat.button('Conversation history')).toHaveCount(1);
    await chat.setOptions({ header: { enabled: false } });
    await chat.page.getByRole('region', { name: 'Chat', exact: true }).waitFor();
    await expect(chat.button('Conversation history')).toHaveCount(0);
    await expect(chat.button('New conversation')).toHaveCount(0);
    expect(await chat.objections()).toEqual([]);
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
    await expect(chat.page.getByText('About rooms')).toHaveCount(0);
    await chat.setOptions({ header: { title: { enabled: false } } });
    await chat.page.locator('h2.sr').waitFor();
    expect(await chat.objections()).toEqual([]);
  });

  it('has a button of the page on each side, with an icon and a name', async () => {
    const chat = await harness.open({
      header: {
        leftAction: { icon: 'sidebar-left', onClick: () => undefined },
        rightAction: { icon: 'settings-cog', onClick: () => undefined },
      },
    });
    for (const name of ['Sidebar left', 'Settings cog'])
      await expect(chat.button(name).locator('svg path')).not.toHaveCount(0);
    await chat.button('Sidebar left').click();
    await chat.button('Settings cog').press('Enter');
    await chat.until(() => chat.calls('header.rightAction.onClick').length === 1);
    await expect.poll(() => chat.calls('header.leftAction.onClick')).toEqual([[]]);
    expect(await chat.objections()).toEqual([]);
  });
});

describe('The history', () => {
  it('that is off has no button and loads no list', async () => {
    const chat = await harness.open({ history: { enabled: false } });
    await chat.script(showing(answer('Hello yourself')));
    await chat.ask('Hello');
    await chat.log.getByText('Hello yourself').waitFor();
    await expect(chat.button('Conversation history')).toHaveCount(0);
    expect(chat.requests('threads.list')).toEqual([]);
  });

  it('offers to rename and to delete, each unless it is switched off', async () => {
    const chat = await harness.open();
    await answerJson(chat, 'threads.list', { data: [thread({ title: 'Mine' })], has_more: false });
    await chat.button('Conversation history').click();
    await chat.button('Rename Mine').waitFor();
    await chat.button('Delete Mine').waitFor();
    await chat.setOptions({ history: { showRename: false } });
    await chat.button('Rename Mine').waitFor({ state: 'detached' });
    await expect(chat.button('Delete Mine')).toHaveCount(1);
    await chat.setOptions({ history: { showDelete: false } });
    await chat.button('Delete Mine').waitFor({ state: 'detached' });
    await expect(chat.button('Rename Mine')).toHaveCount(1);
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
    await expect(chat.button('Explain').locator('svg path')).not.toHaveCount(0);
    expect(await chat.objections()).toEqual([]);
    await chat.input.fill('My draft');
    await chat.button('Explain').click();
    expect((await chat.request('threads.create')).params['input']).toMatchObject({
      content: [{ type: 'input_text', text: 'Explain ' }, tag],
    });
    await chat.log.getByText('Of course').waitFor();
    await expect(chat.page.getByText('Good morning')).toHaveCount(0);
    await expect(chat.input).toHaveText('My draft');
    await chat.button('New conversation').click();
    await chat.button('Simply').click();
    expect((await chat.request('threads.create', 2)).params['input']).toMatchObject({
      content: [{ type: 'input_text', text: 'Simply that' }],
    });
  });
});

describe('The first thread', () => {
  it('that is not there leads to the start screen, says so, and is told', async () => {
    const chat = await harness.open({ initialThread: 'thr_unknown' });
    await chat.page.getByText('This conversation no longer exists.').waitFor();
    await chat.page.getByText('What can I help with today?').waitFor();
    await expect.poll(() => chat.events('onThreadLoadStart')).toEqual([{ threadId: 'thr_unknown' }]);
    await expect.poll(() => chat.events('onThreadLoadEnd')).toEqual([{ threadId: 'thr_unknown' }]);
    await expect.poll(() => chat.events('onThreadChange')).toEqual([{ threadId: null }]);
    await expect.poll(() => chat.events('onError')).toHaveLength(1);
    await chat.script(showing(answer('Hello yourself')));
    await chat.ask('Hello');
    await chat.log.getByText('Hello yourself').waitFor();
  });
});

describe('Under an answer', () => {
  it('there are the buttons that the options ask for, and always the one to copy', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Done')));
    await chat.ask('Hello');
    await chat.button('Copy response').waitFor();
    await expect(chat.button('Good response')).toHaveCount(0);
    await expect(chat.button('Retry response')).toHaveCount(0);
    await chat.setOptions({ threadItemActions: { feedback: true, retry: true } });
    await chat.button('Good response').waitFor();
    await chat.button('Bad response').waitFor();
    await chat.button('Retry response').waitFor();
    await chat.button('Copy response').waitFor();
  });
});

describe('The disclaimer', () => {
  it('is Markdown whose links open elsewhere, with no way in for anything else', async () => {
    const text =
      'Check [facts](https://example.org). <img src=x onerror=alert(1)> [bad](javascript:alert(1))';
    const chat = await harness.open({ disclaimer: { text } });
    const link = chat.page.getByRole('link', { name: 'facts' });
    await expect(link).toHaveAttribute('href', 'https://example.org/');
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(chat.page.getByRole('link', { name: 'bad' })).toHaveCount(0);
    await expect(chat.page.locator('.disclaimer img')).toHaveCount(0);
    const colour = (): Promise<unknown> =>
      chat.page.evaluate(
        "getComputedStyle(document.querySelector('openai-chatkit').shadowRoot.querySelector('.disclaimer p')).color",
      );
    const quiet = await colour();
    await chat.setOptions({ disclaimer: { text, highContrast: true } });
    await chat.page.locator('.disclaimer.strong').waitFor();
    await expect.poll(colour).not.toBe(quiet);
    expect(await chat.objections()).toEqual([]);
  });
});

describe('A long answer', () => {
  const log = "document.querySelector('openai-chatkit').shadowRoot.querySelector('.log')";
  const top = `${log}.scrollTop`;
  /** True once it has not moved for so long that a busy machine's frames cannot have hidden it. */
  const still = `(window.was === ${top}
    ? performance.now() - window.since > 500
    : ((window.was = ${top}), (window.since = performance.now()), false))`;
  const rest = `(${log}.scrollHeight - ${log}.clientHeight - ${top})`;

  it('grows below the question, which stays at the top', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello yourself')));
    await chat.ask('Hello');
    const send = await askForLines(chat, 'Count to 100');
    for (const _ of Array.from({ length: 10 })) await send(10);
    const fromTop = async (): Promise<number> => {
      const whole = await chat.log.boundingBox();
      const question = await chat.log.getByText('Count to 100', { exact: true }).boundingBox();
      return (question?.y ?? Infinity) - (whole?.y ?? 0);
    };
    await expect.poll(fromTop).toBeLessThan(60);
    await expect.poll(() => chat.page.evaluate<number>(rest)).toBeGreaterThan(100);
    await chat.button('Jump to latest').waitFor();
  });

  it('is followed with autoScroll, as long as the reader stays at its end', async () => {
    const chat = await harness.open({ thread: { autoScroll: true } });
    const send = await askForLines(chat, 'Count on');
    for (const _ of Array.from({ length: 10 })) await send(10);
    await chat.holds(`${rest} < 48 && ${top} > 100`);
    await chat.log.hover();
    await chat.page.mouse.wheel(0, -400);
    await chat.button('Jump to latest').waitFor();
    await chat.holds(still);
    const place = await chat.page.evaluate(top);
    const height = await chat.page.evaluate<number>(`${log}.scrollHeight`);
    await send(50);
    await chat.holds(`${log}.scrollHeight > ${height + 200}`);
    expect(await chat.page.evaluate(top)).toBe(place);
    await chat.button('Jump to latest').click();
    await chat.holds(`${rest} < 48`);
  });
});

it('The chat sends nothing to another origin in any of this', () => {
  expect(harness.foreignRequests).toEqual([]);
});
