import { expect } from './expect.js';
import { answer, done, item, replying, thread, user } from './harness/events.js';
import { useHarness } from './harness/harness.js';
import type { Chat, HarnessOptions } from './harness/harness.js';
import { answerJson } from './harness/scripted.js';
import { ADDRESSES, LINKS, MARKDOWN, MARKUP, NAMES, NO_PICTURES, TEXTS } from './hostile/payloads.js';
import { findings } from './hostile/watch.js';

const harness = useHarness();

/** Opens a thread with these items, one of each kind for every payload. */
async function show(
  items: readonly object[],
  more: object = {},
  options: HarnessOptions = {},
): Promise<Chat> {
  const chat = await harness.open(options);
  const last = answer('The end is here', { id: 'the_end' });
  const data = [...items, last];
  await answerJson(chat, 'threads.get_by_id', thread({ ...more, items: { data, has_more: false } }));
  await chat.call('setThreadId', 'thr_scripted');
  await chat.log.getByText('The end is here').waitFor();
  return chat;
}

/** Nothing came of it, also not when everything in the log has been pointed at and opened. */
async function expectNothing(chat: Chat): Promise<void> {
  expect(await findings(chat)).toEqual([]);
  await chat.page.evaluate(`document.querySelector('openai-chatkit').shadowRoot
    .querySelectorAll('.log summary, .log [aria-expanded="false"]').forEach((closed) => closed.click())`);
  await expect(chat.log.locator('[aria-expanded="false"], details:not([open])')).toHaveCount(0);
  expect(await findings(chat)).toEqual([]);
  await chat.leave();
}

describe('Nothing runs, loads or breaks out', () => {
  it('of what users write, quote and mention, and of the names of their files', async () => {
    const items = TEXTS.map((text, at) =>
      user(text, {
        id: `u${at}`,
        content: [
          { type: 'input_text', text },
          {
            type: 'input_tag',
            id: text,
            text,
            group: text,
            data: { [text]: text },
            interactive: at % 2 === 0,
          },
        ],
        quoted_text: text,
        attachments: [
          {
            type: 'image',
            id: `i${at}`,
            name: text,
            mime_type: text,
            preview_url: NO_PICTURES[at % NO_PICTURES.length],
          },
          { type: 'file', id: `f${at}`, name: text, mime_type: text },
        ],
      }),
    );
    const chat = await show(items);
    await expect(chat.log.locator('.user')).toHaveCount(TEXTS.length);
    const [first = ''] = MARKUP;
    await expect(chat.log.locator('.bubble').first()).toContainText(first, { useInnerText: true });
    await expectNothing(chat);
  });

  it('of Markdown in answers', async () => {
    const links = LINKS.flatMap((link) => ADDRESSES.map((address) => link.replaceAll('%', () => address)));
    const texts = [
      ...TEXTS,
      ...MARKUP.map((markup) => `> - *${markup}*\n\n| ${markup} |\n| --- |\n| ${markup} |`),
    ];
    const content = [...texts, ...links].map((text) => ({ type: 'output_text', text, annotations: [] }));
    const chat = await show([item('assistant_message', { content })]);
    const [first = ''] = MARKUP;
    await expect(chat.log.locator('.assistant').first()).toContainText(first, { useInnerText: true });
    await expect(chat.log.locator('button.chip').filter({ hasText: 'Show image' })).not.toHaveCount(0);
    await expect(chat.log.locator('button.chip').filter({ hasNotText: 'Show image' })).toHaveCount(0);
    await expectNothing(chat);
  });

  it('of Markdown that comes in pieces', async () => {
    const chat = await harness.open();
    const pieces = [...MARKUP, ...MARKDOWN].flatMap((text) => text.match(/.{1,9}/gsu) ?? []);
    await chat.script(
      replying(
        { type: 'thread.item.added', item: answer('') },
        ...pieces.map((delta) => ({
          type: 'thread.item.updated',
          item_id: 'assistant_message_1',
          update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta },
        })),
        done(answer('The end is here', { id: 'other' })),
      ),
    );
    await chat.ask('Hi');
    await chat.log.getByText('The end is here').waitFor();
    await expectNothing(chat);
  });

  it('of sources, tasks and images', async () => {
    const items = [...TEXTS, ...ADDRESSES].map((text, at) => {
      const url = ADDRESSES[at % ADDRESSES.length];
      const sources = [
        { type: 'url', url, title: text, attribution: text, favicon: url },
        { type: 'url', url: text, title: '' },
        { type: 'file', filename: text, title: text },
        {
          type: 'entity',
          id: text,
          title: text,
          icon: text,
          label: text,
          inline_label: text,
          interactive: true,
          data: {},
        },
      ];
      const annotations = sources.map((source) => ({ source, index: 3 }));
      const task = {
        type: 'web_search',
        title: text,
        title_query: text,
        icon: text,
        content: text,
        queries: [text],
        sources,
      };
      return [
        item('assistant_message', {
          id: `a${at}`,
          content: [{ type: 'output_text', text: 'Some words', annotations }],
        }),
        item('task', { id: `t${at}`, task }),
        item('workflow', {
          id: `w${at}`,
          workflow: { type: text, tasks: [task], summary: { title: text, icon: text } },
        }),
        item('generated_image', {
          id: `g${at}`,
          image: { id: text, url: NO_PICTURES[at % NO_PICTURES.length] },
        }),
      ];
    });
    await expectNothing(await show(items.flat()));
  });

  it('of titles and states of threads, here and in the list', async () => {
    const chat = await harness.open();
    const data = TEXTS.map((title, at) => thread({ id: `thr_${at}`, title }));
    await answerJson(chat, 'threads.list', { data, has_more: false });
    await answerJson(chat, 'threads.get_by_id', ({ thread_id: id }: Record<string, unknown>) => {
      const text = TEXTS[Number(/\d+/.exec(JSON.stringify(id))?.[0] ?? 0)];
      return thread({
        id,
        title: text,
        status: { type: 'locked', reason: text },
        allowed_image_domains: [text],
      });
    });
    for (const at of [0, 10, 16, MARKUP.length, TEXTS.length - NAMES.length]) {
      await chat.call('setThreadId', `thr_${at}`);
      await expect.poll(() => chat.threadId).toBe(`thr_${at}`);
      await expect(chat.input).toHaveAttribute('aria-placeholder', TEXTS[at] ?? '');
      expect(await findings(chat)).toEqual([]);
    }
    await chat.button('Conversation history').click();
    await expect(chat.page.locator('.rows .row')).toHaveCount(TEXTS.length);
    await chat.page.locator('.rows [aria-label^="Delete"]').first().click();
    await chat.page.getByRole('alertdialog').waitFor();
    expect(await findings(chat)).toEqual([]);
  });

  it('of notices, progress and errors', async () => {
    const chat = await harness.open();
    for (const at of TEXTS.keys()) {
      if (at % 4 !== 0) continue;
      const few = TEXTS.slice(at, at + 4);
      await chat.script(
        replying(
          ...few.map((text) => ({ type: 'notice', level: text, title: text, message: text })),
          { type: 'notice', level: 'info', message: `All from ${at} on` },
          ...few.map((text) => ({ type: 'progress_update', text, icon: text })),
          { type: 'client_effect', name: few[0], data: { __proto__: few[0] } },
          { type: 'error', code: 'custom', message: few[0], allow_retry: true },
        ),
      );
      await chat.call('sendUserMessage', { text: 'Hi', newThread: true });
      await chat.page.locator('.notice', { hasText: `All from ${at} on` }).waitFor();
      await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(at / 4 + 1);
      await chat.page.getByRole('alert').first().waitFor();
      expect(await findings(chat)).toEqual([]);
    }
  });

  it('of the questions of the assistant, whatever they are called', async () => {
    const texts = [...MARKUP, ...NAMES];
    const inputs = texts.map((text) => ({
      id: text,
      type: 'multiple_choice',
      question: text,
      description: text,
      options: [{ value: text }, { value: 'Other' }],
      multiple: true,
    }));
    const chat = await harness.open();
    await chat.script(replying(done(item('structured_input', { status: 'pending', inputs }))));
    await chat.ask('Hi');
    const form = chat.page.getByRole('form', { name: 'Questions' });
    await form.waitFor();
    const boxes = form.getByRole('checkbox');
    await expect(boxes).toHaveCount(texts.length * 2);
    for (const at of NAMES.keys()) await boxes.nth((MARKUP.length + at) * 2).check();
    await answerJson(chat, 'threads.add_structured_input', {});
    const sending = chat.page.waitForRequest(
      (request) => request.postData()?.includes('threads.add_structured_input') ?? false,
    );
    await chat.button('Send answers').click();
    const sent = (await sending).postData();
    for (const name of NAMES) expect(sent).toContain(`${JSON.stringify(name)}:{"values":[`);
    expect(await findings(chat)).toEqual([]);
  });

  it('of what the page itself finds, shows and says', async () => {
    const found = TEXTS.map((text, at) => ({
      id: `${at}`,
      title: text,
      group: text,
      icon: text,
      interactive: true,
      data: {},
    }));
    const chat = await harness.open({
      frameTitle: MARKUP[0] ?? '',
      startScreen: {
        greeting: MARKUP[10] ?? '',
        prompts: TEXTS.map((text) => ({ label: text, prompt: text, icon: text as never })),
      },
      disclaimer: { text: [...MARKUP, ...MARKDOWN].join('\n\n') },
      entities: {
        onTagSearch: () => found as never,
        onClick: () => undefined,
        onRequestPreview: ({ title }) =>
          ({
            preview: {
              type: 'Card',
              children: [
                { type: 'Markdown', value: title },
                { type: 'Text', value: title },
              ],
            },
          }) as never,
      },
    });
    await chat.input.pressSequentially('@x');
    await chat.page.getByRole('option').first().waitFor();
    expect(await findings(chat)).toEqual([]);
    await chat.page.keyboard.press('Enter');
    await expect(chat.page.getByRole('option')).toHaveCount(0);
    await chat.script(replying(done(answer('Hello'))));
    await chat.page.keyboard.press('Enter');
    await chat.log.getByText('Hello').waitFor();
    await chat.log.locator('button.tag').focus();
    await chat.page.getByRole('tooltip').waitFor();
    await expectNothing(chat);
  });
});
