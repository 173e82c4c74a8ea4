import { expect } from '@playwright/test';
import { answer, added, begun, done, showing, thread } from './harness/events.js';
import { useHarness, type Chat } from './harness/harness.js';
import { OpenAnswers, answerJson } from './harness/scripted.js';
import { field, form, show } from './harness/widgets.js';

const harness = useHarness();

type Engine = 'Chromium' | 'Safari';
const ENGINES: readonly Engine[] = ['Chromium', 'Safari'];

/** Presses a key in what has focus with which somebody ends or leads a composition, as the engine tells of it. */
async function pressComposing(chat: Chat, engine: Engine, key: string): Promise<void> {
  await chat.page.evaluate(`(() => {
    let target = document.activeElement;
    while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
    const composition = (type, data) =>
      target.dispatchEvent(new CompositionEvent(type, { data, bubbles: true, composed: true }));
    const press = (isComposing) =>
      target.dispatchEvent(new KeyboardEvent('keydown',
        { key: '${key}', keyCode: 229, isComposing, bubbles: true, composed: true, cancelable: true }));
    composition('compositionstart', '');
    composition('compositionupdate', 'にほ');
    if ('${engine}' === 'Chromium') press(true);
    composition('compositionend', '日本');
    if ('${engine}' === 'Safari') press(false);
  })()`);
}

describe.each(ENGINES)('While somebody composes, as %s tells of it,', (engine) => {
  it('Enter sends nothing, and the next one does', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello')));
    await chat.input.fill('日本');
    await pressComposing(chat, engine, 'Enter');
    await expect(chat.input).toHaveText('日本');
    await chat.input.press('Enter');
    await chat.log.getByText('Hello').waitFor();
    expect(chat.requests('threads.create')).toHaveLength(1);
  });

  it('Escape stops no answer', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(
      ...begun(reply.body),
      { type: 'stream_options', stream_options: { allow_cancel: true } },
      added(answer('Begun')),
    );
    await chat.log.getByText('Begun').waitFor();
    await chat.button('Stop response').waitFor();
    await chat.input.focus();
    await pressComposing(chat, engine, 'Escape');
    reply.send(done(answer('Begun and finished')));
    await chat.log.getByText('Begun and finished').waitFor();
    await open.close();
  });

  it('Enter, Tab, Escape and arrows do nothing in the list of mentions', async () => {
    const chat = await harness.open({
      entities: {
        onTagSearch: () =>
          Promise.resolve(['Ada', 'Alan'].map((title) => ({ id: title, title, interactive: false }))),
      },
    });
    await chat.input.click();
    await chat.page.keyboard.type('@A');
    const first = chat.page.getByRole('option', { name: 'Ada' });
    await expect(first).toHaveAttribute('aria-selected', 'true');
    for (const key of ['ArrowDown', 'Enter', 'Tab', 'Escape']) await pressComposing(chat, engine, key);
    await expect(first).toHaveAttribute('aria-selected', 'true');
    await expect(chat.input).toHaveText('@A');
    await chat.input.press('Enter');
    await expect(first).toHaveCount(0);
    await expect(chat.input.locator('.tag')).toHaveCount(1);
  });

  it('Enter chooses nothing in a select, and Escape does not close it', async () => {
    const chat = await harness.open();
    const options = Array.from({ length: 20 }, (_, at) => ({
      value: `c${at}`,
      label: `City ${at}`,
      description: 'x',
    }));
    const label = { type: 'Label', value: 'City of birth', fieldName: 'city' };
    await show(chat, form([label, { type: 'Select', name: 'city', options, searchable: true }]));
    await field(chat, 'City of birth').press('ArrowDown');
    const search = chat.log.getByRole('combobox');
    await expect(search).toBeFocused();
    for (const key of ['Enter', 'Escape', 'ArrowDown']) await pressComposing(chat, engine, key);
    await expect(search).toBeFocused();
    await search.press('Enter');
    await expect(search).toHaveCount(0);
    await expect(field(chat, 'City of birth')).toHaveText('City 0');
  });

  it('Enter and Escape leave a title that is being written, and the history, as they are', async () => {
    const chat = await harness.open();
    const data = [thread({ title: 'First' })];
    await answerJson(chat, 'threads.list', { data, has_more: false });
    await answerJson(chat, 'threads.update', thread({ title: '日本' }));
    await chat.button('Conversation history').click();
    await chat.page.getByRole('button', { name: /^Rename/ }).click();
    const title = chat.page.getByRole('textbox', { name: 'New title' });
    await title.fill('日本');
    for (const key of ['Enter', 'Escape']) await pressComposing(chat, engine, key);
    await expect(title).toBeFocused();
    expect(chat.requests('threads.update')).toEqual([]);
    await title.press('Enter');
    await chat.request('threads.update');
  });
});
