import { expect } from './expect.js';
import { answer, begun, showing, thread, user } from './harness/events.js';
import { useHarness } from './harness/harness.js';
import type { Chat } from './harness/harness.js';
import { OpenAnswers, answerJson, refuse } from './harness/scripted.js';

const harness = useHarness();

const alert = (chat: Chat, text: string): Promise<void> =>
  chat.page.getByRole('alert').getByText(text).waitFor();
const LOST = 'The connection was lost. Check your network and try again.';

describe('A message that the server refuses', () => {
  let chat: Chat;

  beforeAll(async () => {
    chat = await harness.open();
  });
  // each is the first of a conversation
  beforeEach(() => chat.call('setThreadId', null));

  it.each([
    [401, 'Your session has ended. Please sign in again.', false],
    [403, 'You are not allowed to use this chat. Please sign in again.', false],
    [404, 'This conversation no longer exists.', false],
    [413, 'This message is too long to send.', false],
    [429, 'That was a bit fast. Please wait a moment and try again.', true],
    [500, 'Something went wrong on the server.', true],
    [503, 'Chat is unavailable right now. Please try again in a moment.', true],
  ])('with %i is told in words, and is in the composer again', async (status, words, again) => {
    const before = {
      errors: chat.events('onError').length,
      responses: chat.events('onResponseStart').length,
    };
    const body = JSON.stringify({ error: { code: 'x', message: '<b>internal</b>' } });
    await refuse(chat, 'threads.create', status, { body });
    await chat.ask('My words');
    await alert(chat, words);
    await expect(chat.input).toHaveText('My words');
    await expect(chat.button('Try again')).toHaveCount(again ? 1 : 0);
    await expect(chat.page.locator('openai-chatkit')).toContainText(words);
    await expect(chat.page.locator('openai-chatkit')).not.toContainText('internal');
    await expect
      .poll(() => chat.events('onError').slice(before.errors))
      .toEqual([{ error: { message: '<b>internal</b>' } }]);
    expect(chat.events('onResponseStart')).toHaveLength(before.responses + 1);
    await chat.script(showing(answer('Hello')));
    await chat.input.press('Enter');
    await chat.log.getByText('Hello').waitFor();
    await expect(chat.log.locator('.user')).toHaveCount(1);
    await expect(chat.page.getByRole('alert')).toHaveCount(0);
  });

  it('leaves alone what has been written meanwhile', async () => {
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('My words');
    await chat.input.press('Enter');
    const reply = await open.next();
    await chat.input.fill('Other words');
    reply.end();
    await alert(chat, 'No answer arrived.');
    await expect(chat.input).toHaveText('Other words');
    await open.close();
  });
});

describe('An answer', () => {
  it('that ends without a word says so, and can be asked for again', async () => {
    const chat = await harness.open();
    await chat.script((body) => (body?.type === 'threads.create' ? [] : undefined));
    await chat.ask('Hi');
    await alert(chat, 'No answer arrived.');
    await expect(chat.input).toHaveText('Hi');
    await chat.script(showing(answer('Hello')));
    await chat.button('Try again').click();
    await chat.log.getByText('Hello').waitFor();
    expect(chat.requests('threads.create')).toHaveLength(2);
  });

  it('that is lost is looked for on the server', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    const data = [user('Hi', { id: 'user_message_1' }), answer('What was stored')];
    await answerJson(chat, 'threads.get_by_id', thread({ items: { data, has_more: false } }));
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body));
    await chat.until(() => chat.threadId === 'thr_scripted');
    reply.cut();
    await chat.log.getByText('What was stored').waitFor();
    await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(1);
    expect(chat.requests('threads.create')).toHaveLength(1);
    await open.close();
  });

  it('that stays silent for a minute counts as lost, unless the server shows that it is there', async () => {
    const chat = await harness.open();
    await chat.clock.install();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    for (const at of [1, 2, 3, 4]) {
      reply.send({ type: 'notice', level: 'info', message: `Still here ${at}` });
      await chat.page.locator('.notice', { hasText: `Still here ${at}` }).waitFor();
      if (at < 4) await chat.clock.fastForward(50_000);
    }
    expect(chat.events('onError')).toEqual([]);
    await chat.clock.fastForward(65_000);
    await alert(chat, LOST);
    await reply.closed;
    await open.close();
  });
});

describe('A request without a stream', () => {
  it('that takes too long is given up, and can be tried again', async () => {
    const chat = await harness.open();
    await chat.clock.install();
    const open = await OpenAnswers.hold(chat, 'threads.get_by_id');
    const called = chat.call('setThreadId', 'thr_scripted');
    const reply = await open.next();
    await chat.clock.fastForward(31_000);
    await alert(chat, LOST);
    await reply.closed;
    await called;
    await expect.poll(() => chat.events('onThreadLoadEnd')).toEqual([{ threadId: 'thr_scripted' }]);
    await answerJson(chat, 'threads.get_by_id', thread({ items: { data: [user('Hi')], has_more: false } }));
    await chat.button('Try again').click();
    await chat.log.getByText('Hi').waitFor();
    await open.close();
  });

  it('that fails while offline says that the connection is lost', async () => {
    const chat = await harness.open();
    await chat.page.route('**/chatkit', (route) => route.abort('internetdisconnected'));
    await chat.ask('My words');
    await alert(chat, LOST);
    await expect(chat.input).toHaveText('My words');
  });
});

describe('The chat', () => {
  it('keeps nothing in the browser and asks nobody but its own server', async () => {
    const chat = await harness.open();
    const origins = new Set<string>();
    chat.page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await chat.script(
      showing(answer('See [there](https://example.com/) ![this](https://pictures.test/a.png)')),
    );
    await chat.ask('Hi');
    await chat.reload({});
    await chat.script(showing(answer('Hello')));
    await chat.ask('Hi again');
    expect([...origins]).toEqual([new URL(chat.page.url()).origin]);
    expect(await chat.page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual(
      [0, 0, ''],
    );
    expect(await chat.page.evaluate('indexedDB.databases()')).toEqual([]);
    expect(chat.complaints.all).toEqual([]);
  });
});
