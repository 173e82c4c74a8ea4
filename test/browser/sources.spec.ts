import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import { added, answer, begun, change, item, showing } from './harness/events.js';
import { OpenAnswers } from './harness/scripted.js';

const harness = useHarness();

const page = { type: 'url', url: 'https://news.test/a', title: 'The news', attribution: 'Daily News' };
const file = { type: 'file', filename: 'plan.pdf', title: 'The plan' };
const entity = {
  type: 'entity',
  id: 'e1',
  title: 'Ada',
  icon: 'profile',
  label: 'Person',
  interactive: true,
  data: {},
};

const cited = (text: string, annotations: readonly object[]) =>
  item('assistant_message', { content: [{ type: 'output_text', text, annotations }] });

const annotate = (index: number, annotation: object) =>
  change('annotation_added', { annotation_index: index, annotation });

describe('The sources of an answer', () => {
  it('have numbers where they are named, and stand under it once each', async () => {
    const chat = await harness.open({ entities: { onClick: () => undefined } });
    const text = 'It rains. The plan is ready. Ada wrote it.';
    await chat.script(
      showing(
        cited(text, [
          { type: 'annotation', source: page, index: 8 },
          { type: 'annotation', source: page, index: 8 },
          { type: 'annotation', source: file, index: 27 },
          { type: 'annotation', source: page, index: 27 },
          { type: 'annotation', source: entity },
        ]),
      ),
    );
    await chat.ask('Hi');
    const words = chat.log.locator('.assistant p');
    const dense = async () => (await words.innerText()).replaceAll(/\s/g, '');
    await expect.poll(dense).toBe('Itrains1.Theplanisready12.Adawroteit.');
    const mark = chat.log.getByRole('link', { name: 'Source 1: The news' });
    await expect(mark.first()).toHaveAttribute('href', 'https://news.test/a');
    const list = chat.log.locator('.sources');
    await list.locator('summary').waitFor();
    await expect(list.locator('li').first()).toBeHidden();
    await list.locator('summary').press('Enter');
    await expect(list.locator('li')).toHaveText(['The news Daily News', 'The plan plan.pdf', 'Ada'], {
      useInnerText: true,
    });
    expect(await chat.objections()).toEqual([]);
    await list.getByRole('button', { name: 'Ada' }).click();
    await expect
      .poll(() => chat.calls('entities.onClick'))
      .toEqual([[expect.objectContaining({ id: 'e1', title: 'Ada' })]]);
  });

  it('are named behind links, code and blocks, never inside of them', async () => {
    const chat = await harness.open();
    const text = 'See [the two words](https://a.test/x) and `some code` here.\n\n```\nblock\n```\n';
    const at = (words: string) => ({ source: page, index: text.indexOf(words) + words.length });
    await chat.script(showing(cited(text, [at('the two'), at('`some'), at('blo')])));
    await chat.ask('Hi');
    await expect(chat.log.locator('.cite')).toHaveCount(3);
    await expect(chat.log.locator('a .cite, code .cite, pre .cite')).toHaveCount(0);
    await expect(chat.log.getByRole('link', { name: 'the two words' })).toHaveAttribute(
      'href',
      'https://a.test/x',
    );
    await expect(chat.log.locator('p code')).toHaveText('some code');
    expect(await chat.objections()).toEqual([]);
  });

  it('come while the answer is written, at the place that they name', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(
      ...begun(reply.body),
      added(answer('It rains. Much.')),
      annotate(0, { source: file, index: 8 }),
    );
    await chat.log.getByRole('img', { name: 'Source 1: The plan' }).waitFor();
    reply.send(annotate(0, { source: page, index: 14 }));
    await chat.log.getByRole('link', { name: 'Source 1: The news' }).waitFor();
    await chat.log.getByRole('img', { name: 'Source 2: The plan' }).waitFor();
    await expect(chat.log.locator('.sources')).toHaveCount(0);
    reply.end();
    await chat.log.locator('.sources').waitFor();
    await open.close();
  });

  it('are called by their host where they have no title', async () => {
    const chat = await harness.open();
    await chat.script(
      showing(cited('Words', [{ source: { type: 'url', url: 'https://bare.test/x', title: '' } }])),
    );
    await chat.ask('Hi');
    await chat.log.locator('.sources summary').press('Enter');
    await chat.log.getByRole('link', { name: /bare\.test/ }).waitFor();
  });
});
