import { expect } from '@playwright/test';
import { SCRIPT_SAMPLES } from '../../web/element/markdown/corpus.js';
import { answer, done, replying } from './harness/events.js';
import { useHarness, type Chat } from './harness/harness.js';

const harness = useHarness();

async function answered(text: string, locale?: 'ar'): Promise<Chat> {
  const chat = await harness.open(locale ? { locale } : {});
  await chat.script(replying(done(answer(text))));
  // its own names are in the language of the chat
  await chat.page.locator('.input').fill('?');
  await chat.page.locator('.input').press('Enter');
  await expect(chat.page.locator('.md:not(.plain)')).toBeVisible();
  return chat;
}

const all = (chat: Chat, selector: string, reading: string): Promise<readonly unknown[]> =>
  chat.page.evaluate<readonly unknown[]>(
    `[...document.querySelector('openai-chatkit').shadowRoot.querySelectorAll('${selector}')].map((element) => ${reading})`,
  );

/** Where the marks of blocks are: the room before an item, the line beside a quote. */
const sides = (chat: Chat, selector: string): Promise<readonly unknown[]> =>
  all(
    chat,
    selector,
    `{
      const style = getComputedStyle(element);
      const wide = (side) => parseFloat(style['margin-' + side]) + parseFloat(style['border-' + side + '-width']);
      return { direction: style.direction, left: wide('left') > 0, right: wide('right') > 0 };
    }`,
  );

const RTL = { direction: 'rtl', left: false, right: true };
const LTR = { direction: 'ltr', left: true, right: false };

describe.each(SCRIPT_SAMPLES)('An answer in $language', ({ text, bold, struck, links, direction }) => {
  it('is shown with its marks on the side where it begins', async () => {
    const chat = await answered(text);
    await expect(chat.page.locator('.md strong')).toHaveText([...bold]);
    await expect(chat.page.locator('.md del')).toHaveText([...struck]);
    expect(await all(chat, '.md a', 'decodeURI(element.href)')).toEqual(links);
    const marks = await sides(chat, '.md :is(li, blockquote)');
    expect(marks.length).toBeGreaterThan(1);
    expect(marks).toEqual(marks.map(() => (direction === 'rtl' ? RTL : LTR)));
    for (const block of await chat.page.locator('.md :is(p, h3, h4, ul, ol, table, th, td)').all())
      await expect(block).toHaveCSS('direction', direction);
    for (const code of await chat.page.locator('.md code').all())
      await expect(code).toHaveCSS('direction', 'ltr');
    expect(await chat.objections()).toEqual([]);
  });
});

describe('An answer in more than one script', () => {
  it('has each item and block on the side of its own words, whatever the language of the chat', async () => {
    const chat = await answered('- one\n- **שתיים**\n- `npm` ثلاثة\n- 4\n\n> - اقتباس\n\nHello', 'ar');
    await expect(chat.page.locator('.md > ul > li')).toHaveCount(4);
    expect(await sides(chat, '.md > ul > li')).toEqual([LTR, RTL, RTL, LTR]);
    expect(await sides(chat, '.md blockquote')).toEqual([RTL]);
    await expect(chat.page.locator('.md > p')).toHaveCSS('direction', 'ltr');
  });
});

describe('The tag of a line break', () => {
  it('breaks the line in a cell and in a text, and no other tag does anything', async () => {
    const chat = await answered(
      '| a | b |\n|---|---|\n| one<br>two | three<br/>four<br />five<hr> |\n\nsix<br>seven <br onclick="x"> `a<br>b`',
    );
    await expect(chat.page.locator('.md td').first()).toHaveText('one\ntwo', { useInnerText: true });
    await expect(chat.page.locator('.md td').last()).toHaveText('three\nfour\nfive<hr>', {
      useInnerText: true,
    });
    await expect(chat.page.locator('.md p br')).toHaveCount(1);
    await expect(chat.page.locator('.md p')).toContainText('<br onclick="x"> a<br>b');
    await expect(chat.page.locator('.md td hr, .md code br')).toHaveCount(0);
    expect(await chat.objections()).toEqual([]);
  });
});
