import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import type { Script } from './harness/harness.js';

const harness = useHarness();

const FONT = createRequire(import.meta.url).resolve('katex/dist/fonts/KaTeX_Main-Regular.woff2');
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==';

/** Answers every message with this item. */
function showing(item: object): Script {
  return (request) => {
    const { input } = request?.params ?? {};
    if (typeof input !== 'object') return undefined;
    const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' };
    const user = { ...base, ...input, type: 'user_message', id: 'user_1', attachments: [] };
    const thread = { id: 'thr_1', created_at: base.created_at, status: { type: 'active' } };
    return [
      { type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } },
      { type: 'thread.item.done', item: user },
      { type: 'thread.item.done', item: { ...base, id: 'item_1', ...item } },
    ];
  };
}

const words = (value: string) => [{ type: 'output_text', text: value, annotations: [] }];
const text = (value: string) => [{ type: 'Text', value }];
const cell = (value: string, more: object = {}) => ({ type: 'Table.Cell', children: text(value), ...more });

describe('A widget', () => {
  it('shows a table with its head, spans and alignment, and passes over what has no place in it', async () => {
    const chat = await harness.open();
    const rows = [
      { type: 'Table.Row', header: true, children: [cell('Room'), cell('Seats', { align: 'end' })] },
      { type: 'Table.Row', children: [cell('Fern'), cell('12', { align: 'end', vAlign: 'end' })] },
      { type: 'Table.Row', children: [cell('Closed in May', { colSpan: 2 })] },
      { type: 'Text', value: 'Not a row' },
    ];
    const table = { type: 'Table', children: rows };
    await chat.script(showing({ type: 'widget', widget: { type: 'Card', children: [table] } }));
    await chat.ask('Which rooms are there?');
    const shown = chat.log.getByRole('table');
    await shown.getByRole('columnheader', { name: 'Room' }).waitFor();
    await expect(shown.getByRole('row')).toHaveCount(3);
    await expect(shown.getByRole('cell', { name: 'Closed in May' })).toHaveAttribute('colspan', '2');
    await expect(shown.getByRole('cell', { name: '12' })).toHaveAttribute('style', /text-align: end/);
    await expect(shown).not.toContainText('Not a row');
    expect(await chat.objections()).toEqual([]);
  });

  it('shows what is inside a transition', async () => {
    const chat = await harness.open();
    const transition = { type: 'Transition', children: { type: 'Text', value: 'Booked' } };
    await chat.script(showing({ type: 'widget', widget: { type: 'Card', children: [transition] } }));
    // While it fades in it has less contrast.
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
    await chat.ask('Book it');
    await chat.log.getByText('Booked').waitFor();
    expect(await chat.objections()).toEqual([]);
  });
});

describe('Code in an answer', () => {
  const answer = 'So:\n\n```ts\nconst seats = 12; // all of <b>them</b>\n```\n\n```klingon\nqapla\n```';
  const content = [{ type: 'output_text', text: answer, annotations: [] }];

  it.each(['light', 'dark'] as const)('has the colours of its language, %s', async (theme) => {
    const chat = await harness.open({ theme });
    await chat.script(showing({ type: 'assistant_message', content }));
    await chat.ask('How many?');
    await chat.log.locator('.hl-keyword', { hasText: 'const' }).waitFor();
    await chat.log.locator('.hl-number', { hasText: '12' }).waitFor();
    await expect(chat.log.getByRole('group', { name: 'ts' })).toHaveText(
      'const seats = 12; // all of <b>them</b>',
    );
    await expect(chat.log.getByRole('group', { name: 'klingon' })).toHaveText('qapla');
    expect(await chat.objections()).toEqual([]);
  });

  it('stays plain where the file with the languages is missing', async () => {
    const chat = await harness.open();
    const asked = Promise.withResolvers<void>();
    await chat.page.route('**/chatkit-code-*.js', async (route) => {
      await route.fulfill({ status: 404 });
      asked.resolve();
    });
    await chat.script(showing({ type: 'assistant_message', content }));
    await chat.ask('How many?');
    await asked.promise;
    await chat.log.getByText('const seats = 12;').waitFor();
    await expect(chat.log.locator('.hl-keyword')).toHaveCount(0);
  });
});

describe('A generated image', () => {
  it('opens large and can be downloaded', async () => {
    const chat = await harness.open();
    await chat.script(showing({ type: 'generated_image', image: { id: 'img_1', url: PIXEL } }));
    await chat.ask('Draw a square');
    await chat.log.getByRole('link', { name: 'Download image' }).waitFor();
    const enlarge = chat.button('Enlarge Generated image');
    await enlarge.press('Enter');
    await chat.page.getByRole('dialog', { name: 'Generated image' }).waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.button('Close image').press('Enter');
    await chat.page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('The fonts of a theme', () => {
  it('are loaded into the page and used in the chat', async () => {
    const chat = await harness.open();
    const body = await readFile(FONT);
    await chat.page.route('**/brand.woff2', (route) => route.fulfill({ contentType: 'font/woff2', body }));
    const fontSources = [{ family: 'Brand', src: '/brand.woff2', weight: 400, display: 'block' as const }];
    await chat.setOptions({ theme: { typography: { fontSources, fontFamily: 'Brand', baseSize: 16 } } });
    await chat.holds(
      "[...document.fonts].some(({ family, status }) => family === 'Brand' && status === 'loaded')",
    );
    await chat.holds(
      "getComputedStyle(document.querySelector('openai-chatkit').shadowRoot.querySelector('.input')).fontFamily.startsWith('Brand')",
    );
    expect(await chat.objections()).toEqual([]);
  });

  it('that cannot be used are entries of the log, once each, and the next one takes their place', async () => {
    const chat = await harness.open();
    await chat.page.route('**/broken.woff2', (route) =>
      route.fulfill({ contentType: 'font/woff2', body: 'x' }),
    );
    await chat.page.route('**/missing.woff2', (route) => route.fulfill({ status: 404 }));
    const fontSources = [
      { family: 'Broken', src: '/broken.woff2' },
      { family: 'Missing', src: '/missing.woff2' },
      { family: 'Odd', src: '/broken.woff2', weight: 'heaviest', unicodeRange: 'all of them' },
      { family: 'Unreadable', src: 'https://[' },
    ];
    const used = { fontSources, fontFamily: 'Broken, Missing, Odd', fontFamilyMono: 'Missing' };
    await chat.setOptions({ theme: { typography: { ...used, baseSize: 16 } } });
    const failures = (): readonly unknown[] =>
      chat.events('onLog').filter((entry) => JSON.stringify(entry).includes('font.failed'));
    await chat.until(() => failures().length === 4);
    expect(failures()).toEqual(
      expect.arrayContaining(fontSources.map(({ family }) => ({ name: 'font.failed', data: { family } }))),
    );
    await chat.setOptions({ theme: { typography: { ...used, baseSize: 17 } } });
    await chat.script(showing({ type: 'assistant_message', content: words('Some `code` here') }));
    await chat.ask('Which font is this?');
    await chat.log.locator('code').waitFor();
    const family = (selector: string): Promise<string> =>
      chat.page.evaluate<string>(
        `getComputedStyle(document.querySelector('openai-chatkit').shadowRoot.querySelector('${selector}')).fontFamily`,
      );
    expect(await family('.input')).toMatch(/^Broken, Missing, Odd, system-ui/);
    expect(await family('.md code')).toBe('Missing, monospace');
    expect(failures()).toHaveLength(4);
    expect(chat.events('onError')).toEqual([]);
    // what remains in the console is the browser's own: what it could not get, and what it could not decode
    expect(chat.complaints.all.filter((text) => !/Failed to load resource|OTS|decode/.test(text))).toEqual(
      [],
    );
  });
});
