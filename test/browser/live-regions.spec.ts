import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import type { Chat } from './harness/harness.js';
import { added, answer, begun, change, done, replying, showing, widget } from './harness/events.js';
import { OpenAnswers } from './harness/scripted.js';

const harness = useHarness();

const ROOT = "document.querySelector('openai-chatkit').shadowRoot";

/** Keeps everything that the status of the chat says from here on. */
async function listen(chat: Chat): Promise<() => Promise<readonly string[]>> {
  await chat.page.evaluate(`(() => {
    window.said = [];
    const status = ${ROOT}.querySelector('[role=status][aria-atomic]');
    new MutationObserver(() => {
      const text = status.textContent;
      if (text !== '' && window.said.at(-1) !== text) window.said.push(text);
    }).observe(status, { childList: true, characterData: true, subtree: true });
  })()`);
  return () => chat.page.evaluate<string[]>('window.said');
}

/** Live regions that hold more than text. */
const RICH = `[...${ROOT}.querySelectorAll('[role=alert], [role=status], [aria-live=polite], [aria-live=assertive]')]
  .filter((region) => region.children.length > 0).map((region) => region.outerHTML)`;

describe('What is read out', () => {
  it('is that an answer comes and then, once, what it says in plain words', async () => {
    const chat = await harness.open();
    const said = await listen(chat);
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body), added(answer('')));
    for (const delta of ['# Yes\n\nIt ', '**rains** ', 'in [Rome](https://rome.test/).']) {
      reply.send(change('text_delta', { delta }));
      const words =
        delta
          .replaceAll(/[#*[\]]|\(.*\)/g, '')
          .trim()
          .split('\n')
          .at(-1) ?? '';
      await chat.log.getByText(words).waitFor();
    }
    await expect.poll(said).toEqual(['Assistant is responding']);
    reply.end(done(answer('# Yes\n\nIt **rains** in [Rome](https://rome.test/).')));
    await expect.poll(said).toEqual(['Assistant is responding', 'Yes It rains in Rome.']);
    await expect(chat.log).toHaveAttribute('aria-live', 'off');
    await expect.poll(() => chat.page.evaluate(RICH)).toEqual([]);
    await open.close();
  });

  it('is no more than the beginning of a long answer, and the text of a widget', async () => {
    const chat = await harness.open();
    const said = await listen(chat);
    await chat.script(
      showing(answer('This is a sentence. '.repeat(100)), widget([{ type: 'Text', value: 'Card' }])),
    );
    await chat.ask('Hi');
    await expect.poll(said).toHaveLength(2);
    const [, text = ''] = await said();
    expect(text.length).toBeLessThanOrEqual(600);
    expect(text).toMatch(/sentence\.$/);
    await chat.script(showing(widget([{ type: 'Text', value: 'A card' }], { id: 'w' })));
    await chat.ask('Hi');
    await expect.poll(async () => (await said()).slice(2)).toEqual(['Assistant is responding', 'A card']);
  });

  it('is nothing of a conversation that is opened', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello')));
    await chat.ask('Hi');
    await chat.page.getByRole('status').getByText('Hello').waitFor();
    const said = await listen(chat);
    await chat.call('setThreadId', null);
    await chat.page.getByRole('heading', { name: 'What can I help with today?' }).waitFor();
    await chat.button('Conversation history').click();
    await chat.page.getByRole('dialog').waitFor();
    expect(await said()).toEqual([]);
  });

  it('is an error as an alert and a notice as words', async () => {
    const chat = await harness.open();
    const said = await listen(chat);
    await chat.script(
      replying(
        { type: 'notice', level: 'warning', title: 'Soon', message: 'We **close** at six' },
        { type: 'error', code: 'custom', message: 'No more paper', allow_retry: true },
      ),
    );
    await chat.ask('Hi');
    await chat.log.getByRole('alert').getByText('No more paper').waitFor();
    await expect.poll(said).toContain('Soon: We close at six');
    expect((await said()).join(' ')).not.toContain('paper');
    await expect.poll(() => chat.page.evaluate(RICH)).toEqual([]);
  });
});
