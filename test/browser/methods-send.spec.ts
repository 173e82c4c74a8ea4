import { expect } from './expect.js';
import { answering } from './harness/begun-answer.js';
import { answer, done, showing, thread, widget } from './harness/events.js';
import { useHarness, type Chat } from './harness/harness.js';
import { REACTS } from './harness/reacts.js';
import { OpenAnswers, answerJson, refuse } from './harness/scripted.js';

const inputOf = (body: { params: Readonly<Record<string, unknown>> }): unknown => body.params['input'];

const button = (label: string) => ({
  type: 'Button',
  label,
  onClickAction: { type: label, handler: 'client' },
});

describe.each(REACTS)('Under %s', (_, copy) => {
  const harness = useHarness({ react: copy });

  describe('sendUserMessage', () => {
    it('sends all that it is given, and leaves the draft alone', async () => {
      const chat = await harness.open();
      await chat.script(showing(answer('Seen')));
      await chat.input.fill('My draft');
      const tag = { type: 'input_tag', id: 'e1', text: 'Plan', data: {}, interactive: false };
      const file = { type: 'file', id: 'atc_1', name: 'a.txt', mime_type: 'text/plain' };
      await chat.call('sendUserMessage', {
        content: [{ type: 'input_text', text: 'See ' }, tag],
        reply: 'Quoted',
        attachments: [file],
        toolChoice: { id: 'draw' },
        model: 'large',
      });
      expect(inputOf(await chat.request('threads.create'))).toEqual({
        content: [{ type: 'input_text', text: 'See ' }, tag],
        quoted_text: 'Quoted',
        attachments: ['atc_1'],
        inference_options: { tool_choice: { id: 'draw' }, model: 'large' },
      });
      await chat.until(() => chat.events('onResponseEnd').length === 1);
      await expect(chat.input).toHaveText('My draft');
      await chat.call('sendUserMessage', { text: 'In a new one', newThread: true });
      expect(inputOf(await chat.request('threads.create', 2))).toMatchObject({
        content: [{ type: 'input_text', text: 'In a new one' }],
      });
    });

    it('works right when the chat is ready', async () => {
      const chat = await harness.open();
      await chat.script(showing(answer('Seen')));
      await chat.page.reload();
      await chat.page.evaluate("harness.atReady.push(['sendUserMessage', [{ text: 'First thing' }]])");
      await chat.start({});
      await chat.until(() => chat.events('onResponseEnd').length === 1);
      await chat.log.getByText('First thing').first().waitFor();
      expect(chat.events('onError')).toEqual([]);
    });

    it('and sendCustomAction work from inside of widgets.onAction', async () => {
      let chat: Chat | undefined;
      const onAction = async ({ type }: { type: string }, { id }: { id: string }): Promise<void> => {
        if (type === 'Say') await chat?.call('sendUserMessage', { text: 'Said by a widget' });
        else await chat?.call('sendCustomAction', { type: 'book', payload: { room: 3 } }, id);
      };
      chat = await harness.open({ widgets: { onAction } });
      await chat.script(showing(widget([button('Say'), button('Act')])));
      await chat.ask('Show me');
      await chat.button('Say').click();
      await chat.log.getByText('Said by a widget').waitFor();
      await chat.until(() => chat?.events('onResponseEnd').length === 2);
      await chat.script((body) =>
        body?.type === 'threads.custom_action' ? [done(answer('Booked'))] : undefined,
      );
      await chat.button('Act').last().click();
      expect((await chat.request('threads.custom_action')).params).toMatchObject({
        item_id: 'widget_1',
        action: { type: 'book', payload: { room: 3 } },
      });
      await chat.log.getByText('Booked').waitFor();
      expect(chat.events('onError')).toEqual([]);
    });

    it('rejects while a response runs, in a thread that is locked, and for an empty message', async () => {
      const { chat, open, finish } = await answering(harness);
      const say = (text: string): Promise<unknown> => chat.call('sendUserMessage', { text });
      await expect(say('Too early')).rejects.toThrow('A response is still running');
      finish();
      await chat.until(() => chat.events('onResponseEnd').length === 1);
      await expect(say('  ')).rejects.toThrow('The message is empty');
      const locked = { ...thread(), id: 'thr_locked', status: { type: 'locked' } };
      await answerJson(chat, 'threads.get_by_id', locked);
      await chat.call('setThreadId', 'thr_locked');
      await expect(say('Let me in')).rejects.toThrow('This thread takes no messages');
      expect(chat.requests('threads.add_user_message')).toEqual([]);
      await open.close();
    });
  });

  describe('sendCustomAction', () => {
    it('resolves when its response has ended, and rejects when that fails', async () => {
      const chat = await harness.open();
      await chat.script(showing(widget([])));
      await chat.ask('Show me');
      const open = await OpenAnswers.hold(chat, 'threads.custom_action');
      const order: string[] = [];
      const acting = chat.call('sendCustomAction', { type: 'book' }).then(() => order.push('resolved'));
      const reply = await open.next();
      expect(reply.body.params).toEqual({ thread_id: chat.threadId, action: { type: 'book' } });
      reply.send(done(answer('Booked')));
      await chat.log.getByText('Booked').waitFor();
      order.push('shown');
      reply.end();
      await acting;
      expect(order).toEqual(['shown', 'resolved']);
      await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(2);

      const failing = chat.call('sendCustomAction', { type: 'book' });
      const second = await open.next();
      second.end({ type: 'error', code: 'custom', message: 'Fully booked', allow_retry: false });
      await expect(failing).rejects.toThrow('Fully booked');
      await open.close();
      await refuse(chat, 'threads.custom_action', 422);
      await expect(chat.call('sendCustomAction', { type: 'book' })).rejects.toThrow('422');
      await expect.poll(() => chat.events('onResponseStart')).toHaveLength(4);
      await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(4);
    });

    it('rejects without a thread, and while a response runs', async () => {
      const { chat, open, finish } = await answering(harness);
      const act = (): Promise<unknown> => chat.call('sendCustomAction', { type: 'book' });
      await expect(act()).rejects.toThrow('A response is still running');
      finish();
      await chat.call('setThreadId', null);
      await expect(act()).rejects.toThrow('There is no active thread');
      expect(chat.requests('threads.custom_action')).toEqual([]);
      const running = (): number =>
        chat.events('onResponseStart').length - chat.events('onResponseEnd').length;
      await expect.poll(running).toBe(0);
      await open.close();
    });
  });

  it('sends nothing to another origin in any of this', () => {
    expect(harness.foreignRequests).toEqual([]);
  });
});
