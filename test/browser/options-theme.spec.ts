import type { ThemeOption } from '@openai/chatkit';
import { expect } from './expect.js';
import { faint } from './harness/contrast.js';
import { answer, done, replying, showing, widget } from './harness/events.js';
import { useHarness, type Chat } from './harness/harness.js';

const harness = useHarness();

const ROOT = "document.querySelector('openai-chatkit').shadowRoot";
const SCHEMES = ['light', 'dark'] as const;
const computed = (chat: Chat, selector: string, property: string): Promise<string> =>
  chat.page.evaluate<string>(
    `getComputedStyle(${ROOT}.querySelector('${selector}')).getPropertyValue('${property}')`,
  );
const pixels = async (chat: Chat, selector: string, property: string): Promise<number> =>
  parseFloat(await computed(chat, selector, property));

/** Gives the chat a theme and waits until it is there. */
async function paint(chat: Chat, theme: ThemeOption): Promise<void> {
  const mark = `theme ${Math.random()}`;
  await chat.setOptions({ theme, frameTitle: mark });
  await chat.page.getByRole('region', { name: mark }).waitFor();
}

/** A chat that shows most of what has a colour. */
async function colourful(): Promise<Chat> {
  const chat = await harness.open({ composer: { models: [{ id: 'm', label: 'Model' }] } });
  const text = 'A [link](https://example.org), `code`, and\n\n> a quote\n\n```\nplain\n```';
  const source = { type: 'url', title: 'Source', url: 'https://example.org' };
  const content = [{ type: 'output_text', text, annotations: [{ type: 'annotation', source, index: 6 }] }];
  const action = { type: 'x' };
  const parts = [
    { type: 'Text', value: 'Body' },
    { type: 'Caption', value: 'Small print' },
    { type: 'Button', label: 'Primary', style: 'primary', onClickAction: action },
    { type: 'Button', label: 'Secondary', style: 'secondary', onClickAction: action },
    { type: 'Badge', label: 'Badge' },
  ];
  await chat.script(replying(done(answer('', { content })), done(widget(parts))));
  await chat.ask('My own words');
  await chat.button('Primary').waitFor();
  await chat.input.fill('A draft');
  return chat;
}

describe('The theme', () => {
  it('changes while the page is open, without a request, and keeps the draft', async () => {
    const chat = await harness.open({ theme: 'light' });
    await chat.until(() => chat.requests('threads.list').length === 1);
    await chat.input.fill('My draft');
    const light = await computed(chat, '.chat', 'background-color');
    await expect.poll(() => computed(chat, '.chat', 'color-scheme')).toBe('light');
    const before = chat.sent.length;
    await chat.setOptions({ theme: 'dark' });
    await chat.page.locator('.chat[data-scheme="dark"]').waitFor();
    await expect.poll(() => computed(chat, '.chat', 'background-color')).not.toBe(light);
    await expect.poll(() => computed(chat, '.chat', 'color-scheme')).toBe('dark');
    await expect(chat.input).toHaveText('My draft');
    expect(chat.sent).toHaveLength(before);
    await paint(chat, { colorScheme: 'light' });
    await expect.poll(() => computed(chat, '.chat', 'background-color')).toBe(light);
  });

  it('is light unless it says otherwise, whatever the system prefers', async () => {
    const chat = await harness.open();
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => computed(chat, '.chat', 'color-scheme')).toBe('light');
  });
});

describe('The grays', () => {
  it.each(SCHEMES)(
    'take the hue that is given, and everything can still be read, %s',
    async (colorScheme) => {
      const chat = await colourful();
      const fills = new Set<string>();
      for (const hue of [30, 140, 260])
        for (const tint of [0, 9] as const)
          for (const shade of [-4, 0, 4] as const) {
            await paint(chat, {
              colorScheme,
              color: { grayscale: { hue, tint, shade } },
            });
            const message = `hue ${hue}, tint ${tint}, shade ${shade}`;
            await expect.poll(() => faint(chat.page), { message }).toEqual([]);
            if (tint === 9) fills.add(`${shade} ${await computed(chat, '.bubble', 'background-color')}`);
          }
      expect(fills.size).toBeGreaterThanOrEqual(3);
      await chat.leave();
    },
  );
});

describe('The accent', () => {
  const accents = [
    '#ffd400',
    '#e11d48',
    '#0000ff',
    '#808080',
    '#ff0000',
    '#00ff00',
    '#ff00ff',
    '#111',
    '#fafafa',
  ];

  it.each(SCHEMES)(
    'colours the send button and links, and everything can be read, %s',
    async (colorScheme) => {
      const chat = await colourful();
      const buttons = new Set<string>();
      for (const primary of accents)
        for (const level of [0, 3] as const) {
          await paint(chat, { colorScheme, color: { accent: { primary, level } } });
          await expect.poll(() => faint(chat.page), { message: `${primary}, level ${level}` }).toEqual([]);
          buttons.add(await computed(chat, '.icon-button.accent', 'background-color'));
        }
      expect(buttons.size).toBe(accents.length);
      await chat.leave();
    },
  );
});

describe('The rest of a theme', () => {
  it('has surfaces of the colours that are given', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello yourself')));
    await chat.ask('Hello');
    await paint(chat, {
      colorScheme: 'light',
      color: { surface: { background: '#fff8e7', foreground: '#f3e9d2' } },
    });
    await expect.poll(() => computed(chat, '.chat', 'background-color')).toBe('rgb(255, 248, 231)');
    await expect
      .poll(() => computed(chat, '.bubble', 'background-color'))
      .toMatch(/^(rgb\(243, 233, 210\)|oklab|color)/);
    expect(await chat.objections()).toEqual([]);
  });

  it('has four degrees of roundness', async () => {
    const chat = await harness.open();
    const radii: number[] = [];
    for (const radius of ['sharp', 'soft', 'round', 'pill'] as const) {
      await paint(chat, { colorScheme: 'light', radius });
      radii.push(await pixels(chat, '.composer', 'border-start-start-radius'));
    }
    expect(radii[0]).toBe(0);
    expect(radii).toEqual(radii.toSorted((a, b) => a - b));
    expect(new Set(radii).size).toBe(4);
  });

  it('has three densities', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello yourself')));
    await chat.ask('Hello');
    const heights: number[] = [];
    for (const density of ['compact', 'normal', 'spacious'] as const) {
      await paint(chat, { colorScheme: 'light', density });
      heights.push(await pixels(chat, '.turn', 'row-gap'));
    }
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(new Set(heights).size).toBe(3);
  });

  it('has a size of text and two families, and takes nothing that is no font', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello yourself')));
    await chat.ask('Hello');
    await paint(chat, {
      colorScheme: 'light',
      typography: { baseSize: 18, fontFamily: 'Georgia, serif', fontFamilyMono: 'Courier New' },
    });
    await expect.poll(() => computed(chat, '.bubble', 'font-size')).toBe('18px');
    await expect.poll(() => computed(chat, '.bubble', 'font-family')).toBe('Georgia, serif');
    await expect.poll(async () => (await computed(chat, '.chat', '--mono')).trim()).toBe('Courier New');
    await paint(chat, {
      colorScheme: 'light',
      typography: { baseSize: 99 as 18, fontFamily: 'x; color: red' },
    });
    await expect.poll(() => computed(chat, '.bubble', 'font-size')).toBe('18px');
    await expect.poll(() => computed(chat, '.bubble', 'font-family')).toContain('system-ui');
    expect(await chat.objections()).toEqual([]);
  });
});

it('The chat sends nothing to another origin in any of this', () => {
  expect(harness.foreignRequests).toEqual([]);
});
