import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import type { Chat } from './harness/harness.js';
import { answer, begun, done, item, replying, showing, widget } from './harness/events.js';
import { OpenAnswers, answerJson, refuse } from './harness/scripted.js';

const harness = useHarness();

const button = (label: string, action: object, more: object = {}) => ({
  type: 'Button',
  label,
  onClickAction: { type: 'pick', payload: { id: 7 }, ...action },
  ...more,
});
const text = (value: string) => ({ type: 'Text', value });
const bodies = (chat: Chat, type: string) => chat.requests(type).map((body) => body?.params);

describe('An action of a widget', () => {
  it('goes to the server with its type and payload alone, and its widget is replaced', async () => {
    const chat = await harness.open();
    await chat.script(showing(widget([button('Choose', { loadingBehavior: 'container', streaming: true })])));
    await chat.ask('Offer me something');
    const open = await OpenAnswers.hold(chat, 'threads.custom_action');
    await chat.button('Choose').click();
    const reply = await open.next();
    await chat.log.locator('.widget[inert]').waitFor();
    await expect.poll(() => chat.events('onResponseStart')).toHaveLength(2);
    reply.end(
      { type: 'thread.item.replaced', item: widget([text('You chose seven')]) },
      done(answer('Good')),
    );
    await chat.log.getByText('You chose seven').waitFor();
    await chat.log.getByText('Good').waitFor();
    await expect(chat.log.locator('.widget[inert]')).toHaveCount(0);
    await expect
      .poll(() => bodies(chat, 'threads.custom_action'))
      .toEqual([
        { thread_id: 'thr_scripted', item_id: 'widget_1', action: { type: 'pick', payload: { id: 7 } } },
      ]);
    await open.close();
  });

  it('waits for the answer that is being written, unless it asks for none of its own', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await answerJson(chat, 'threads.sync_custom_action', { updated_item: widget([text('Liked')]) });
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    const card = widget([button('Order', {}), button('Like', { streaming: false })]);
    reply.send(...begun(reply.body), done(card));
    await chat.button('Order').click();
    await chat.button('Like').click();
    await chat.log.getByText('Liked').waitFor();
    expect(chat.requests('threads.custom_action')).toEqual([]);
    await expect
      .poll(() => bodies(chat, 'threads.sync_custom_action'))
      .toEqual([
        { thread_id: 'thr_scripted', item_id: 'widget_1', action: { type: 'pick', payload: { id: 7 } } },
      ]);
    expect(chat.events('onResponseEnd')).toEqual([]);
    reply.end();
    await open.close();
  });

  it('of the page runs there, and may send one of its own to the server', async () => {
    const chat: Chat = await harness.open({
      widgets: {
        onAction: (action, { id }) =>
          chat.call('sendCustomAction', { type: 'logged', payload: action.payload }, id),
      },
    });
    await chat.script((body) =>
      body?.type === 'threads.custom_action'
        ? [done(answer('Noted'))]
        : showing(widget([button('Open', { handler: 'client' })]))(body),
    );
    await chat.ask('Hi');
    await chat.button('Open').click();
    await chat.log.getByText('Noted').waitFor();
    await expect
      .poll(() => chat.calls('widgets.onAction'))
      .toEqual([
        [
          { type: 'pick', payload: { id: 7 } },
          { id: 'widget_1', widget: expect.objectContaining({ type: 'Card' }) as unknown },
        ],
      ]);
    await expect
      .poll(() => bodies(chat, 'threads.custom_action'))
      .toEqual([
        { thread_id: 'thr_scripted', item_id: 'widget_1', action: { type: 'logged', payload: { id: 7 } } },
      ]);
  });

  it('of the page alone sends nothing without an item, where it names none', async () => {
    const chat = await harness.open();
    await chat.script((body) =>
      body?.type === 'threads.custom_action'
        ? [done(answer('Noted', { id: 'n' }))]
        : showing(answer('Hello'))(body),
    );
    await chat.ask('Hi');
    await chat.call('sendCustomAction', { type: 'refresh' });
    await expect
      .poll(() => bodies(chat, 'threads.custom_action'))
      .toEqual([{ thread_id: 'thr_scripted', action: { type: 'refresh' } }]);
  });
});

describe('Questions of the assistant', () => {
  const questions = item('structured_input', {
    status: 'pending',
    inputs: [
      {
        id: 'size',
        type: 'multiple_choice',
        question: 'Which size?',
        options: [{ value: 'Small' }, { value: 'Large' }],
        multiple: false,
      },
      {
        id: 'extra',
        type: 'multiple_choice',
        question: 'Extras?',
        options: [{ value: 'Milk' }],
        multiple: true,
      },
      { id: 'name', type: 'freeform', question: 'Which name?', description: 'For the cup' },
    ],
  });
  const answered = (status: string) => {
    const [size, ...others] = questions['inputs'] as object[];
    const left = { answer: { values: [], skipped: true } };
    const given = status === 'answered' ? { answer: { values: ['Large'], skipped: false } } : left;
    const inputs = [{ ...size, ...given }, ...others.map((input) => Object.assign({}, input, left))];
    return { type: 'thread.item.replaced', item: { ...questions, status, inputs } };
  };

  it('take the place of the composer, are answered, and stand in the log with their answers', async () => {
    const chat = await harness.open();
    await chat.script((body) =>
      body?.type === 'threads.add_structured_input'
        ? [answered('answered'), done(answer('Thank you'))]
        : showing(questions)(body),
    );
    await chat.ask('A coffee');
    const form = chat.page.getByRole('form', { name: 'Questions' });
    await form.waitFor();
    await expect(chat.input).toHaveCount(0);
    await expect(form.getByText('For the cup')).toHaveCount(1);
    await form.getByRole('radio', { name: 'Large' }).check();
    await form.getByRole('checkbox', { name: 'Milk' }).check();
    await form.getByRole('textbox', { name: /Extras/ }).fill('Sugar');
    expect(await chat.objections()).toEqual([]);
    await chat.button('Send answers').click();
    await chat.log.getByText('Thank you').waitFor();
    await expect
      .poll(() => bodies(chat, 'threads.add_structured_input'))
      .toEqual([
        {
          thread_id: 'thr_scripted',
          item_id: 'structured_input_1',
          input: {
            status: 'answered',
            answers: {
              size: { values: ['Large'], skipped: false },
              extra: { values: ['Milk', 'Sugar'], skipped: false },
              name: { values: [], skipped: true },
            },
          },
        },
      ]);
    await chat.input.waitFor();
    await chat.holds(
      "document.querySelector('openai-chatkit').shadowRoot.activeElement?.ariaMultiLine === 'true'",
    );
    await expect
      .poll(() => chat.log.locator('dl').innerText())
      .toMatch(/Which size\?\s+Large\s+Extras\?\s+Skipped/);
    expect(await chat.objections()).toEqual([]);
  });

  it('can be skipped', async () => {
    const chat = await harness.open();
    await chat.script((body) =>
      body?.type === 'threads.add_structured_input'
        ? [answered('skipped'), done(answer('Then not'))]
        : showing(questions)(body),
    );
    await chat.ask('A coffee');
    await chat.button('Skip').click();
    await chat.log.getByText('Then not').waitFor();
    await expect
      .poll(() => bodies(chat, 'threads.add_structured_input'))
      .toEqual([
        {
          thread_id: 'thr_scripted',
          item_id: 'structured_input_1',
          input: { status: 'skipped', answers: {} },
        },
      ]);
  });

  it('are there again when the server could not take the answers, with what was chosen', async () => {
    const chat = await harness.open();
    await chat.script(replying(done(questions)));
    await chat.ask('A coffee');
    await refuse(chat, 'threads.add_structured_input', 500);
    const large = chat.page.getByRole('radio', { name: 'Large' });
    await large.check();
    await chat.button('Send answers').click();
    await chat.until(() => chat.events('onError').length === 1);
    await large.waitFor();
    await chat.page.getByRole('alert').getByText('Something went wrong on the server.').waitFor();
    await expect(large).toBeChecked();
  });
});
