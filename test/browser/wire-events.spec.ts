import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import {
  added,
  answer,
  begun,
  change,
  done,
  item,
  replying,
  thread,
  update,
  widget,
} from './harness/events.js';
import { OpenAnswers, answerJson } from './harness/scripted.js';
import type { OpenAnswer } from './harness/scripted.js';
import type { Chat } from './harness/harness.js';

const harness = useHarness();

/** A chat whose answer the test writes; the message is stored already. */
async function answeringBitByBit(): Promise<{ chat: Chat; reply: OpenAnswer; close: () => Promise<void> }> {
  const chat = await harness.open();
  const open = await OpenAnswers.hold(chat, 'threads.create');
  await chat.input.fill('Hi');
  await chat.input.press('Enter');
  const reply = await open.next();
  reply.send(...begun(reply.body));
  const close = async (): Promise<void> => {
    await open.close();
    await chat.leave();
  };
  return { chat, reply, close };
}

const part = (text: string) => ({ type: 'output_text', text, annotations: [] });

describe('A stream', () => {
  it('changes the title and the status of its thread, here and in the history, and keeps its items', async () => {
    const { chat, reply, close } = await answeringBitByBit();
    reply.send(done(answer('Hello')), { type: 'thread.updated', thread: thread({ title: 'Greetings' }) });
    await chat.page.getByRole('heading', { name: 'Greetings' }).waitFor();
    await chat.log.getByText('Hello').waitFor();
    await answerJson(chat, 'threads.list', { data: [thread({ title: 'Hi' })], has_more: false });
    await chat.button('Conversation history').click();
    await chat.button('Hi').waitFor();
    reply.send({ type: 'thread.updated', thread: thread({ title: 'Good day' }) });
    await chat.button('Good day').waitFor();
    await chat.button('Close history').click();
    const locked = thread({ title: 'Greetings', status: { type: 'locked', reason: 'Wait for Ada' } });
    reply.end({ type: 'thread.updated', thread: locked });
    await chat.page.locator('[aria-placeholder="Wait for Ada"]').waitFor();
    await chat.log.getByText('Hello').waitFor();
    await close();
  });

  it('puts items in their place, replaces and removes them', async () => {
    const { chat, reply, close } = await answeringBitByBit();
    const one = answer('One', { id: 'one' });
    const two = answer('Two', { id: 'two' });
    reply.send(added(one), done(two));
    await chat.log.getByText('Two').waitFor();
    reply.send(done(answer('One, finished', { id: 'one' })));
    await chat.log.getByText('One, finished').waitFor();
    const answers = chat.log.locator('.assistant');
    // as the server keeps them: in the order in which they were finished
    await expect(answers).toHaveText(['Two', 'One, finished'], { useInnerText: true });
    reply.send({ type: 'thread.item.replaced', item: answer('Other', { id: 'one' }) });
    await chat.log.getByText('Other').waitFor();
    await expect(answers).toHaveText(['Two', 'Other'], { useInnerText: true });
    reply.end({ type: 'thread.item.removed', item_id: 'one' });
    await chat.log.getByText('Other').waitFor({ state: 'detached' });
    await expect(answers).toHaveText(['Two'], { useInnerText: true });
    await close();
  });

  it('grows an answer: parts, text before its part, and the finished text as the truth', async () => {
    const { chat, reply, close } = await answeringBitByBit();
    reply.send(added(item('assistant_message', { content: [] })));
    reply.send(change('text_delta', { delta: 'Hel' }), change('text_delta', { delta: 'lo *th' }));
    await chat.log.locator('.assistant.streaming').getByText('Hello *th').waitFor();
    reply.send(change('text_delta', { delta: 'ere*' }));
    await chat.log.locator('em', { hasText: 'there' }).waitFor();
    reply.send(change('added', { content_index: 2, content: part('Third part') }));
    await chat.log.getByText('Third part').waitFor();
    reply.send(change('done', { content: part('Good day') }), update('nobody', { type: 'x' }));
    await chat.log.getByText('Good day').waitFor();
    await expect(chat.log.getByText('Hello')).toHaveCount(0);
    reply.end(done(answer('Good day to you')));
    await chat.log.getByText('Good day to you').waitFor();
    await chat.log.locator('.assistant.streaming').waitFor({ state: 'detached' });
    await expect(chat.log.getByText('Third part')).toHaveCount(0);
    await close();
  });

  it('changes a widget: a text that grows, one component, and the whole', async () => {
    const { chat, reply, close } = await answeringBitByBit();
    const field = { type: 'Input', id: 'field', name: 'who', placeholder: 'Name' };
    const growing = { type: 'Text', id: 'growing', value: 'Once', streaming: true };
    reply.send(added(widget([growing, field])));
    const name = chat.log.getByRole('textbox', { name: 'Name' });
    await name.fill('Ada');
    const delta = { type: 'widget.streaming_text.value_delta', component_id: 'growing', done: false };
    reply.send(
      update('widget_1', { ...delta, delta: ' upon' }),
      update('widget_1', { ...delta, delta: ' a time' }),
    );
    await chat.log.getByText('Once upon a time').waitFor();
    reply.send(
      update('widget_1', {
        type: 'widget.component.updated',
        component_id: 'growing',
        component: { type: 'Title', id: 'growing', value: 'The end' },
      }),
    );
    await chat.log.getByText('The end').waitFor();
    const root = { type: 'Card', children: [{ type: 'Text', value: 'Above' }, growing, field] };
    reply.send(update('widget_1', { type: 'widget.root.updated', widget: root }));
    await chat.log.getByText('Above').waitFor();
    await expect(name).toHaveValue('Ada');
    await expect(name).toBeFocused();
    reply.end();
    await close();
  });

  it('shows one line of progress at a time, which goes when words come', async () => {
    const { chat, reply, close } = await answeringBitByBit();
    reply.send({ type: 'progress_update', icon: 'search', text: 'Searching' });
    await chat.log.getByText('Searching').waitFor();
    reply.send({ type: 'progress_update', text: 'Reading' });
    await chat.log.getByText('Reading').waitFor();
    await expect(chat.log.getByText('Searching')).toHaveCount(0);
    reply.send(added(answer('')), change('text_delta', { delta: 'Found' }));
    await chat.log.getByText('Found').waitFor();
    await expect(chat.log.getByText('Reading')).toHaveCount(0);
    reply.send({ type: 'progress_update', text: 'Reading on' });
    await chat.log.getByText('Reading on').waitFor();
    reply.end();
    await chat.log.getByText('Reading on').waitFor({ state: 'detached' });
    await close();
  });

  it('has effects in the page, in order with what is shown', async () => {
    const chat = await harness.open();
    await chat.script(
      replying({ type: 'client_effect', name: 'confetti' }, done(answer('Hello')), {
        type: 'client_effect',
        name: 'scroll',
        data: { to: 7 },
      }),
    );
    await chat.ask('Hi');
    await expect
      .poll(() => chat.events('onEffect'))
      .toEqual([
        { name: 'confetti', data: {} },
        { name: 'scroll', data: { to: 7 } },
      ]);
  });

  it('says what went wrong in its own words, or in ours, and offers another try only where it may', async () => {
    const chat = await harness.open();
    await chat.script(
      replying({ type: 'error', code: 'custom', message: 'The printer is on fire', allow_retry: false }),
    );
    await chat.ask('Print');
    await chat.log.getByRole('alert').getByText('The printer is on fire').waitFor();
    await expect(chat.button('Try again')).toHaveCount(0);
    await chat.script(
      replying({ type: 'error', code: 'stream.error', message: 'null pointer', allow_retry: true }),
    );
    await chat.ask('Print again');
    await chat.log.getByRole('alert').getByText('Something went wrong while answering.').waitFor();
    await expect(chat.log.getByText('null pointer')).toHaveCount(0);
    await expect(chat.button('Try again')).toHaveCount(1);
    await chat.script(replying({ type: 'error', code: 'quota.exceeded', allow_retry: true }));
    await chat.ask('Once more');
    await chat.log.getByRole('alert').getByText('Something went wrong.').waitFor();
    await expect.poll(() => chat.events('onError')).toHaveLength(3);
    await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(3);
  });

  it('gives notices of three kinds, in Markdown, which can be put away', async () => {
    const chat = await harness.open();
    await chat.script(
      replying(
        { type: 'notice', level: 'info', message: 'See **here**', title: 'News' },
        { type: 'notice', level: 'warning', message: 'Soon over' },
        { type: 'notice', level: 'danger', message: 'All gone' },
        done(answer('Hello')),
      ),
    );
    await chat.ask('Hi');
    const notices = chat.page.locator('.notice');
    await expect(notices).toHaveCount(3);
    await expect(notices.first().locator('strong', { hasText: 'here' })).toHaveCount(1);
    await expect(notices.first()).toContainText('News', { useInnerText: true });
    expect(await chat.objections()).toEqual([]);
    await notices.last().getByRole('button', { name: 'Dismiss' }).click();
    await expect(chat.page.getByText('All gone', { exact: true })).toHaveCount(0);
    await expect(notices).toHaveCount(2);
  });

  it('is read whatever its line ends, comments, blanks and cuts', async () => {
    const { chat, reply, close } = await answeringBitByBit();
    const event = Buffer.from(`data: ${JSON.stringify(done(answer('Grüße 👋')))}\r\n\r\n`);
    reply.write(': heartbeat\n\n');
    const middle = event.indexOf('👋') + 1;
    reply.write(event.subarray(0, middle));
    reply.write(event.subarray(middle));
    reply.write('data: this is no JSON\n\nevent: other\nid: 7\nretry: 10\n\n');
    await chat.log.getByText('Grüße 👋').waitFor();
    reply.end({ type: 'notice', level: 'info', message: 'Still here', title: null });
    await chat.page.locator('.notice', { hasText: 'Still here' }).waitFor();
    await close();
  });

  it('passes over what is newer than the element, and logs it once', async () => {
    const chat = await harness.open();
    const future = { type: 'thread.item.done', item: item('hologram') };
    await chat.script(
      replying(
        future,
        future,
        { type: 'telepathy' },
        done(item('hidden_context_item', { content: 'secret' })),
        done(answer('Hello')),
      ),
    );
    await chat.ask('Hi');
    await chat.log.getByText('Hello').waitFor();
    await expect(chat.log).not.toContainText('secret');
    await expect
      .poll(() =>
        chat.events('onLog').filter((entry) => (entry as { name: string }).name === 'protocol.unknown'),
      )
      .toEqual([
        { name: 'protocol.unknown', data: { kind: 'item', type: 'hologram' } },
        { name: 'protocol.unknown', data: { kind: 'event', type: 'telepathy' } },
      ]);
    expect(chat.complaints.all).toEqual([]);
  });
});
