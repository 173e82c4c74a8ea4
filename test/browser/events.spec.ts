import { expect } from './expect.js';
import {
  added,
  answer,
  begun,
  carriesMessage,
  done,
  replying,
  showing,
  thread,
  update,
  widget,
} from './harness/events.js';
import { useHarness } from './harness/harness.js';
import { REACTS } from './harness/reacts.js';
import { answerJson, refuse } from './harness/scripted.js';

/** A text that must never leave with the log. */
const CANARY = 'canary';
const threadOf = (detail: unknown): unknown => (detail as { threadId: unknown }).threadId;
const boom = (): never => {
  throw new Error('boom');
};
const failing = async (): Promise<never> => boom();

describe.each(REACTS)('Under %s', (_, copy) => {
  const harness = useHarness({ react: copy });

  it('the shown thread is told whenever it becomes another one', async () => {
    const chat = await harness.open();
    await chat.ask('The first');
    const first = chat.threadId;
    await chat.ask('More of it');
    await chat.button('New conversation').click();
    await chat.ask('The second');
    const second = chat.threadId;
    await chat.button('Conversation history').click();
    await chat.page.getByRole('button', { name: 'The first', exact: true }).click();
    await chat.log.getByText('More of it').first().waitFor();
    await expect(chat.page.getByRole('dialog')).toBeHidden();
    await chat.button('Conversation history').click();
    await chat.button('Delete The first').click();
    await chat.button('Delete').click();
    await chat.page.getByText('What can I help with today?').waitFor();
    await chat.call('setThreadId', second);
    await expect
      .poll(() => chat.events('onThreadChange').map(threadOf))
      .toEqual([first, null, second, first, null, second]);
    await expect.poll(() => chat.events('onThreadLoadEnd').map(threadOf)).toEqual([first, second]);
    expect(chat.events('onThreadLoadStart').map(threadOf)).toEqual([first, second]);
  });

  it('loading a thread ends once, also when it fails or is overtaken', async () => {
    const chat = await harness.open();
    await refuse(chat, 'threads.get_by_id', 500);
    await chat.call('setThreadId', 'thr_broken');
    await chat.page.getByText('Something went wrong on the server.').waitFor();
    await answerJson(chat, 'threads.get_by_id', thread());
    // in one turn of the page: the first cannot have been answered when the second comes
    await chat.page.evaluate(
      `Promise.all(['thr_slow', 'thr_scripted'].map((id) => harness.call('setThreadId', [id])))`,
    );
    const all = ['thr_broken', 'thr_slow', 'thr_scripted'];
    await expect
      .poll(() =>
        chat
          .events('onThreadLoadEnd')
          .map((detail) => String(threadOf(detail)))
          .toSorted(),
      )
      .toEqual(all.toSorted());
    expect(chat.events('onThreadLoadStart').map(threadOf)).toEqual(all);
    await expect.poll(() => chat.threadId).toBe('thr_scripted');
  });

  it('every failure is told as an error, and the chat says what is wrong', async () => {
    const chat = await harness.open({
      header: { leftAction: { icon: 'star', onClick: boom } },
      widgets: { onAction: failing },
      entities: { onTagSearch: failing, onClick: boom, onRequestPreview: failing },
      onClientTool: failing,
    });
    const failed = async (count: number): Promise<unknown> => {
      await expect.poll(() => chat.events('onError')).toHaveLength(count);
      return (chat.events('onError').at(-1) as { error: { message: string } }).error.message;
    };
    await refuse(chat, 'threads.create', 503);
    await chat.ask('Hello');
    expect(await failed(1)).toBe('The chat server answered 503');
    await chat.page.getByText('Chat is unavailable right now.').waitFor();

    await chat.script(replying({ type: 'error', code: 'custom', message: 'No more today' }));
    await expect(chat.input).toHaveText('Hello');
    await chat.input.press('Enter');
    expect(await failed(2)).toBe('No more today');
    await chat.page.getByText('No more today').waitFor();

    await chat.button('Star').click();
    expect(await failed(3)).toContain('boom');
    await chat.input.fill('@');
    expect(await failed(4)).toContain('boom');

    const field = { type: 'Input', name: 'room', defaultValue: '3' };
    const submit = { type: 'Button', label: 'Book', submit: true };
    const form = { type: 'Form', onSubmitAction: { type: 'book', payload: { room: 1 }, handler: 'client' } };
    await chat.script(showing(widget([{ ...form, children: [field, submit] }])));
    await chat.ask('A form');
    await chat.log.locator('[data-name="room"]').waitFor();
    await chat.button('Book').click();
    await failed(6);
    const messages = chat.events('onError').map((detail) => JSON.stringify(detail));
    expect(messages[4]).toContain('room');
    expect(messages[5]).toContain('boom');

    const source = { type: 'entity', id: 'e-1', title: 'Fog', interactive: true };
    const annotations = [{ type: 'annotation', source, index: 3 }];
    const content = [{ type: 'output_text', text: 'Fog.', annotations }];
    await chat.script(showing(answer('', { content })));
    await chat.ask('Weather?');
    await chat.log.getByRole('button', { name: 'Source 1: Fog' }).click();
    await failed(8);
  });

  it('a link into the page is told and leads nowhere', async () => {
    const chat = await harness.open();
    const text = 'Open [room three](chatkit-link://room?number=3&floor=first%20floor).';
    await chat.script(showing(answer(text)));
    await chat.ask('Where?');
    const before = chat.page.url();
    await chat.log.getByRole('link', { name: 'room three' }).click();
    await expect
      .poll(() => chat.events('onDeeplink'))
      .toEqual([{ name: 'room', data: { number: '3', floor: 'first floor' } }]);
    expect(chat.page.url()).toBe(before);
    expect(chat.page.context().pages()).toHaveLength(1);
  });

  it('the log names what is done, and never what is said', async () => {
    const button = {
      type: 'Button',
      label: CANARY,
      onClickAction: { type: 'book', payload: { [CANARY]: CANARY } },
    };
    const chat = await harness.open({
      startScreen: { greeting: CANARY, prompts: [{ label: CANARY, prompt: CANARY }] },
      composer: { tools: [{ id: 'draw', label: CANARY, icon: 'images' }] },
      threadItemActions: { feedback: true, retry: true },
    });
    let serial = 0;
    await chat.script((body) => {
      if (!body?.type.match(/create|add_user_message|custom_action|retry/)) return undefined;
      serial += 1;
      return [
        ...(carriesMessage(body) ? begun(body, serial) : []),
        done(answer(CANARY, { id: `answer_${serial}` })),
        done(widget([button], { id: `widget_${serial}` })),
      ];
    });
    await chat.button('Add tools and more').click();
    await chat.page.getByRole('menuitemradio', { name: CANARY }).click();
    await expect(chat.page.getByRole('menu')).toBeHidden();
    await chat.button(CANARY).first().click();
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    await chat.ask(CANARY);
    await answerJson(chat, 'items.feedback', {});
    await chat.button('Good response').last().click();
    await chat.button('Bad response').last().click();
    await chat.log.getByRole('button', { name: CANARY }).last().click();
    await chat.until(() => chat.events('onResponseEnd').length === 3);
    await chat.button('Retry response').last().click();
    await chat.until(() => chat.events('onResponseEnd').length === 4);
    await chat.button('Conversation history').click();
    await chat.button('Close history').click();
    await expect(chat.page.getByRole('dialog')).toBeHidden();
    await chat.button('New conversation').click();
    await expect
      .poll(() => chat.events('onLog'))
      .toEqual([
        { name: 'app.init' },
        { name: 'composer.tool.select', data: { toolId: 'draw', source: 'toolMenu' } },
        { name: 'startScreenPrompt.select' },
        { name: 'message.action', data: { action: 'feedback.positive' } },
        { name: 'message.action', data: { action: 'feedback.negative' } },
        { name: 'widget.action', data: { widgetType: 'Button', actionType: 'book', handler: 'server' } },
        { name: 'message.action', data: { action: 'retry' } },
        { name: 'history.open' },
        { name: 'history.close' },
        { name: 'newChat.create' },
      ]);
    expect(JSON.stringify(chat.events('onLog'))).not.toContain(CANARY);
  });

  it('what is newer than the chat is passed over, and logged once', async () => {
    const chat = await harness.open();
    const strange = { type: 'Carousel', children: [{ type: 'Text', value: 'Inside of it' }] };
    await chat.script(
      replying(
        { type: 'thread.sparkled' },
        { type: 'thread.sparkled' },
        done({ ...answer(''), type: 'hologram', id: 'item_h' }),
        added(answer('Words')),
        update('assistant_message_1', { type: 'assistant_message.mood' }),
        done(
          answer('', { content: [{ type: 'output_text', text: 'Words', annotations: [{ type: 'aura' }] }] }),
        ),
        done(widget([strange])),
        done({ ...answer(''), type: 'task', id: 'task_1', task: { type: 'juggle', title: 'Juggling' } }),
      ),
    );
    await chat.ask('Hello');
    await chat.log.getByText('Words').waitFor();
    await chat.log.getByText('Inside of it').waitFor();
    const unknown = () =>
      chat
        .events('onLog')
        .map((detail) => detail as { name: string; data: { kind: string; type: string } })
        .filter(({ name }) => name === 'protocol.unknown')
        .map(({ data }) => `${data.kind} ${data.type}`)
        .toSorted();
    await expect
      .poll(unknown)
      .toEqual([
        'event thread.sparkled',
        'item hologram',
        'source ',
        'task juggle',
        'update assistant_message.mood',
        'widget Carousel',
      ]);
    expect(chat.events('onError')).toEqual([]);
    expect(await chat.objections()).toEqual([]);
  });

  it('sends nothing to another origin in any of this', () => {
    expect(harness.foreignRequests).toEqual([]);
  });
});
