import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import { field, form, sentAction, sentValues, show } from './harness/widgets.js';

const harness = useHarness();

describe('The values of a form', () => {
  it('nest by their dotted names and go with every action from inside', async () => {
    const chat = await harness.open();
    const fields = [
      { type: 'Input', name: 'todo.title', defaultValue: 'Buy milk' },
      { type: 'Input', name: 'elements', defaultValue: 'A name that forms have too' },
      { type: 'Button', label: 'Look', onClickAction: { type: 'look', payload: { todo: { id: 7 } } } },
    ];
    await show(chat, form(fields));
    await field(chat, 'elements').waitFor();
    const values = { todo: { title: 'Buy milk' }, elements: 'A name that forms have too' };
    await chat.button('Look').click();
    expect(await sentAction(chat)).toEqual({
      type: 'look',
      payload: { ...values, todo: { id: 7, title: 'Buy milk' } },
    });
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.button('Save').click();
    expect(await sentAction(chat, 2)).toEqual({ type: 'save', payload: values });
    expect(chat.events('onError')).toEqual([]);
  });

  it('give way to the payload, and the page is told', async () => {
    const chat = await harness.open();
    const onSubmitAction = { type: 'save', payload: { room: 'fern' } };
    const fields = [
      { type: 'Input', name: 'room', defaultValue: 'moss' },
      { type: 'Input', name: 'seats', defaultValue: '4' },
    ];
    await show(chat, form(fields, { onSubmitAction }));
    await field(chat, 'room').press('Enter');
    expect(await sentValues(chat)).toEqual({ room: 'fern', seats: '4' });
    await expect
      .poll(() => chat.events('onError'))
      .toEqual([{ error: { message: 'Form values hidden by the payload: room' } }]);
  });

  it('of a card go with its confirmation once they are valid, and with its cancellation at any time', async () => {
    const chat = await harness.open();
    const card = {
      type: 'Card',
      asForm: true,
      children: [{ type: 'Input', name: 'to', required: true }],
      confirm: { label: 'Send it', action: { type: 'send' } },
      cancel: { label: 'Discard', action: { type: 'discard' } },
    };
    // What waits is pale for a moment longer.
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
    await show(chat, card);
    await field(chat, 'to').waitFor();
    await chat.button('Send it').click();
    await chat.button('Discard').click();
    expect(await sentAction(chat)).toEqual({ type: 'discard', payload: { to: '' } });
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
    await field(chat, 'to').fill('Ben');
    await chat.button('Send it').click();
    expect(await sentAction(chat, 2)).toEqual({ type: 'send', payload: { to: 'Ben' } });
    await chat.until(() => chat.events('onResponseEnd').length === 3);
    await chat.log.locator('.widget[aria-busy="false"]:not([inert])').waitFor();
    expect(await chat.objections()).toEqual([]);
  });

  it('are not sent before the fields are there', async () => {
    const chat = await harness.open();
    await chat.page.route('**/chatkit-forms-*.js*', (route) => route.abort());
    await show(chat, form([{ type: 'Input', name: 'to', required: true }]));
    await chat.button('Save').click();
    await chat.page.keyboard.press('Enter');
    // what comes after them is sent, and nothing before it
    await chat.call('sendCustomAction', { type: 'look' });
    expect(await sentAction(chat)).toMatchObject({ type: 'look' });
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
  });

  it('are checked before a submit button runs an action of its own', async () => {
    const chat = await harness.open();
    const own = { type: 'Button', label: 'Save as draft', submit: true, onClickAction: { type: 'draft' } };
    await show(chat, form([{ type: 'Input', name: 'to', required: true }, own]));
    await field(chat, 'to').waitFor();
    await chat.button('Save as draft').click();
    await field(chat, 'to').fill('Ben');
    await chat.button('Save as draft').click();
    expect(await sentAction(chat)).toEqual({ type: 'draft', payload: { to: 'Ben' } });
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
  });
});
