import { expect } from './expect.js';
import { added, answer, begun, done, showing, thread, update } from './harness/events.js';
import { useHarness, type Chat } from './harness/harness.js';
import { REACTS } from './harness/reacts.js';
import { OpenAnswers, answerJson, refuse } from './harness/scripted.js';
import type { OpenAnswer } from './harness/scripted.js';

const STOPPABLE = { type: 'stream_options', stream_options: { allow_cancel: true } };
const delta = (text: string): object =>
  update('assistant_message_1', {
    type: 'assistant_message.content_part.text_delta',
    content_index: 0,
    delta: text,
  });

describe.each(REACTS)('Under %s', (_, copy) => {
  const harness = useHarness({ react: copy });

  describe('A response has one start and one end when it', () => {
    type Ending = (chat: Chat, reply: OpenAnswer) => Promise<void> | void;
    const endings: readonly (readonly [name: string, end: Ending, errors: number])[] = [
      ['is complete', (__, reply) => reply.end(done(answer('Done'))), 0],
      [
        'is stopped',
        async (chat, reply) => {
          reply.send(STOPPABLE);
          await chat.button('Stop response').click();
        },
        0,
      ],
      ['ends with an error', (__, reply) => reply.end({ type: 'error', code: 'stream.error' }), 1],
      ['loses its connection', (__, reply) => reply.cut(), 1],
      ['is walked away from', (chat) => chat.call('setThreadId', null).then(() => undefined), 0],
    ];

    it.each(endings)('%s', async (__, end, errors) => {
      const chat = await harness.open();
      const open = await OpenAnswers.hold(chat, 'threads.create');
      await answerJson(chat, 'threads.get_by_id', thread());
      await chat.input.fill('Hello');
      await chat.input.press('Enter');
      const reply = await open.next();
      await chat.until(() => chat.events('onResponseStart').length === 1);
      reply.send(...begun(reply.body), added(answer('Half')));
      await chat.until(() => chat.events('onThreadChange').length === 1);
      expect(chat.events('onResponseEnd')).toEqual([]);
      await end(chat, reply);
      await chat.until(() => chat.events('onResponseEnd').length === 1);
      await open.close();
      await chat.input.fill('Once more');
      await chat.script(showing(answer('Done')));
      await chat.input.press('Enter');
      await chat.until(() => chat.events('onResponseEnd').length === 2);
      await expect.poll(() => chat.events('onResponseStart')).toHaveLength(2);
      await expect.poll(() => chat.events('onError')).toHaveLength(errors);
    });

    it('is refused by the server', async () => {
      const chat = await harness.open();
      await refuse(chat, 'threads.create', 503);
      await chat.ask('Hello');
      await expect.poll(() => chat.events('onResponseStart')).toHaveLength(1);
      await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(1);
      await expect
        .poll(() => chat.events('onError'))
        .toEqual([{ error: { message: 'The chat server answered 503' } }]);
    });
  });

  it('an effect is told between the words that it came between, with data even if it has none', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hello');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body), added(answer('')), delta('Before'));
    await chat.log.getByText('Before').waitFor();
    expect(chat.events('onEffect')).toEqual([]);
    reply.send({ type: 'client_effect', name: 'light', data: { on: true } });
    await chat.until(() => chat.events('onEffect').length === 1);
    reply.send(delta(' after'));
    await chat.log.getByText('Before after').waitFor();
    reply.end({ type: 'client_effect', name: 'blink' }, done(answer('Before after')));
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    await expect
      .poll(() => chat.events('onEffect'))
      .toEqual([
        { name: 'light', data: { on: true } },
        { name: 'blink', data: {} },
      ]);
    await open.close();
  });

  it('sends nothing to another origin in any of this', () => {
    expect(harness.foreignRequests).toEqual([]);
  });
});
