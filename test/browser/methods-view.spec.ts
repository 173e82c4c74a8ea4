import { expect } from './expect.js';
import { answering } from './harness/begun-answer.js';
import { answer, begun, done, replying, showing, thread } from './harness/events.js';
import { useHarness } from './harness/harness.js';
import { REACTS } from './harness/reacts.js';
import { answerJson } from './harness/scripted.js';

const HOST = "document.querySelector('openai-chatkit')";

describe.each(REACTS)('Under %s', (_, copy) => {
  const harness = useHarness({ react: copy });

  describe('focusComposer', () => {
    it('puts focus into the text, and resolves when it is there', async () => {
      const chat = await harness.open();
      const focused = await chat.page.evaluate(`harness.call('focusComposer', []).then(() =>
        [document.activeElement === ${HOST}, ${HOST}.shadowRoot.activeElement.getAttribute('role')])`);
      expect(focused).toEqual([true, 'textbox']);
    });
  });

  describe('setThreadId', () => {
    it('loads a thread, does nothing for the one that is shown, and goes to the start for null and undefined', async () => {
      const chat = await harness.open();
      await chat.script(showing(answer('Hello')));
      await answerJson(chat, 'threads.get_by_id', { ...thread(), id: 'thr_9', title: 'The ninth' });
      await chat.call('setThreadId', 'thr_9');
      await chat.page.getByRole('heading', { name: 'The ninth' }).waitFor();
      await chat.call('setThreadId', 'thr_9');
      await chat.call('setThreadId', null);
      await chat.page.getByText('What can I help with today?').waitFor();
      await chat.call('setThreadId', 'thr_9');
      await chat.page.evaluate("harness.call('setThreadId', [undefined])");
      await chat.page.getByText('What can I help with today?').waitFor();
      await expect
        .poll(() => chat.events('onThreadChange').map((detail) => (detail as { threadId: unknown }).threadId))
        .toEqual(['thr_9', null, 'thr_9', null]);
      await expect.poll(() => chat.events('onThreadLoadStart')).toHaveLength(2);
      await expect.poll(() => chat.events('onThreadLoadEnd')).toHaveLength(2);
      await expect.poll(() => chat.requests('threads.get_by_id')).toHaveLength(2);
    });

    it('leaves a running answer, which goes on to its end unseen', async () => {
      const { chat, open, finish } = await answering(harness);
      await chat.call('setThreadId', null);
      await chat.page.getByText('What can I help with today?').waitFor();
      await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(1);
      finish();
      const sending = chat.call('sendUserMessage', { text: 'Another' });
      const next = await open.next();
      next.end(...begun(next.body), done(answer('Second')));
      await sending;
      await chat.log.getByText('Second').waitFor();
      await expect(chat.log.getByText('Done')).toHaveCount(0);
      expect(chat.events('onError')).toEqual([]);
      await open.close();
    });
  });

  describe('setComposerValue', () => {
    it('takes every part of a draft, uploads files at once, and keeps what it is not given', async () => {
      const chat = await harness.open({
        api: { uploadStrategy: { type: 'two_phase' } },
        composer: {
          attachments: { enabled: true },
          tools: [{ id: 'draw', label: 'Draw', icon: 'images' }],
          models: [
            { id: 'small', label: 'Small' },
            { id: 'large', label: 'Large' },
          ],
        },
      });
      await chat.call('setComposerValue', { text: 'A text', reply: 'A quote' });
      await chat.call('setComposerValue', { selectedToolId: 'draw', selectedModelId: 'large' });
      await chat.page.evaluate(`harness.call('setComposerValue',
        [{ files: [new File(['x'], 'notes.txt', { type: 'text/plain' })] }])`);
      await chat.page.locator('.upload.ready', { hasText: 'notes.txt' }).waitFor();
      expect((await chat.request('attachments.create')).params).toMatchObject({ name: 'notes.txt' });
      const file = { type: 'file', id: 'atc_1', name: 'given.txt', mime_type: 'text/plain' };
      await chat.call('setComposerValue', { attachments: [file] });
      await chat.page.locator('.upload.ready', { hasText: 'given.txt' }).waitFor();
      await chat.button('Remove Draw').waitFor();
      await chat.button('Model: Large').waitFor();
      await chat.page.getByText('A quote').waitFor();
      await expect(chat.input).toHaveText('A text');
      await chat.call('setComposerValue', {
        selectedToolId: null,
        content: [{ type: 'input_text', text: 'New' }],
      });
      await chat.button('Remove Draw').waitFor({ state: 'detached' });
      await expect(chat.input).toHaveText('New');
      await expect.poll(() => chat.events('onToolChange')).toEqual([{ toolId: 'draw' }, { toolId: null }]);
      expect(chat.requests('threads.create')).toEqual([]);
    });
  });

  describe('fetchUpdates', () => {
    it('shows what has changed on the server, in the history too, and keeps what has not', async () => {
      const chat = await harness.open();
      await chat.script(replying(done(answer('As it was'))));
      await chat.ask('Hello');
      await chat.log.getByText('As it was').waitFor();
      await chat.page.evaluate(`window.kept = ${HOST}.shadowRoot.querySelector('.bubble, .turn p')`);
      const data = [
        {
          ...(begun({
            type: 'x',
            params: { input: { content: [{ type: 'input_text', text: 'Hello' }] } },
          })[0]?.['item'] as object),
        },
        answer('As it is now'),
      ];
      const status = { type: 'locked', reason: 'Being looked at' };
      await answerJson(
        chat,
        'threads.get_by_id',
        thread({ title: 'Renamed', status, items: { data, has_more: false } }),
      );
      await chat.call('fetchUpdates');
      await chat.log.getByText('As it is now').waitFor();
      await chat.page.getByRole('heading', { name: 'Renamed' }).waitFor();
      await chat.page.locator('[aria-placeholder="Being looked at"]').waitFor();
      expect(await chat.page.evaluate('window.kept.isConnected')).toBe(true);
      await answerJson(chat, 'threads.list', { data: [thread({ title: 'Renamed' })], has_more: false });
      await chat.call('showHistory');
      await chat.page.getByRole('button', { name: 'Renamed', exact: true }).waitFor();
      expect(chat.events('onThreadLoadStart')).toEqual([]);
    });
  });

  describe('showHistory and hideHistory', () => {
    it('open and close the pane without a header too, with focus in it and back', async () => {
      const chat = await harness.open({ header: { enabled: false } });
      await chat.call('focusComposer');
      await chat.call('showHistory');
      await chat.page.getByRole('dialog', { name: 'Conversation history' }).waitFor();
      await chat.holds(`${HOST}.shadowRoot.activeElement.closest('.pane') !== null`);
      await chat.call('showHistory');
      await chat.call('hideHistory');
      await chat.page.getByRole('dialog').waitFor({ state: 'detached' });
      await chat.holds(`${HOST}.shadowRoot.activeElement?.getAttribute('role') === 'textbox'`);
      await chat.until(() => chat.events('onHistoryClose').length === 1);
      expect(chat.events('onHistoryOpen')).toHaveLength(1);
    });

    it('reject when the history is switched off', async () => {
      const chat = await harness.open({ history: { enabled: false } });
      await expect(chat.call('showHistory')).rejects.toThrow('The history is disabled');
      expect(chat.events('onHistoryOpen')).toEqual([]);
    });
  });

  it('sends nothing to another origin in any of this', () => {
    expect(harness.foreignRequests).toEqual([]);
  });
});
