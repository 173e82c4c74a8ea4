import { expect } from './expect.js';
import { useHarness, type Chat } from './harness/harness.js';
import { PIXEL, show, WIDGET_ID } from './harness/widgets.js';

const harness = useHarness();

const image = (src: string, more: object = {}) => ({ type: 'Image', src, ...more });
const card = (...children: readonly object[]) => ({ type: 'Card', children });

/** Answers with a widget in a thread whose images may only come from these domains. */
async function showFrom(chat: Chat, domains: readonly string[], widget: object): Promise<void> {
  await chat.script((request) => {
    const input = request?.params['input'];
    if (typeof input !== 'object') return undefined;
    const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' };
    const status = { type: 'active' };
    const thread = { id: 'thr_1', created_at: base.created_at, status, allowed_image_domains: domains };
    return [
      { type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } },
      {
        type: 'thread.item.done',
        item: { ...base, ...input, type: 'user_message', id: 'user_1', attachments: [] },
      },
      { type: 'thread.item.done', item: { ...base, id: WIDGET_ID, type: 'widget', widget } },
    ];
  });
  await chat.ask('Show it');
}

describe('An image in a widget', () => {
  it('has the measures and the look that it is given', async () => {
    const chat = await harness.open();
    const look = {
      alt: 'A square',
      size: 48,
      fit: 'contain',
      position: 'top right',
      radius: 'full',
      frame: true,
      background: 'red-100',
      margin: 1,
    };
    await show(
      chat,
      card(image(PIXEL, look), image('/favicon.svg', { alt: 'Wide', flush: true, height: 20 })),
    );
    const shown = chat.log.getByRole('img', { name: 'A square' });
    await expect(shown).toHaveCSS('width', '48px');
    await expect(shown).toHaveCSS('height', '48px');
    await expect(shown).toHaveCSS('object-fit', 'contain');
    await expect(shown).toHaveCSS('object-position', '100% 0%');
    await expect(shown).toHaveCSS('border-top-left-radius', '9999px');
    await expect(shown).toHaveCSS('border-top-width', '1px');
    await expect(shown).toHaveCSS('margin-left', '4px');
    const wide = chat.log.getByRole('img', { name: 'Wide' });
    await expect(wide).toHaveCSS('margin-left', '-16px');
    await expect(wide).toHaveCSS('border-top-left-radius', '0px');
    expect(await chat.objections()).toEqual([]);
  });

  it('from another place loads only when it is asked for, and then all from there', async () => {
    const chat = await harness.open();
    const asked: string[] = [];
    chat.page.on('request', (request) => {
      if (request.url().includes('elsewhere.test')) asked.push(request.url());
    });
    const children = ['a', 'b'].map((name) => ({
      type: 'ListViewItem',
      children: [image(`https://elsewhere.test/${name}.png`, { alt: name, size: 40 })],
      onClickAction: { type: 'open' },
    }));
    await show(chat, { type: 'ListView', children });
    const ask = chat.log.getByTitle('Show image from elsewhere.test: a');
    await ask.waitFor();
    expect(asked).toEqual([]);
    expect(await chat.objections()).toEqual([]);
    await ask.click();
    await chat.log.getByRole('img', { name: 'b' }).waitFor();
    expect(chat.requests('threads.custom_action')).toEqual([]);
  });

  it('comes from no other domain than the thread allows, if it names any', async () => {
    const chat = await harness.open();
    await showFrom(
      chat,
      ['pictures.test'],
      card(
        image('https://elsewhere.test/a.png', { alt: 'Not this' }),
        image('https://cdn.pictures.test/b.png', { alt: 'But this' }),
      ),
    );
    await chat.log.getByRole('img', { name: 'But this' }).waitFor();
    await chat.log.getByText('Not this').waitFor();
    await expect(chat.log.getByRole('img', { name: 'Not this' })).toHaveCount(0);
    expect(chat.complaints.all.filter((text) => text.includes('elsewhere'))).toEqual([]);
  });

  describe('that has no address to load', () => {
    let chat: Chat;

    beforeAll(async () => {
      chat = await harness.open();
    });
    beforeEach(() => chat.call('setThreadId', null));

    it.each(['javascript:alert(1)', 'http://elsewhere.test/a.png', 'data:image/svg+xml,<svg/>', 'https://['])(
      'but %s is none, only its words',
      async (src) => {
        await show(chat, card(image(src, { alt: 'In words' })));
        await chat.log.getByText('In words').waitFor();
        await expect(chat.log.locator('.widget img')).toHaveCount(0);
        expect(await chat.objections()).toEqual([]);
      },
    );
  });
});
