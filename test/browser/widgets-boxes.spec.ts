import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import { boxOf, card, show, styleOf, text } from './harness/widgets.js';

const harness = useHarness();

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
    await expect
      .poll(() =>
        styleOf(boxOf(chat, 'A row'), 'align-items', 'justify-content', 'flex-wrap', 'gap', 'margin-top'),
      )
      .toEqual(['flex-end', 'space-between', 'wrap', '12px', '8px']);
    await expect
      .poll(() => styleOf(boxOf(chat, 'A row'), 'flex-grow', 'flex-direction'))
      .toEqual(['2', 'row']);
    await expect
      .poll(() =>
        styleOf(
          boxOf(chat, 'A column'),
          'padding-left',
          'border-top-width',
          'border-left-color',
          'border-bottom-width',
          'border-top-left-radius',
          'flex-direction',
        ),
      )
      .toEqual(['10px', '2px', 'rgb(9, 8, 7)', '0px', '16px', 'column']);
    await expect
      .poll(() =>
        styleOf(boxOf(chat, 'A box'), 'width', 'height', 'min-width', 'max-width', 'flex-direction'),
      )
      .toEqual(['120px', '120px', '40px', '90%', 'row']);
    await expect.poll(() => styleOf(boxOf(chat, 'A shape'), 'width', 'height')).toEqual(['160px', '80px']);
    expect(await chat.objections()).toEqual([]);
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
    await expect
      .poll(() => styleOf(chat.log.locator('.widget'), 'overflow-x', 'overflow-y'))
      .toEqual(['clip', 'clip']);
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
    await expect
      .poll(() =>
        styleOf(
          boxOf(chat, 'Root'),
          'flex-direction',
          'gap',
          'padding-left',
          'align-items',
          'justify-content',
          'color-scheme',
        ),
      )
      .toEqual(['row', '16px', '3px', 'center', 'space-evenly', 'dark']);
    expect(await chat.objections()).toEqual([]);
  });

  it('has room pushed apart by a spacer, and a line drawn by a divider', async () => {
    const chat = await harness.open();
    const divider = { type: 'Divider', color: 'rgb(1, 2, 3)', size: 4, spacing: 3, flush: true };
    const row = {
      type: 'Row',
      children: [text('Left'), { type: 'Spacer', minSize: 30 }, text('Right')],
    };
    await show(chat, card([row, divider], { padding: 2 }));
    await expect
      .poll(() => styleOf(chat.log.locator('.w-spacer'), 'flex-grow', 'flex-basis', 'min-height'))
      .toEqual(['1', '30px', 'auto']);
    await expect
      .poll(() =>
        styleOf(chat.log.locator('hr'), 'border-top-color', 'border-top-width', 'margin-top', 'margin-left'),
      )
      .toEqual(['rgb(1, 2, 3)', '4px', '12px', '-8px']);
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
    await expect
      .poll(() =>
        styleOf(
          chat.log.getByText('A text'),
          'font-weight',
          'text-align',
          'font-style',
          'text-decoration-line',
          'width',
          '-webkit-line-clamp',
        ),
      )
      .toEqual(['700', 'end', 'italic', 'line-through', '200px', '3']);
    await expect
      .poll(() => styleOf(chat.log.getByText('A cut text'), 'text-overflow', 'position'))
      .toEqual(['ellipsis', 'static']);
    await expect
      .poll(() => styleOf(chat.log.getByText('A title'), 'font-size', 'font-weight'))
      .toEqual(['32px', '500']);
    await expect
      .poll(() => styleOf(chat.log.getByText('A caption'), 'text-align', 'text-overflow'))
      .toEqual(['center', 'ellipsis']);
    await expect(chat.log.locator('strong')).toHaveText('bold');
    expect(await chat.objections()).toEqual([]);
  });

  it('takes colours from tokens, palettes, CSS and the scheme of the chat', async () => {
    const chat = await harness.open({ theme: 'dark' });
    const colors = ['secondary', 'blue-500', '#010203', { light: 'red', dark: 'rgb(7, 8, 9)' }];
    await show(chat, card(colors.map((color, at) => text(`Tone ${at}`, { color }))));
    const found = async () =>
      (await Promise.all(colors.map((_, at) => styleOf(chat.log.getByText(`Tone ${at}`), 'color')))).flat();
    await expect.poll(async () => new Set(await found()).size).toBe(4);
    await expect.poll(async () => (await found()).slice(2)).toEqual(['rgb(1, 2, 3)', 'rgb(7, 8, 9)']);
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
    const differentLooks = async () => {
      const seen = badges.map(({ label }) =>
        styleOf(chat.log.getByText(label), 'background-color', 'color', 'border-top-color'),
      );
      return new Set((await Promise.all(seen)).map((style) => style.join())).size;
    };
    await expect.poll(differentLooks).toBe(18);
    await expect.poll(() => styleOf(chat.log.locator('.w-icon svg').first(), 'width')).toEqual(['32px']);
    await expect(chat.log.locator('.w-icon svg')).toHaveCount(3);
    expect(await chat.objections()).toEqual([]);
  });
});

const hologram = (value: string) => ({ type: 'Hologram', children: [text(value)] });

describe('A component that is not known', () => {
  it('shows what is inside it, and is told of once without its words', async () => {
    const chat = await harness.open();
    const said = { type: 'a canary sentence', children: text('Uttered') };
    await show(chat, card([hologram('One'), hologram('Two'), said]));
    await chat.log.getByText('One').waitFor();
    await chat.log.getByText('Two').waitFor();
    await chat.log.getByText('Uttered').waitFor();
    const unknown = () => chat.events('onLog').filter((log) => JSON.stringify(log).includes('unknown'));
    await expect.poll(unknown).toEqual([
      { name: 'protocol.unknown', data: { kind: 'widget', type: 'Hologram' } },
      { name: 'protocol.unknown', data: { kind: 'widget', type: '' } },
    ]);
    expect(await chat.objections()).toEqual([]);
  });
});
