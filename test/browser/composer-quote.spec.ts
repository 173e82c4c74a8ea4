import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';

const harness = useHarness();

describe('Selected text of an answer', () => {
  it('offers to reply to it, and the message shows and sends the quote', async () => {
    const chat = await harness.open();
    await chat.ask('Hello');
    await chat.log
      .getByText('offline')
      .first()
      .dblclick({ position: { x: 12, y: 8 } });
    const reply = chat.button('Reply');
    await reply.waitFor();
    expect(await chat.objections()).toEqual([]);
    await reply.focus();
    await chat.page.keyboard.press('Enter');
    const quote = chat.page.locator('.reply blockquote');
    await expect(quote).not.toBeEmpty();
    const words = await quote.innerText();
    expect(await chat.objections()).toEqual([]);

    await expect(chat.input).toBeFocused();
    await chat.page.keyboard.type('What do you mean?');
    await chat.page.keyboard.press('Enter');
    const { params } = await chat.request('threads.add_user_message');
    expect(params['input']).toMatchObject({ quoted_text: words });
    await quote.waitFor({ state: 'detached' });
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.reload({ initialThread: chat.threadId });
    await chat.log.locator('blockquote', { hasText: words }).waitFor();
  });

  it('is forgotten again with the remove button, and focus is in the text', async () => {
    const chat = await harness.open();
    await chat.call('setComposerValue', { text: 'Draft', reply: 'Quoted words' });
    await chat.button('Remove quote').press('Enter');
    await chat.page.getByText('Quoted words').waitFor({ state: 'detached' });
    await expect(chat.input).toBeFocused();
    await chat.page.keyboard.type('!');
    await chat.page.keyboard.press('Enter');
    expect((await chat.request('threads.create')).params['input']).toMatchObject({
      content: [{ type: 'input_text', text: 'Draft!' }],
      quoted_text: '',
    });
  });

  it('of one’s own message offers nothing', async () => {
    const chat = await harness.open();
    await chat.ask('Something of mine');
    await chat.log.getByText('Something of mine').first().dblclick();
    await expect(chat.button('Reply')).toHaveCount(0);
  });
});
