import { expect } from './expect.js';
import { useHarness, type Chat } from './harness/harness.js';
import { card, show, styleOf, text, updateEvent, widgetEvent } from './harness/widgets.js';

const harness = useHarness();

const button = (label: string, action: object, more: object = {}) => ({
  type: 'Button',
  label,
  onClickAction: { type: label.toLowerCase(), ...action },
  ...more,
});

const delta = (component_id: string, words: string, done: boolean) =>
  updateEvent({ type: 'widget.streaming_text.value_delta', component_id, delta: words, done });
const transition = (value: string) => ({
  type: 'Transition',
  children: { type: 'Text', key: value, value },
});

/** Holds the answers to requests of that type back until the result is called. */
async function hold(chat: Chat, type: string): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await chat.page.route('**/chatkit', async (route) => {
    const { type: asked } = route.request().postDataJSON() as { type: string };
    if (asked === type) await gate.promise;
    await route.fallback();
  });
  return gate.resolve;
}

describe('An update of a widget', () => {
  const name = { type: 'Input', id: 'name', name: 'name' };
  const news = { type: 'Checkbox', id: 'news', name: 'news', label: 'News' };

  it('keeps what was entered in the same fields and the focus, wherever they go', async () => {
    const chat = await harness.open();
    const before = card([{ type: 'Form', children: [name, news, button('Move', {})] }]);
    const moved = card([
      text('Moved'),
      {
        type: 'Form',
        onSubmitAction: { type: 'save' },
        children: [text('New'), { type: 'Col', children: [news, name] }],
      },
      button('Save', {}),
    ]);
    await show(chat, before, () => [updateEvent({ type: 'widget.root.updated', widget: moved })]);
    await chat.log.getByLabel('News').check();
    const field = chat.log.getByLabel('name', { exact: true });
    await field.fill('Ada');
    const release = await hold(chat, 'threads.custom_action');
    await chat.button('Move').click();
    await chat.request('threads.custom_action');
    await field.focus();
    release();
    await chat.log.getByText('Moved').waitFor();
    await expect(field).toHaveValue('Ada');
    await expect(chat.log.getByLabel('News')).toBeChecked();
    await expect(field).toBeFocused();
    expect(await chat.objections()).toEqual([]);
  });

  it('that takes the pressed button away leaves the focus in the widget', async () => {
    const chat = await harness.open();
    await show(chat, card([button('Finish', {})]), () => [
      widgetEvent(card([text('Finished')]), 'thread.item.replaced'),
    ]);
    await chat.button('Finish').press('Enter');
    await chat.log.getByText('Finished').waitFor();
    await expect(chat.log.locator('.widget')).toBeFocused();
  });

  it('changes one component, and lets text grow in another', async () => {
    const chat = await harness.open();
    const widget = card([
      text('Old', { id: 'one' }),
      text('Dear', { id: 'letter', streaming: true }),
      { type: 'Markdown', id: 'notes', value: '**No', streaming: true },
      button('Write', {}),
    ]);
    await show(chat, widget, () => [
      updateEvent({
        type: 'widget.component.updated',
        component_id: 'one',
        component: text('New', { id: 'one' }),
      }),
      delta('letter', ' Ada', false),
      delta('letter', ', hello', true),
      delta('notes', 'te**', true),
    ]);
    const letter = chat.log.getByText('Dear', { exact: true });
    const node = await letter.elementHandle();
    await chat.button('Write').click();
    await chat.log.getByText('New').waitFor();
    await chat.log.getByText('Dear Ada, hello').waitFor();
    await expect(chat.log.locator('strong')).toHaveText('Note');
    expect(await node?.evaluate((element) => element.isConnected)).toBe(true);
  });

  it('shows what is inside a transition, which moves only where movement is welcome', async () => {
    const chat = await harness.open();
    await show(chat, card([transition('First'), button('Next', {})]), () => [
      updateEvent({
        type: 'widget.root.updated',
        widget: card([transition('Second'), { type: 'Transition', children: null }]),
      }),
    ]);
    await chat.log.getByText('First').waitFor();
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
    await chat.button('Next').click();
    await chat.log.getByText('Second').waitFor();
    await expect
      .poll(() => styleOf(chat.log.locator('.w-transition').first(), 'animation-duration'))
      .toEqual(['1e-05s']);
    expect(await chat.objections()).toEqual([]);
  });
});
