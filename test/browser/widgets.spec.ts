import { Harness, type Chat } from './harness/harness.js';
import { hasFocus, sentAction, show, styleOf } from './harness/widgets.js';

let harness: Harness;

beforeAll(async () => {
  harness = await Harness.start();
});

afterAll(() => harness?.close());

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==';

const text = (value: string, more: object = {}) => ({ type: 'Text', value, ...more });
const card = (children: readonly object[], more: object = {}) => ({ type: 'Card', children, ...more });
const item = (value: string, more: object = {}) => ({
  type: 'ListViewItem',
  children: [text(value)],
  ...more,
});
/** The box of the component that holds the text. */
const boxOf = (chat: Chat, words: string) => chat.log.getByText(words, { exact: true }).locator('xpath=..');

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
    expect(await styleOf(shell, 'width', 'border-top-width', 'border-top-style')).toEqual([
      '360px',
      '3px',
      'dashed',
    ]);
    expect((await styleOf(shell, 'background-image'))[0]).toContain('linear-gradient');
    expect(await styleOf(boxOf(chat, 'Inside'), 'padding-left', 'padding-top')).toEqual(['20px', '7px']);
    await chat.log.getByText('Waiting').waitFor();
    expect(await chat.log.locator('.w-status svg').count()).toBe(1);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('of each size is wider than the one before, and full takes all there is', async () => {
    const chat = await harness.open({}, { width: 1200 });
    const sizes = ['sm', 'md', 'lg', 'full'];
    const children = sizes.map((size) => card([text(`Card ${size}`)], { size }));
    await show(chat, { type: 'Basic', children });
    const widths = await chat.log
      .locator('.w-card')
      .evaluateAll((cards) => cards.map((shell) => shell.getBoundingClientRect().width));
    expect(widths.toSorted((a, b) => a - b)).toEqual(widths);
    expect(new Set(widths).size).toBe(4);
    await chat.leave();
  });

  it('shows where it comes from by a small image in a frame, and no image from another place', async () => {
    const chat = await harness.open();
    const favicons = [PIXEL, 'https://elsewhere.test/icon.png', 'javascript:alert(1)'];
    const children = favicons.map((favicon, at) =>
      card([text(`Card ${at}`)], { status: { text: `From ${at}`, favicon, frame: true } }),
    );
    await show(chat, { type: 'Basic', children });
    await chat.log.getByText('From 2').waitFor();
    expect(await chat.log.locator('.w-favicon.frame').count()).toBe(1);
    expect(await chat.log.locator('.w-status svg').count()).toBe(2);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
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
    expect(await toneOf('Outside')).toBe('rgb(1, 2, 3)');
    expect(await toneOf('Within')).toBe('rgb(240, 241, 242)');
    expect(await toneOf('Odd')).toBe('rgb(1, 2, 3)');
    expect(await styleOf(boxOf(chat, 'Within'), 'color-scheme')).toEqual(['dark']);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('that is collapsed shows what is inside when it is asked to', async () => {
    const chat = await harness.open();
    await show(chat, card([text('The letter')], { collapsed: true, status: { text: 'Sent' } }));
    await chat.log.getByText('Sent').waitFor();
    expect(await chat.log.getByText('The letter').isVisible()).toBe(false);
    await chat.button('Show more').press('Enter');
    await chat.log.getByText('The letter').waitFor();
    await chat.button('Show less').press('Enter');
    await chat.log.getByText('The letter').waitFor({ state: 'hidden' });
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
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
    expect(await chat.log.locator('.w-list').getByRole('listitem').count()).toBe(count);
    await chat.button('Show more').press('Enter');
    expect(await chat.log.locator('.w-list').getByRole('listitem').count()).toBe(8);
    expect(await hasFocus(chat.button(`Row ${count + 1}`))).toBe(true);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('shows all entries without a limit, aligned and spaced as each one says', async () => {
    const chat = await harness.open();
    const children = [item('First', { gap: 5, align: 'end' }), item('Second'), text('No entry')];
    await show(chat, { type: 'ListView', theme: 'dark', children });
    expect(await chat.log.locator('.w-list').getByRole('listitem').count()).toBe(3);
    expect(await styleOf(boxOf(chat, 'First'), 'gap', 'align-items', 'color-scheme')).toEqual([
      '20px',
      'flex-end',
      'dark',
    ]);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
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
    await chat.leave();
  });
});

describe('A box', () => {
  it('lays out what is inside by all that it can be told', async () => {
    const chat = await harness.open({}, { width: 1200 });
    const children = [
      {
        type: 'Row',
        align: 'end',
        justify: 'between',
        wrap: 'wrap',
        gap: 3,
        flex: 2,
        margin: { y: 2 },
        children: [text('A row')],
      },
      {
        type: 'Col',
        padding: 2.5,
        border: { top: 2, x: { size: 1, color: 'rgb(9, 8, 7)' } },
        radius: '2xl',
        background: 'surface-secondary',
        children: [text('A column')],
      },
      {
        type: 'Box',
        direction: 'row',
        size: 120,
        minWidth: 40,
        maxSize: '90%',
        children: [text('A box')],
      },
      { type: 'Box', width: 160, aspectRatio: '2 / 1', border: 1, children: [text('A shape')] },
    ];
    await show(chat, card(children, { size: 'full' }));
    expect(
      await styleOf(boxOf(chat, 'A row'), 'align-items', 'justify-content', 'flex-wrap', 'gap', 'margin-top'),
    ).toEqual(['flex-end', 'space-between', 'wrap', '12px', '8px']);
    expect(await styleOf(boxOf(chat, 'A row'), 'flex-grow', 'flex-direction')).toEqual(['2', 'row']);
    expect(
      await styleOf(
        boxOf(chat, 'A column'),
        'padding-left',
        'border-top-width',
        'border-left-color',
        'border-bottom-width',
        'border-top-left-radius',
        'flex-direction',
      ),
    ).toEqual(['10px', '2px', 'rgb(9, 8, 7)', '0px', '16px', 'column']);
    expect(
      await styleOf(boxOf(chat, 'A box'), 'width', 'height', 'min-width', 'max-width', 'flex-direction'),
    ).toEqual(['120px', '120px', '40px', '90%', 'row']);
    expect(await styleOf(boxOf(chat, 'A shape'), 'width', 'height')).toEqual(['160px', '80px']);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('never reaches beyond the widget it is in', async () => {
    const chat = await harness.open();
    const cover = {
      type: 'Box',
      margin: { top: -100, x: '-50vw' },
      height: 900,
      background: 'red-500',
      children: [text('Over all')],
    };
    await show(chat, { type: 'Basic', children: [cover] });
    await chat.log.getByText('Over all').waitFor();
    expect(await styleOf(chat.log.locator('.widget'), 'overflow-x', 'overflow-y')).toEqual(['clip', 'clip']);
    await chat.leave();
  });

  it('of the plainest kind, the root of a widget, has a direction, distances and an alignment', async () => {
    const chat = await harness.open();
    await show(chat, {
      type: 'Basic',
      direction: 'row',
      gap: 4,
      padding: '3px',
      align: 'center',
      justify: 'evenly',
      theme: 'dark',
      children: [text('Root')],
    });
    expect(
      await styleOf(
        boxOf(chat, 'Root'),
        'flex-direction',
        'gap',
        'padding-left',
        'align-items',
        'justify-content',
        'color-scheme',
      ),
    ).toEqual(['row', '16px', '3px', 'center', 'space-evenly', 'dark']);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('has room pushed apart by a spacer, and a line drawn by a divider', async () => {
    const chat = await harness.open();
    const divider = { type: 'Divider', color: 'rgb(1, 2, 3)', size: 4, spacing: 3, flush: true };
    const row = {
      type: 'Row',
      children: [text('Left'), { type: 'Spacer', minSize: 30 }, text('Right')],
    };
    await show(chat, card([row, divider], { padding: 2 }));
    expect(await styleOf(chat.log.locator('.w-spacer'), 'flex-grow', 'flex-basis', 'min-height')).toEqual([
      '1',
      '30px',
      'auto',
    ]);
    expect(
      await styleOf(
        chat.log.locator('hr'),
        'border-top-color',
        'border-top-width',
        'margin-top',
        'margin-left',
      ),
    ).toEqual(['rgb(1, 2, 3)', '4px', '12px', '-8px']);
    await chat.leave();
  });
});

describe('Text in a widget', () => {
  it('has the size, weight, colour and shape that it is given', async () => {
    const chat = await harness.open();
    const children = [
      text('A text', {
        size: 'xl',
        weight: 'bold',
        color: 'danger',
        textAlign: 'end',
        italic: true,
        lineThrough: true,
        width: 200,
        minLines: 2,
        maxLines: 3,
      }),
      text('A cut text', { truncate: true, size: 'sr' }),
      { type: 'Title', value: 'A title', size: '3xl', weight: 'medium', maxLines: 1 },
      { type: 'Caption', value: 'A caption', size: 'sm', textAlign: 'center', truncate: true },
      { type: 'Markdown', value: 'Some **bold** words' },
    ];
    await show(chat, card(children));
    expect(
      await styleOf(
        chat.log.getByText('A text'),
        'font-weight',
        'text-align',
        'font-style',
        'text-decoration-line',
        'width',
        '-webkit-line-clamp',
      ),
    ).toEqual(['700', 'end', 'italic', 'line-through', '200px', '3']);
    expect(await styleOf(chat.log.getByText('A cut text'), 'text-overflow', 'position')).toEqual([
      'ellipsis',
      'static',
    ]);
    expect(await styleOf(chat.log.getByText('A title'), 'font-size', 'font-weight')).toEqual(['32px', '500']);
    expect(await styleOf(chat.log.getByText('A caption'), 'text-align', 'text-overflow')).toEqual([
      'center',
      'ellipsis',
    ]);
    expect(await chat.log.locator('strong').innerText()).toBe('bold');
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('takes colours from tokens, palettes, CSS and the scheme of the chat', async () => {
    const chat = await harness.open({ theme: 'dark' });
    const colors = ['secondary', 'blue-500', '#010203', { light: 'red', dark: 'rgb(7, 8, 9)' }];
    await show(chat, card(colors.map((color, at) => text(`Tone ${at}`, { color }))));
    const found = await Promise.all(
      colors.map(async (_, at) => (await styleOf(chat.log.getByText(`Tone ${at}`), 'color'))[0]),
    );
    expect(new Set(found).size).toBe(4);
    expect(found.slice(2)).toEqual(['rgb(1, 2, 3)', 'rgb(7, 8, 9)']);
    await chat.leave();
  });

  it('is a badge or an icon in each colour, variant and size', async () => {
    const chat = await harness.open();
    const tones = ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'];
    const variants = ['solid', 'soft', 'outline'];
    const badges = tones.flatMap((color) =>
      variants.map((variant, at) => ({
        type: 'Badge',
        label: `${color} ${variant}`,
        color,
        variant,
        size: ['sm', 'md', 'lg'][at],
        pill: at === 1,
      })),
    );
    const icons = [
      { type: 'Icon', name: 'star', size: '3xl', color: 'success' },
      { type: 'Icon', name: 'lucide:mail', size: 'xs' },
      { type: 'Icon', name: 'vendor:unheard-of' },
    ];
    await show(
      chat,
      card([{ type: 'Row', wrap: 'wrap', children: [...badges, ...icons] }], { size: 'full' }),
    );
    const looks = new Set<string>();
    for (const { label } of badges) {
      const badge = chat.log.getByText(label);
      looks.add((await styleOf(badge, 'background-color', 'color', 'border-top-color')).join());
    }
    expect(looks.size).toBe(18);
    expect(await styleOf(chat.log.locator('.w-icon svg').first(), 'width')).toEqual(['32px']);
    expect(await chat.log.locator('.w-icon svg').count()).toBe(3);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });
});

describe('A component that is not known', () => {
  it('shows what is inside it, and is told of once without its words', async () => {
    const chat = await harness.open();
    const hologram = (value: string) => ({ type: 'Hologram', children: [text(value)] });
    const said = { type: 'a canary sentence', children: text('Uttered') };
    await show(chat, card([hologram('One'), hologram('Two'), said]));
    await chat.log.getByText('One').waitFor();
    await chat.log.getByText('Two').waitFor();
    await chat.log.getByText('Uttered').waitFor();
    const unknown = () => chat.events('onLog').filter((log) => JSON.stringify(log).includes('unknown'));
    await chat.until(() => unknown().length === 2);
    expect(unknown()).toEqual([
      { name: 'protocol.unknown', data: { kind: 'widget', type: 'Hologram' } },
      { name: 'protocol.unknown', data: { kind: 'widget', type: '' } },
    ]);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });
});
