import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import { PIXEL, boxOf, card, sentAction, show, styleOf, text } from './harness/widgets.js';

const harness = useHarness();

const item = (value: string, more: object = {}) => ({
  type: 'ListViewItem',
  children: [text(value)],
  ...more,
});

describe('A card', () => {
  it('has a size, a padding, a background, a border and a line of status', async () => {
    const chat = await harness.open({}, { width: 1200 });
    await show(
      chat,
      card([text('Inside')], {
        size: 'sm',
        padding: { x: 5, top: '7px' },
        background: 'linear-gradient(90deg, rgb(255 0 0), rgb(0 0 255))',
        border: { size: 3, color: 'strong', style: 'dashed' },
        status: { text: 'Waiting', icon: 'clock' },
      }),
    );
    const shell = chat.log.locator('.w-card');
    await expect
      .poll(() => styleOf(shell, 'width', 'border-top-width', 'border-top-style'))
      .toEqual(['360px', '3px', 'dashed']);
    await expect(shell).toHaveCSS('background-image', /linear-gradient/);
    await expect
      .poll(() => styleOf(boxOf(chat, 'Inside'), 'padding-left', 'padding-top'))
      .toEqual(['20px', '7px']);
    await chat.log.getByText('Waiting').waitFor();
    await expect(chat.log.locator('.w-status svg')).toHaveCount(1);
    expect(await chat.objections()).toEqual([]);
  });

  it('of each size is wider than the one before, and full takes all there is', async () => {
    const chat = await harness.open({}, { width: 1200 });
    const sizes = ['sm', 'md', 'lg', 'full'];
    const children = sizes.map((size) => card([text(`Card ${size}`)], { size }));
    await show(chat, { type: 'Basic', children });
    const cards = chat.log.locator('.w-card');
    const wider = () =>
      cards.evaluateAll((shells) => {
        const widths = shells.map((shell) => shell.getBoundingClientRect().width);
        return widths.map((width, at) => width > (widths[at - 1] ?? 0));
      });
    await expect.poll(wider).toEqual([true, true, true, true]);
  });

  it('shows where it comes from by a small image in a frame, and no image from another place', async () => {
    const chat = await harness.open();
    const favicons = [PIXEL, 'https://elsewhere.test/icon.png', 'javascript:alert(1)'];
    const children = favicons.map((favicon, at) =>
      card([text(`Card ${at}`)], { status: { text: `From ${at}`, favicon, frame: true } }),
    );
    await show(chat, { type: 'Basic', children });
    await chat.log.getByText('From 2').waitFor();
    await expect(chat.log.locator('.w-favicon.frame')).toHaveCount(1);
    await expect(chat.log.locator('.w-status svg')).toHaveCount(2);
    expect(await chat.objections()).toEqual([]);
  });

  it('keeps a theme of its own in a light chat, below another root as well', async () => {
    const chat = await harness.open({ theme: 'light' });
    const tone = { color: { light: 'rgb(1, 2, 3)', dark: 'rgb(240, 241, 242)' } };
    const children = [
      text('Outside', tone),
      card([text('Within', tone), text('Plain')], { theme: 'dark' }),
      card([text('Odd', tone)], { theme: 'sepia' }),
    ];
    await show(chat, { type: 'Basic', children });
    const toneOf = async (words: string) => (await styleOf(chat.log.getByText(words), 'color'))[0];
    await expect.poll(() => toneOf('Outside')).toBe('rgb(1, 2, 3)');
    await expect.poll(() => toneOf('Within')).toBe('rgb(240, 241, 242)');
    await expect.poll(() => toneOf('Odd')).toBe('rgb(1, 2, 3)');
    await expect.poll(() => styleOf(boxOf(chat, 'Within'), 'color-scheme')).toEqual(['dark']);
    expect(await chat.objections()).toEqual([]);
  });

  it('that is collapsed shows what is inside when it is asked to', async () => {
    const chat = await harness.open();
    await show(chat, card([text('The letter')], { collapsed: true, status: { text: 'Sent' } }));
    await chat.log.getByText('Sent').waitFor();
    await expect(chat.log.getByText('The letter')).toBeHidden();
    await chat.button('Show more').press('Enter');
    await chat.log.getByText('The letter').waitFor();
    await chat.button('Show less').press('Enter');
    await chat.log.getByText('The letter').waitFor({ state: 'hidden' });
    expect(await chat.objections()).toEqual([]);
  });
});

describe('A list', () => {
  const rows = Array.from({ length: 8 }, (_, at) =>
    item(`Row ${at + 1}`, { onClickAction: { type: 'open', payload: { at } } }),
  );

  it.each([
    [3, 3],
    ['auto', 5],
  ])('with the limit %s shows %i entries, then all, and the focus goes on', async (limit, count) => {
    const chat = await harness.open();
    await show(chat, { type: 'ListView', limit, status: { text: 'Found 8' }, children: rows });
    await chat.log.getByText('Found 8').waitFor();
    await expect(chat.log.locator('.w-list').getByRole('listitem')).toHaveCount(count);
    await chat.button('Show more').press('Enter');
    await expect(chat.log.locator('.w-list').getByRole('listitem')).toHaveCount(8);
    await expect(chat.button(`Row ${count + 1}`)).toBeFocused();
    expect(await chat.objections()).toEqual([]);
  });

  it('shows all entries without a limit, aligned and spaced as each one says', async () => {
    const chat = await harness.open();
    const children = [item('First', { gap: 5, align: 'end' }), item('Second'), text('No entry')];
    await show(chat, { type: 'ListView', theme: 'dark', children });
    await expect(chat.log.locator('.w-list').getByRole('listitem')).toHaveCount(3);
    await expect
      .poll(() => styleOf(boxOf(chat, 'First'), 'gap', 'align-items', 'color-scheme'))
      .toEqual(['20px', 'flex-end', 'dark']);
    expect(await chat.objections()).toEqual([]);
  });

  it('runs the action of an entry, and of a button inside an entry instead of it', async () => {
    const chat = await harness.open();
    const button = { type: 'Button', label: 'Remove', onClickAction: { type: 'remove' } };
    const open = { onClickAction: { type: 'open' } };
    const children = [
      item('Plain', open),
      { type: 'ListViewItem', children: [text('With button'), button], ...open },
    ];
    await show(chat, { type: 'ListView', children });
    await chat.log.getByRole('button', { name: 'Plain' }).click();
    expect(await sentAction(chat)).toEqual({ type: 'open' });
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.button('Remove').click();
    expect(await sentAction(chat, 2)).toEqual({ type: 'remove' });
    await chat.until(() => chat.events('onResponseEnd').length === 3);
    await chat.log.getByRole('button', { name: 'With button' }).click({ position: { x: 4, y: 4 } });
    expect(await sentAction(chat, 3)).toEqual({ type: 'open' });
    expect(await chat.objections()).toEqual([]);
  });
});
