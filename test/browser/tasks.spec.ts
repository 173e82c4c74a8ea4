import { expect } from './expect.js';
import { useHarness, type Chat } from './harness/harness.js';
import { added, answer, begun, done, item, showing, update } from './harness/events.js';
import { OpenAnswers } from './harness/scripted.js';

const harness = useHarness();

const task = (more: object) => ({ status_indicator: 'complete', ...more });

describe('A task', () => {
  let chat: Chat;

  beforeAll(async () => {
    chat = await harness.open();
  });
  beforeEach(() => chat.call('setThreadId', null));

  it.each([
    [
      'custom',
      { title: 'Booked a room', icon: 'calendar', content: 'For **two**' },
      ['Booked a room', 'For two'],
    ],
    ['thought', { title: 'Considering', content: 'First *this*' }, ['Considering', 'First this']],
    [
      'web_search',
      {
        title_query: 'Searched for rooms',
        queries: ['rooms near me'],
        sources: [{ type: 'url', url: 'https://rooms.test/a', title: 'Rooms' }],
      },
      ['Searched for rooms', 'rooms near me', 'Rooms', 'rooms.test'],
    ],
    [
      'file',
      { title: 'Read a file', sources: [{ type: 'file', filename: 'a.pdf', title: 'A' }] },
      ['Read a file', 'a.pdf'],
    ],
    ['image', { title: 'Looked at it' }, ['Looked at it']],
  ])('of the kind %s shows what it has', async (type, fields, words) => {
    await chat.script(showing(item('task', { task: task({ type, ...fields }) })));
    await chat.ask('Hi');
    const line = chat.log.locator('.task-line');
    for (const word of words) await expect(line).toContainText(word, { useInnerText: true });
    expect(await chat.objections()).toEqual([]);
  });

  it('says with a sign that it goes on, and that it is done', async () => {
    await chat.script(
      showing(
        item('task', {
          id: 'a',
          task: task({ type: 'custom', title: 'Going on', status_indicator: 'loading' }),
        }),
        item('task', { id: 'b', task: task({ type: 'custom', title: 'Done' }) }),
      ),
    );
    await chat.ask('Hi');
    const lines = chat.log.locator('.task-line');
    await expect(lines).toHaveText([/Going on/, /Done/]);
    await expect(lines.filter({ hasText: 'Going on' }).locator('.spinner')).toHaveCount(1);
    await expect(lines.filter({ hasText: 'Done' }).locator('.spinner')).toHaveCount(0);
  });
});

describe('A workflow', () => {
  it('is open while it goes on, takes new tasks and changes, and folds when it is done', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    const workflow = {
      type: 'reasoning',
      tasks: [task({ type: 'thought', title: 'First' })],
      expanded: false,
    };
    reply.send(...begun(reply.body), added(item('workflow', { workflow })));
    const shown = chat.log.locator('.workflow');
    const title = shown.getByRole('button');
    await shown.locator('.task-line', { hasText: 'First' }).waitFor();
    await expect(title).toHaveAttribute('aria-expanded', 'true');
    const change = (type: string, index: number, name: string) =>
      update('workflow_1', {
        type: `workflow.task.${type}`,
        task_index: index,
        task: task({ type: 'thought', title: name }),
      });
    reply.send(
      change('added', 1, 'Third'),
      change('added', 1, 'Second'),
      change('updated', 0, 'First, changed'),
    );
    await expect(shown.locator('.task-line')).toHaveText(['First, changed', 'Second', 'Third'], {
      useInnerText: true,
    });
    reply.send(
      done(item('workflow', { workflow: { ...workflow, summary: { duration: 65 } } })),
      done(answer('Hello')),
    );
    await shown.locator('.task-line').first().waitFor({ state: 'detached' });
    await expect(title).toHaveText(/^Thought for 65 seconds/);
    await title.press('Enter');
    await shown.locator('.task-line').first().waitFor();
    reply.end();
    await open.close();
  });

  it('has the title and the sign that its summary names, and stays open where it is to', async () => {
    const chat = await harness.open();
    const summary = { title: 'Looked around', icon: 'compass' };
    const tasks = [task({ type: 'custom', title: 'A step' })];
    await chat.script(
      showing(
        item('workflow', { workflow: { type: 'custom', tasks, summary, expanded: true } }),
        answer('Hello'),
      ),
    );
    await chat.ask('Hi');
    await chat.button('Looked around').waitFor();
    await chat.log.getByText('A step').waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.button('Looked around').click();
    await expect(chat.log.getByText('A step')).toHaveCount(0);
  });
});
