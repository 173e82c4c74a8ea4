import type { Route } from 'playwright-core';
import { expect } from './expect.js';
import { answering } from './harness/answers.js';
import { useHarness, type Chat } from './harness/harness.js';

const harness = useHarness();

const CODE = 'So:\n\n```ts\nconst seats = 12;\n```';

/** Keeps a part from the page until it is told otherwise; resolves with each refusal. */
async function withhold(chat: Chat, part: string) {
  let refused = Promise.withResolvers<void>();
  const refuse = async (route: Route): Promise<void> => {
    await route.abort();
    refused.resolve();
    refused = Promise.withResolvers();
  };
  const pattern = new RegExp(`/element/chatkit-${part}-`);
  await chat.page.route(pattern, refuse);
  return {
    refused: () => refused.promise,
    give: () => chat.page.unroute(pattern, refuse),
  };
}

describe('A part of the element that cannot be had', () => {
  it('is asked for again when it is next needed: the languages of code', async () => {
    const chat = await harness.open();
    await chat.script(answering(CODE));
    const part = await withhold(chat, 'code');
    const refused = part.refused();
    await chat.ask('How many?');
    await refused;
    await chat.log.getByText('const seats = 12;').waitFor();
    await expect(chat.log.locator('.hl-keyword')).toHaveCount(0);
    await part.give();
    await chat.ask('And now?');
    await chat.log.locator('.hl-keyword', { hasText: 'const' }).last().waitFor();
  });

  it('leaves answers as plain text, and a new page has them whole: Markdown', async () => {
    const chat = await harness.open();
    const part = await withhold(chat, 'markdown');
    const refused = part.refused();
    await chat.reload({});
    await refused;
    await chat.script(answering('Twelve **seats**.\nAll of <b>them</b>.'));
    await chat.ask('How many?');
    await chat.log.getByText('Twelve **seats**.\nAll of <b>them</b>.').waitFor();
    await part.give();
    await chat.ask('And now?');
    await chat.log.locator('strong', { hasText: 'seats' }).last().waitFor();
  });

  it('leaves the composer in place of a form of questions, and the words of a table', async () => {
    const chat = await harness.open();
    const forms = await withhold(chat, 'questions');
    const tables = await withhold(chat, 'tables');
    const refused = Promise.all([forms.refused(), tables.refused()]);
    const cell = { type: 'Table.Cell', children: [{ type: 'Text', value: 'Fern' }] };
    const widget = {
      type: 'Card',
      children: [{ type: 'Table', children: [{ type: 'Table.Row', children: [cell] }] }],
    };
    const input = { id: 'q1', question: 'Which room?', options: ['Fern', 'Moss'] };
    await chat.script((request) =>
      answering('Look')(request)?.flatMap((event, at, all) => {
        if (at !== all.length - 1) return [event];
        const base = { thread_id: 'thr_scripted', created_at: '2026-01-01T00:00:00Z' };
        return [
          { type: 'thread.item.done', item: { ...base, type: 'widget', id: 'w', widget } },
          {
            type: 'thread.item.done',
            item: { ...base, type: 'structured_input', id: 's', status: 'pending', inputs: [input] },
          },
        ];
      }),
    );
    await chat.ask('Where?');
    await refused;
    await chat.log.getByText('Fern').waitFor();
    await chat.input.waitFor();
    await expect(chat.log.getByRole('table')).toHaveCount(0);
  });
});
