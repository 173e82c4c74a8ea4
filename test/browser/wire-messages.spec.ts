import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import { answer, begun, done, showing, thread } from './harness/events.js';
import { OpenAnswers } from './harness/scripted.js';

const harness = useHarness();

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

const input = (text: string) => ({
  content: [{ type: 'input_text', text }],
  quoted_text: '',
  attachments: [],
  inference_options: {},
});

describe('A request', () => {
  it('goes to the one address with four headers in a plain object, the same id in each', async () => {
    const chat = await harness.open({ locale: 'pt-BR' });
    await chat.script(showing(answer('Hello')));
    await chat.page.getByRole('textbox').fill('Hi');
    await chat.page.keyboard.press('Enter');
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    await expect.poll(() => chat.sent.length).toBeGreaterThan(1);
    const ids = new Set<string>();
    for (const { url, headers, body } of chat.sent) {
      const { 'chatkit-frame-instance-id': id = '', ...others } = headers;
      expect(url).toBe('/chatkit');
      expect(others).toEqual({
        Accept: '*/*;stop=request',
        'Content-Type': 'application/json',
        'Accept-Language': 'pt-BR',
      });
      expect(id).toMatch(UUID);
      expect(Object.keys(body ?? {})).toEqual(['type', 'params']);
      ids.add(id);
    }
    expect(ids.size).toBe(1);
  });
});

describe('A message', () => {
  it('begins a thread, and the next one goes into it; what is not set is not sent', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello')));
    await chat.ask('First');
    await chat.ask('Second');
    await expect
      .poll(() => chat.requests('threads.create'))
      .toEqual([{ type: 'threads.create', params: { input: input('First') } }]);
    await expect
      .poll(() => chat.requests('threads.add_user_message'))
      .toEqual([
        { type: 'threads.add_user_message', params: { input: input('Second'), thread_id: 'thr_scripted' } },
      ]);
  });

  it('carries tags in their place, the quote, the tool and the model', async () => {
    const chat = await harness.open({
      composer: {
        tools: [{ id: 'search', label: 'Search', icon: 'search' }],
        models: [{ id: 'small', label: 'Small' }],
      },
    });
    await chat.script(showing(answer('Hello')));
    await chat.call('setComposerValue', {
      content: [
        { type: 'input_text', text: 'What does ' },
        { type: 'input_tag', id: 'a1', text: 'the report', group: 'Articles', interactive: true },
        { type: 'input_text', text: ' say?' },
      ],
      reply: 'quoted words',
      selectedToolId: 'search',
    });
    await chat.button('Send message').click();
    const { params } = await chat.request('threads.create');
    expect(params).toEqual({
      input: {
        content: [
          { type: 'input_text', text: 'What does ' },
          { type: 'input_tag', id: 'a1', text: 'the report', group: 'Articles', interactive: true, data: {} },
          { type: 'input_text', text: ' say?' },
        ],
        quoted_text: 'quoted words',
        attachments: [],
        inference_options: { tool_choice: { id: 'search' }, model: 'small' },
      },
    });
  });

  it('is there at once, and stays one when the server has stored it', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Anybody there?');
    await chat.input.press('Enter');
    const reply = await open.next();
    const own = chat.log.locator('.user', { hasText: 'Anybody there?' });
    await own.waitFor();
    await chat.page.evaluate(
      `document.querySelector('openai-chatkit').shadowRoot.querySelector('.user').mark = 1`,
    );
    reply.send(...begun(reply.body));
    await chat.until(() => chat.threadId === 'thr_scripted');
    reply.send({ type: 'thread.updated', thread: thread({ title: 'A question' }) });
    await chat.page.getByRole('heading', { name: 'A question' }).waitFor();
    await expect(own).toHaveCount(1);
    await chat.holds(`document.querySelector('openai-chatkit').shadowRoot.querySelector('.user').mark === 1`);
    reply.end(done(answer('Yes')));
    await chat.log.getByText('Yes').waitFor();
    await open.close();
  });

  it('can be written while an answer comes, and is sent when it has come', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('First');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body));
    await chat.until(() => chat.threadId === 'thr_scripted');
    await chat.input.fill('Second');
    await expect(chat.button('Send message')).toBeDisabled();
    await chat.input.press('Enter');
    reply.end(done(answer('Yes')));
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    expect(chat.requests('threads.add_user_message')).toEqual([]);
    await expect(chat.input).toHaveText('Second');
    await chat.script(showing(answer('Indeed')));
    await chat.input.press('Enter');
    await chat.request('threads.add_user_message');
    await open.close();
  });
});
