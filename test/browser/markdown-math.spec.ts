import { expect } from './expect.js';
import { answering } from './harness/answers.js';
import { useHarness, type Chat } from './harness/harness.js';
import { writeAnswer } from './harness/streaming.js';

const harness = useHarness();

const delta = (words: string) => ({
  type: 'thread.item.updated',
  item_id: 'answer',
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: words },
});

async function answer(chat: Chat, words: string): Promise<void> {
  await chat.script(answering(words));
  await chat.ask('And?');
}

describe('A formula in an answer', () => {
  it('is drawn in each of the ways it can be written', async () => {
    const chat = await harness.open();
    const lines = [
      'Inline $a^2 + b^2$ and \\(\\sqrt{c}\\).',
      '$$\n\\frac{1}{2}\n$$',
      '\\[\n\\int_0^1 x\\,dx\n\\]',
      '- in a list $x_1$',
    ];
    await answer(chat, lines.join('\n\n'));
    await chat.log.locator('math').nth(4).waitFor();
    await expect(chat.log.locator('math[display="block"]')).toHaveCount(2);
    await expect(chat.log.locator('math msqrt')).toHaveCount(1);
    await expect(chat.log.locator('math [style]')).toHaveCount(0);
    expect(await chat.objections()).toEqual([]);
  });

  it('is no sum of money, no code, and nothing that does not close', async () => {
    const chat = await harness.open();
    const asked: string[] = [];
    chat.page.on('request', (request) => asked.push(request.url()));
    await answer(chat, 'From $5 and $6, or $7-$8, to 9$; `$x$` and $open\n\n\\$1 \\$2 \\(open');
    await chat.log.getByText('From $5 and $6, or $7-$8, to 9$;').waitFor();
    await expect(chat.log.locator('math, .formula')).toHaveCount(0);
    expect(asked.filter((url) => url.includes('math'))).toEqual([]);
  });

  it('that cannot be read, or wants more than it may, stays as it was written', async () => {
    const chat = await harness.open();
    const hostile = [
      '$\\frac{1$',
      '$\\undefined{x}$',
      '$\\def\\a{\\a\\a}\\a$',
      '$\\href{javascript:alert(1)}{x}$',
      '$\\includegraphics{https://elsewhere.test/a.png}$',
      '$\\htmlStyle{color:red}{x}$',
      '$\\rule{9999em}{9999em}$',
    ];
    await answer(chat, `$\\text{fine}$\n\n${hostile.join('\n\n')}`);
    await chat.log.locator('math').first().waitFor();
    await chat.log.getByText('$\\frac{1$', { exact: true }).waitFor();
    await chat.log.getByText('$\\undefined{x}$', { exact: true }).waitFor();
    await chat.log.getByText('$\\def\\a{\\a\\a}\\a$', { exact: true }).waitFor();
    await expect(chat.log.locator('.md a, .md img, .md [style]')).toHaveCount(0);
    expect(await chat.objections()).toEqual([]);
  });

  it('stays as it was written where the part that draws it is missing, and is copied so in any case', async () => {
    const chat = await harness.open();
    await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await chat.page.route('**/chatkit-math-*.js*', (route) => route.abort());
    await answer(chat, 'So $E = mc^2$ it is.');
    await chat.log.getByText('So $E = mc^2$ it is.').waitFor();
    await chat.button('Copy response').click();
    await chat.page.getByText('Copied', { exact: true }).waitFor();
    await expect
      .poll(() => chat.page.evaluate('navigator.clipboard.readText()'))
      .toBe('So $E = mc^2$ it is.');
  });
});

describe('Markdown in an answer', () => {
  it('has tables that scroll, tasks, strikes, links to other pages and no HTML', async () => {
    const chat = await harness.open({}, { width: 360 });
    const wide = `| ${'a long heading | '.repeat(9)}\n|${'---|'.repeat(9)}\n| ${'cell | '.repeat(9)}`;
    const rest =
      '- [x] done\n- [ ] open\n\n0. zero\n1. one\n\n~~gone~~ www.example.com <b>plain</b>\n\n[late][ref]\n\n[ref]: https://example.com/late';
    await answer(chat, `${wide}\n\n${rest}`);
    const table = chat.log.getByRole('group', { name: 'Table' });
    await table.waitFor();
    await expect
      .poll(() => table.evaluate((element) => element.scrollWidth > element.clientWidth))
      .toBe(true);
    await expect(chat.log.locator('del')).toHaveText('gone');
    await expect(chat.log.locator('ol')).toHaveAttribute('start', '0');
    for (const name of ['www.example.com', 'late']) {
      const link = chat.log.getByRole('link', { name });
      await expect(link).toHaveAttribute('target', '_blank');
      await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    }
    await chat.log.getByText('<b>plain</b>').waitFor();
    expect(await chat.objections()).toEqual([]);
  });

  it('is settled when it is complete: a formula closes, a reference that comes last makes a link', async () => {
    const chat = await harness.open();
    const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' };
    const thread = { id: 'thr_1', created_at: base.created_at, status: { type: 'active' } };
    const answer = { ...base, id: 'answer', type: 'assistant_message' };
    const stream = await writeAnswer(chat);
    await chat.input.fill('Which rules?');
    await chat.input.press('Enter');
    const beginning = 'See [the rules][r].\n\nMore.\n\nAnd more.\n\n- one\n- two $x';
    const end = '^2$.\n\n[r]: https://example.com/rules';
    await stream.send(
      { type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } },
      { type: 'thread.item.added', item: { ...answer, content: [] } },
      delta(beginning),
    );
    await chat.log.getByText('See [the rules][r].').waitFor();
    await chat.log.getByText('two $x').waitFor();
    const first = await chat.log.locator('.md li').first().elementHandle();
    const content = [{ type: 'output_text', text: beginning + end, annotations: [] }];
    await stream.send(delta(end), { type: 'thread.item.done', item: { ...answer, content } });
    await stream.end();
    await chat.log.getByRole('link', { name: 'the rules' }).waitFor();
    await chat.log.locator('math msup').waitFor();
    expect(await first?.evaluate((item) => item.isConnected)).toBe(true);
    expect(await chat.objections()).toEqual([]);
  });
});
