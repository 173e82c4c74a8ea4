import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import { added, answer, begun, change, done, item, showing, thread, update, user } from './harness/events.js';
import { OpenAnswers, answerJson } from './harness/scripted.js';

const harness = useHarness();

const ROOT = "document.querySelector('openai-chatkit').shadowRoot";
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==';

describe('A message of the user', () => {
  it('shows its words as they were written, with line breaks, and no Markdown', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello')));
    await chat.call('sendUserMessage', { text: 'One **two**\n# three\n<b>four</b>' });
    await chat.log.getByText('Hello').waitFor();
    const bubble = chat.log.locator('.user');
    await expect.poll(() => bubble.innerText()).toBe('One **two**\n# three\n<b>four</b>');
    await expect(bubble.locator('strong, h1, b')).toHaveCount(0);
  });

  it('shows tags, files, pictures and the quote, and may have no words at all', async () => {
    const chat = await harness.open();
    const content = [
      { type: 'input_text', text: 'Compare ' },
      { type: 'input_tag', id: 'a', text: 'Report A', data: {} },
      { type: 'input_text', text: ' with this' },
    ];
    const attachments = [
      { type: 'image', id: 'att_1', name: 'square.png', mime_type: 'image/png', preview_url: PIXEL },
      { type: 'file', id: 'att_2', name: 'notes.txt', mime_type: 'text/plain' },
    ];
    const full = user('', { content, attachments, quoted_text: 'Said before' });
    const empty = user('', { id: 'empty', content: [], attachments: attachments.slice(1) });
    await answerJson(chat, 'threads.get_by_id', thread({ items: { data: [full, empty], has_more: false } }));
    await chat.call('setThreadId', 'thr_scripted');
    await chat.log.getByText(/Compare @?Report A with this/).waitFor();
    await chat.log.locator('.tag', { hasText: 'Report A' }).waitFor();
    await chat.log.locator('blockquote', { hasText: 'Said before' }).waitFor();
    await chat.log.getByRole('button', { name: 'Enlarge square.png' }).waitFor();
    await expect(chat.log.getByText('notes.txt')).toHaveCount(2);
    await expect(chat.log.locator('.bubble')).toHaveCount(1);
    expect(await chat.objections()).toEqual([]);
  });

  it('that is long is folded, and opens', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello')));
    await chat.call('sendUserMessage', { text: `${'word '.repeat(400)}end` });
    await chat.log.getByText('Hello').waitFor();
    const height = async (): Promise<number> =>
      (await chat.log.locator('.bubble').boundingBox())?.height ?? 0;
    await chat.button('Show more').waitFor();
    const folded = await height();
    await chat.button('Show more').click();
    await expect(chat.button('Show less')).toHaveAttribute('aria-expanded', 'true');
    await expect.poll(height).toBeGreaterThan(folded);
  });
});

describe('An answer', () => {
  const markdown = [
    '# Title\n\nSome *soft* and **strong** words, ~~none~~ and `code`, a [link](https://example.com/a "there").\n\n',
    '1. one\n2. two\n   - inner\n\n- [x] done\n\n> quote\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n\n---\n\nhttps://example.org\n',
  ].join('');

  it('shows Markdown as elements, its parts in order', async () => {
    const chat = await harness.open();
    const content = [markdown, 'A second part'].map((text) => ({
      type: 'output_text',
      text,
      annotations: [],
    }));
    await chat.script(showing(item('assistant_message', { content })));
    await chat.ask('Hi');
    const shown = chat.log.locator('.assistant');
    for (const selector of ['h4', 'em', 'strong', 'del', 'p > code', 'blockquote', 'hr', 'table'])
      await expect(shown.locator(selector)).toHaveCount(1);
    await expect(shown.locator('ol > li')).toHaveCount(2);
    await expect(shown.locator('ol ul > li')).toHaveCount(1);
    await expect(shown.locator('.task-item input[type=checkbox]:checked')).toHaveCount(1);
    const link = shown.getByRole('link', { name: 'link' });
    await expect(link).toHaveAttribute('href', 'https://example.com/a');
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(shown.getByRole('link', { name: 'https://example.org' })).toHaveCount(1);
    await expect.poll(() => shown.innerText()).toMatch(/A second part$/);
    expect(await chat.objections()).toEqual([]);
  });

  it('scrolls wide tables and code in themselves, with the keyboard too', async () => {
    const chat = await harness.open({}, { width: 320 });
    const wide = `| ${'heading | '.repeat(12)}\n| ${'--- | '.repeat(12)}\n| ${'value | '.repeat(12)}`;
    await chat.script(showing(answer(`${wide}\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\``)));
    await chat.ask('Hi');
    for (const name of ['Table', 'Code']) {
      const frame = chat.log.getByRole('group', { name, exact: true });
      await frame.focus();
      await chat.holds(`${ROOT}.activeElement.scrollWidth > ${ROOT}.activeElement.clientWidth`);
    }
    const log = `${ROOT}.querySelector('.log')`;
    await chat.holds(`${log}.scrollWidth <= ${log}.clientWidth`);
    expect(await chat.objections()).toEqual([]);
  });

  it('shows a list that grows without taking it down', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body), added(answer('')), change('text_delta', { delta: '- one\n- two' }));
    await chat.log.getByText('two').waitFor();
    await chat.page.evaluate(`${ROOT}.querySelector('.log li').kept = true`);
    reply.send(change('text_delta', { delta: '\n- three\n' }));
    await chat.log.getByText('three').waitFor();
    await chat.holds(`${ROOT}.querySelector('.log li').kept === true`);
    await chat.log.locator('.assistant.streaming').waitFor();
    reply.end();
    await chat.log.locator('.assistant.streaming').waitFor({ state: 'detached' });
    await open.close();
  });

  it('copies its code', async () => {
    const chat = await harness.open();
    await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await chat.script(showing(answer('```js\nconst a = 1;\n```')));
    await chat.ask('Hi');
    await chat.button('Copy code').click();
    await chat.page.getByRole('status').getByText('Copied').waitFor();
    await expect.poll(() => chat.page.evaluate('navigator.clipboard.readText()')).toBe('const a = 1;');
  });

  it('shows images of the allowed domains alone, and asks before others where none are named', async () => {
    const chat = await harness.open();
    const picture = Buffer.from(PIXEL.slice(PIXEL.indexOf(',') + 1), 'base64');
    await chat.page.route('https://*.example.com/**', (route) =>
      route.fulfill({ contentType: 'image/png', body: picture }),
    );
    const text = `![mine](/favicon.svg) ![data](${PIXEL}) ![cdn](https://img.example.com/a.png) ![other](https://other.test/b.png)`;
    const named = { type: 'thread.updated', thread: thread({ allowed_image_domains: ['example.com'] }) };
    await chat.script((body) => {
      const events = showing(answer(text))(body);
      return events && [...events, named];
    });
    await chat.ask('Hi');
    await chat.log.getByRole('img', { name: 'cdn' }).waitFor();
    await expect(chat.log.locator('.assistant img')).toHaveCount(3);
    await chat.log.getByText('other').waitFor();
    await expect(chat.button('Show image from other.test: other')).toHaveCount(0);
    await chat.leave();

    const free = await harness.open();
    await free.script(showing(answer(text)));
    await free.ask('Hi');
    await free.button('Show image from img.example.com: cdn').waitFor();
    await expect(free.log.locator('.assistant img')).toHaveCount(2);
    expect(await free.objections()).toEqual([]);
  });
});

describe('What is not meant for the user', () => {
  it('never shows: hidden context, tool calls, the end of a turn', async () => {
    const chat = await harness.open();
    const hidden = [
      item('hidden_context_item', { content: 'secret one' }),
      item('sdk_hidden_context', { content: 'secret two' }),
      item('client_tool_call', { status: 'completed', name: 'secret_tool', arguments: { secret: 3 } }),
      item('end_of_turn'),
    ];
    await chat.script(showing(...hidden, answer('Hello')));
    await chat.ask('Hi');
    const shown = chat.page.locator('openai-chatkit');
    await expect(shown).toContainText('Hello');
    await expect(shown).not.toContainText('secret');
    const data = [user('Hi'), ...hidden, answer('Hello')];
    await answerJson(chat, 'threads.get_by_id', thread({ items: { data, has_more: false } }));
    await chat.reload({ initialThread: 'thr_scripted' });
    await expect(shown).toContainText('Hello');
    await expect(shown).not.toContainText('secret');
  });
});

describe('An image that is made', () => {
  it('has a place, a preview with its progress, and then itself, with a description', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Draw');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body), added(item('generated_image', { image: null })));
    await chat.log.getByRole('img', { name: 'Creating image' }).waitFor();
    const image = { id: 'img_1', url: PIXEL };
    reply.send(update('generated_image_1', { type: 'generated_image.updated', image, progress: 0.4 }));
    const progress = chat.log.getByRole('progressbar', { name: 'Creating image' });
    await expect(progress).toHaveAttribute('value', '0.4');
    await chat.log.getByRole('img', { name: 'Generated image' }).waitFor();
    expect(await chat.objections()).toEqual([]);
    reply.end(done(item('generated_image', { image })));
    await progress.waitFor({ state: 'detached' });
    await chat.button('Enlarge Generated image').waitFor();
    await open.close();
  });
});
