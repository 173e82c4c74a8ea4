import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import type { Chat } from './harness/harness.js';
import { added, answer, begun, change, done, item, replying, showing, user } from './harness/events.js';
import { OpenAnswers, answerJson, refuse } from './harness/scripted.js';

const harness = useHarness();

const STOPPABLE = { type: 'stream_options', stream_options: { allow_cancel: true } };
const inputFocused =
  "document.querySelector('openai-chatkit').shadowRoot.activeElement?.ariaMultiLine === 'true'";

const toolCall = (id: string) =>
  item('client_tool_call', { id, call_id: id, status: 'pending', name: 'look', arguments: { at: id } });

const failure = { type: 'error', code: 'stream.error', allow_retry: true };

async function send(chat: Chat, text: string): Promise<void> {
  await chat.input.fill(text);
  await chat.input.press('Enter');
}

describe('Stopping an answer', () => {
  it('is possible once the server allows it, ends the request, and keeps what has come', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await send(chat, 'Tell me everything');
    const reply = await open.next();
    const text = answer('');
    reply.send(...begun(reply.body), added(text));
    reply.send(change('text_delta', { delta: 'To begin with' }));
    await chat.log.getByText('To begin with').waitFor();
    await expect(chat.button('Stop response')).toHaveCount(0);
    reply.send(STOPPABLE);
    const before = chat.sent.length;
    await chat.button('Stop response').click();
    await reply.closed;
    await chat.log.getByText('You stopped this response.').waitFor();
    await chat.log.getByText('To begin with').waitFor();
    await chat.holds(inputFocused);
    await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(1);
    expect(chat.events('onError')).toEqual([]);
    expect(chat.sent).toHaveLength(before);
    await chat.page.keyboard.type('Thanks');
    await expect(chat.button('Send message')).toBeEnabled();
    await open.close();
  });
});

describe('Under an answer', () => {
  it('retry asks again for the message before it, and drops what came after', async () => {
    const chat = await harness.open({ threadItemActions: { retry: true } });
    await chat.script(showing(answer('First try')));
    await chat.ask('Hi');
    await chat.script((body) =>
      body?.type === 'threads.retry_after_item' ? [done(answer('Second try', { id: 'other' }))] : undefined,
    );
    await chat.button('Retry response').click();
    await chat.log.getByText('Second try').waitFor();
    await expect(chat.log.getByText('First try')).toHaveCount(0);
    await expect
      .poll(() => chat.requests('threads.retry_after_item'))
      .toEqual([
        {
          type: 'threads.retry_after_item',
          params: { thread_id: 'thr_scripted', item_id: 'user_message_1' },
        },
      ]);
  });

  it('a rating names all visible items, may change, and is taken back when the server refuses it', async () => {
    const chat = await harness.open({ threadItemActions: { feedback: true } });
    const call = item('client_tool_call', { status: 'completed', name: 'x', arguments: {} });
    await chat.script(
      showing(
        item('task', { task: { type: 'custom', title: 'Looked' } }),
        call,
        answer('Hello'),
        item('end_of_turn'),
      ),
    );
    await answerJson(chat, 'items.feedback', {});
    await chat.ask('Hi');
    await chat.button('Good response').click();
    await chat.request('items.feedback');
    await expect(chat.button('Good response')).toHaveAttribute('aria-pressed', 'true');
    await chat.button('Bad response').click();
    await chat.request('items.feedback', 2);
    await expect(chat.button('Bad response')).toHaveAttribute('aria-pressed', 'true');
    await expect(chat.button('Good response')).toHaveAttribute('aria-pressed', 'false');
    const params = { thread_id: 'thr_scripted', item_ids: ['task_1', 'assistant_message_1'] };
    await expect
      .poll(() => chat.requests('items.feedback').map((body) => body?.params))
      .toEqual([
        { ...params, kind: 'positive' },
        { ...params, kind: 'negative' },
      ]);
    await refuse(chat, 'items.feedback', 500);
    await chat.button('Good response').click();
    await chat.until(() => chat.events('onError').length === 1);
    await expect(chat.button('Bad response')).toHaveAttribute('aria-pressed', 'true');
    await expect(chat.button('Good response')).toHaveAttribute('aria-pressed', 'false');
  });

  it('copy takes the text of the answer, and the copy text of a widget, and says so', async () => {
    const chat = await harness.open();
    await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const card = item('widget', { widget: { type: 'Card', children: [] }, copy_text: 'a card' });
    await chat.script(showing(answer('Some **bold** words'), card));
    await chat.ask('Hi');
    await chat.button('Copy response').click();
    await chat.page.getByRole('status').getByText('Copied').waitFor();
    await expect
      .poll(() => chat.page.evaluate('navigator.clipboard.readText()'))
      .toBe('Some **bold** words\n\na card');
    expect(chat.requests('items.feedback')).toEqual([]);
  });

  it('nothing is offered while the answer still comes', async () => {
    const chat = await harness.open({ threadItemActions: { feedback: true, retry: true } });
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await send(chat, 'Hi');
    const reply = await open.next();
    reply.send(...begun(reply.body), done(answer('Hello')));
    await chat.log.getByText('Hello').waitFor();
    await expect(chat.button('Copy response')).toHaveCount(0);
    reply.end();
    await chat.button('Copy response').waitFor();
    await open.close();
  });
});

describe('An error that allows another try', () => {
  it('leads to the last message again', async () => {
    const chat = await harness.open();
    await chat.script(replying(failure));
    await chat.ask('Hi');
    await chat.log.getByRole('alert').getByText('Something went wrong while answering.').waitFor();
    await chat.script((body) =>
      body?.type === 'threads.retry_after_item' ? [done(answer('Now it worked'))] : undefined,
    );
    await chat.button('Try again').click();
    await chat.log.getByText('Now it worked').waitFor();
    await expect(chat.log.getByRole('alert')).toHaveCount(0);
    await expect
      .poll(() => chat.requests('threads.retry_after_item').map((body) => body?.params))
      .toEqual([{ thread_id: 'thr_scripted', item_id: 'user_message_1' }]);
  });

  it('before there was a thread leads to the same request again, and gives the words back', async () => {
    const chat = await harness.open();
    await chat.script((body) => (body?.type === 'threads.create' ? [failure] : undefined));
    await chat.ask('Hi');
    await chat.page.getByRole('alert').getByText('Something went wrong while answering.').waitFor();
    await expect(chat.input).toHaveText('Hi');
    const [first] = chat.requests('threads.create');
    await chat.script(showing(answer('Now it worked')));
    await chat.button('Try again').click();
    await chat.log.getByText('Now it worked').waitFor();
    await expect.poll(() => chat.requests('threads.create')).toEqual([first, first]);
    await expect(chat.log.locator('.user')).toHaveCount(1);
    await expect(chat.input).toHaveText('');
  });

  it('after the thread but before the message was stored sends the message into the thread', async () => {
    const chat = await harness.open();
    await chat.script((body) =>
      body?.type === 'threads.create' ? [...begun(body).slice(0, 1), failure] : undefined,
    );
    await chat.ask('Hi');
    await chat.script(showing(answer('Now it worked')));
    await chat.button('Try again').click();
    await chat.log.getByText('Now it worked').waitFor();
    await expect
      .poll(() => chat.requests('threads.add_user_message').map((body) => body?.params))
      .toEqual([{ thread_id: 'thr_scripted', input: chat.requests('threads.create')[0]?.params['input'] }]);
  });
});

describe('A client tool', () => {
  it('runs in the page, its result goes back at once, and all of it is one response', async () => {
    const held = Promise.withResolvers<unknown>();
    const chat = await harness.open({
      onClientTool: ({ params }) =>
        (params['at'] === 'one' ? held.promise : { seen: 2 }) as Promise<Record<string, unknown>>,
    });
    await chat.script((body) => {
      if (body?.type === 'threads.add_client_tool_output')
        return chat.requests(body.type).length === 1
          ? [done(toolCall('two'))]
          : [done(answer('I have looked'))];
      return replying(done(toolCall('one')))(body);
    });
    await send(chat, 'Look');
    await chat.until(() => chat.calls('onClientTool').length === 1);
    await expect(chat.log.locator('.user')).toHaveCount(1);
    await chat.input.fill('More');
    await expect(chat.button('Send message')).toBeDisabled();
    expect(chat.events('onResponseEnd')).toEqual([]);
    held.resolve({ seen: 1 });
    await chat.log.getByText('I have looked').waitFor();
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    await expect.poll(() => chat.events('onResponseStart')).toHaveLength(1);
    await expect
      .poll(() => chat.calls('onClientTool'))
      .toEqual([[{ name: 'look', params: { at: 'one' } }], [{ name: 'look', params: { at: 'two' } }]]);
    await expect
      .poll(() => chat.requests('threads.add_client_tool_output').map((body) => body?.params))
      .toEqual([
        { thread_id: 'thr_scripted', result: { seen: 1 } },
        { thread_id: 'thr_scripted', result: { seen: 2 } },
      ]);
  });

  it('that is pending in a thread that is loaded is not run', async () => {
    const chat = await harness.open({ onClientTool: () => ({}) });
    const items = { data: [user('Look'), toolCall('one')], has_more: false };
    await answerJson(chat, 'threads.get_by_id', { id: 'thr_scripted', status: { type: 'active' }, items });
    await chat.call('setThreadId', 'thr_scripted');
    await chat.log.getByText('Look').waitFor();
    await chat.until(() => chat.threadId === 'thr_scripted');
    expect(chat.calls('onClientTool')).toEqual([]);
  });
});
