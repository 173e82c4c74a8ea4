import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import type { Chat } from './harness/harness.js';
import { answer, item, showing, thread, user } from './harness/events.js';
import { OpenAnswers, answerJson, refuse } from './harness/scripted.js';

const harness = useHarness();

const FIRST_PAGE = { limit: 9999, order: 'desc' };
const heading = (chat: Chat, name: string) => chat.page.getByRole('heading', { name, exact: true });

/** A thread of `count` messages, numbered from 1, on a server that gives `size` of them at a time. */
async function serveLongThread(chat: Chat, count: number, size: number): Promise<void> {
  const all = Array.from({ length: count }, (_, at) => user(`Message ${at + 1}`, { id: `m${at + 1}` }));
  await answerJson(chat, 'threads.get_by_id', ({ thread_id: id }: Record<string, unknown>) =>
    thread({ id, title: 'Long', items: { data: all.slice(0, 20), has_more: count > 20, after: 'm20' } }),
  );
  await answerJson(chat, 'items.list', ({ after }: Record<string, unknown>) => {
    const end = after === undefined ? count : Number(/\d+/.exec(JSON.stringify(after))?.[0]) - 1;
    const data = all.slice(Math.max(0, end - size), end).toReversed();
    return { data, has_more: end > size, ...(data.at(-1) && { after: data.at(-1)?.['id'] }) };
  });
}

describe('The list of conversations', () => {
  it('is asked for once, follows its pages, and keeps nobody from writing', async () => {
    const chat = await harness.open();
    await answerJson(chat, 'threads.list', ({ after }: Record<string, unknown>) =>
      after === undefined
        ? { data: [thread({ id: 'thr_2', title: 'Second' })], has_more: true, after: 'thr_2' }
        : { data: [thread({ id: 'thr_1', title: 'First' })], has_more: false },
    );
    await chat.request('threads.list');
    const before = chat.requests('threads.list').length;
    await chat.reload({});
    await chat.request('threads.list', before + 1);
    await chat.button('Conversation history').click();
    await chat.button('Show more').click();
    await chat.button('First').waitFor();
    await expect
      .poll(() => chat.requests('threads.list')[before])
      .toEqual({ type: 'threads.list', params: FIRST_PAGE });
    await expect
      .poll(() => chat.requests('threads.list').at(-1))
      .toEqual({ type: 'threads.list', params: { ...FIRST_PAGE, after: 'thr_2' } });

    const open = await OpenAnswers.hold(chat, 'threads.list');
    await chat.reload({});
    await open.next();
    await chat.script(showing(answer('Hello')));
    await chat.ask('Hi');
    await chat.log.getByText('Hello').waitFor();
    await open.close();
  });

  it('is not asked for when the history is off', async () => {
    const chat = await harness.open({ history: { enabled: false } });
    await chat.script(showing(answer('Hello')));
    await chat.ask('Hi');
    expect(chat.requests('threads.list')).toEqual([]);
    await expect(chat.button('Conversation history')).toHaveCount(0);
  });

  it('says that it is empty, and that it could not be loaded', async () => {
    const chat = await harness.open();
    await answerJson(chat, 'threads.list', { data: [], has_more: false });
    await chat.button('Conversation history').click();
    await chat.page.getByText('Your conversations will appear here.').waitFor();
    await chat.button('Close history').click();
    await expect(chat.page.getByRole('dialog')).toBeHidden();
    await refuse(chat, 'threads.list', 500);
    await chat.button('Conversation history').click();
    await chat.page.getByRole('alert').getByText('The conversations could not be loaded.').waitFor();
    await chat.button('Try again').click();
    await chat.page.getByText('Your conversations will appear here.').waitFor();
  });
});

describe('A thread', () => {
  it('that fits one page is loaded with one request, however it is chosen', async () => {
    const chat = await harness.open();
    await answerJson(chat, 'threads.list', { data: [thread({ title: 'Old' })], has_more: false });
    await answerJson(chat, 'threads.get_by_id', ({ thread_id: id }: Record<string, unknown>) =>
      thread({ id, title: `Title of ${String(id)}`, items: { data: [user('Hi')], has_more: false } }),
    );
    await chat.reload({ initialThread: 'thr_a' });
    await heading(chat, 'Title of thr_a').waitFor();
    await chat.call('setThreadId', 'thr_b');
    await heading(chat, 'Title of thr_b').waitFor();
    await chat.button('Conversation history').click();
    await chat.button('Old').click();
    await heading(chat, 'Title of thr_scripted').waitFor();
    await expect
      .poll(() => chat.requests('threads.get_by_id').map((body) => body?.params))
      .toEqual([{ thread_id: 'thr_a' }, { thread_id: 'thr_b' }, { thread_id: 'thr_scripted' }]);
    expect(chat.requests('items.list')).toEqual([]);
  });

  it('that is long opens at its newest messages, with the status it has', async () => {
    const chat = await harness.open();
    await serveLongThread(chat, 130, 50);
    await chat.call('setThreadId', 'thr_long');
    await chat.log.getByText('Message 130', { exact: true }).waitFor();
    await expect
      .poll(() => chat.requests('items.list'))
      .toEqual([{ type: 'items.list', params: { thread_id: 'thr_long', limit: 50, order: 'desc' } }]);
    await chat.holds(`(() => {
      const log = document.querySelector('openai-chatkit').shadowRoot.querySelector('.log');
      return log.scrollTop > 0 && log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    })()`);
    await chat.log.getByText('Message 81', { exact: true }).waitFor({ state: 'attached' });
    await expect(chat.log.locator('.user')).toHaveCount(50);
  });

  it('gives its earlier messages when it is scrolled up, in place, and tries again when that fails', async () => {
    const chat = await harness.open();
    await serveLongThread(chat, 130, 50);
    await chat.call('setThreadId', 'thr_long');
    await chat.log.getByText('Message 130', { exact: true }).waitFor();
    await chat.log.getByText('Message 81', { exact: true }).waitFor({ state: 'attached' });
    await refuse(chat, 'items.list', 500);
    const log = "document.querySelector('openai-chatkit').shadowRoot.querySelector('.log')";
    const place = (text: string): string => `Math.round([...${log}.querySelectorAll('.user')]
      .find(({ innerText }) => innerText === '${text}')?.getBoundingClientRect().top)`;
    await chat.page.evaluate(`${log}.scrollTop = 0`);
    const again = chat.log.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await chat.page.evaluate(`window.placeBefore = ${place('Message 84')}`);
    await again.click();
    await chat.log.getByText('Message 31', { exact: true }).waitFor({ state: 'attached' });
    const params = { thread_id: 'thr_long', limit: 50, order: 'desc' };
    await expect.poll(() => chat.requests('items.list').at(-1)?.params).toEqual({ ...params, after: 'm81' });
    await chat.holds(`Math.abs(${place('Message 84')} - window.placeBefore) <= 40`);
    await chat.page.evaluate(`${log}.scrollTop = 100; window.placeBefore = ${place('Message 34')}`);
    await chat.log.getByText('Message 1', { exact: true }).waitFor({ state: 'attached' });
    await expect.poll(() => chat.requests('items.list').at(-1)?.params).toEqual({ ...params, after: 'm31' });
    await chat.holds(`Math.abs(${place('Message 34')} - window.placeBefore) <= 60`);
    await expect(chat.log.locator('.user')).toHaveCount(130);
  });

  it('shows its shape while it is loaded', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.get_by_id');
    const called = chat.call('setThreadId', 'thr_slow');
    const reply = await open.next();
    await chat.page.getByText('Loading the conversation').waitFor();
    await expect.poll(() => chat.events('onThreadLoadStart')).toEqual([{ threadId: 'thr_slow' }]);
    expect(chat.events('onThreadLoadEnd')).toEqual([]);
    reply.write(JSON.stringify(thread({ id: 'thr_slow', items: { data: [user('Hi')], has_more: false } })));
    reply.end();
    await called;
    await chat.log.getByText('Hi').waitFor();
    await expect.poll(() => chat.events('onThreadLoadEnd')).toEqual([{ threadId: 'thr_slow' }]);
    await open.close();
  });

  it('that is read again shows what has changed on the server', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello')));
    await chat.ask('Hi');
    const data = [user('Hi', { id: 'user_message_1' }), answer('Hello again')];
    const changed = { title: 'Renamed elsewhere', status: { type: 'closed', reason: 'Solved' } };
    await answerJson(chat, 'threads.get_by_id', thread({ ...changed, items: { data, has_more: false } }));
    await chat.call('fetchUpdates');
    await chat.log.getByText('Hello again').waitFor();
    await heading(chat, 'Renamed elsewhere').waitFor();
    await chat.page.getByRole('note').getByText('Solved').waitFor();
    await expect
      .poll(() => chat.requests('threads.get_by_id').at(-1)?.params)
      .toEqual({ thread_id: 'thr_scripted' });
  });

  it('that is new is asked for by nobody until its first message', async () => {
    const chat = await harness.open({ history: { enabled: false } });
    await chat.script(showing(answer('Hello')));
    await chat.ask('Hi');
    const before = chat.sent.length;
    await chat.button('New conversation').click();
    await heading(chat, 'What can I help with today?').waitFor();
    expect(chat.sent).toHaveLength(before);
    await expect.poll(() => chat.threadId).toBeNull();
  });
});

describe('In the list of conversations', () => {
  const list = { data: [thread({ id: 'thr_1', title: 'Old name' })], has_more: false };

  it('a new name is sent, and the old one comes back when the server refuses it', async () => {
    const chat = await harness.open();
    await answerJson(chat, 'threads.list', list);
    await answerJson(chat, 'threads.update', ({ title }: Record<string, unknown>) =>
      thread({ id: 'thr_1', title }),
    );
    await chat.button('Conversation history').click();
    const field = chat.page.getByRole('textbox', { name: 'New title' });
    await chat.button('Rename Old name').click();
    await expect(field).toBeFocused();
    await chat.page.keyboard.type('New name');
    await chat.page.keyboard.press('Enter');
    await chat.button('New name').waitFor();
    await expect
      .poll(() => chat.requests('threads.update'))
      .toEqual([{ type: 'threads.update', params: { thread_id: 'thr_1', title: 'New name' } }]);
    await refuse(chat, 'threads.update', 500);
    await chat.button('Rename New name').click();
    await expect(field).toBeFocused();
    await chat.page.keyboard.type('Third name');
    await chat.page.keyboard.press('Enter');
    await chat.page.getByRole('alert').getByText('Something went wrong on the server.').waitFor();
    await chat.button('New name').waitFor();
    await chat.button('Rename New name').click();
    await expect(field).toBeFocused();
    await chat.page.keyboard.type('Fourth name');
    await chat.page.keyboard.press('Escape');
    await chat.button('New name').waitFor();
    await expect.poll(() => chat.requests('threads.update')).toHaveLength(2);
  });

  it('one that is open is deleted after a question, and leads to the start', async () => {
    const chat = await harness.open();
    await answerJson(chat, 'threads.list', list);
    const data = [item('assistant_message', { content: [] }), user('Hi')];
    await answerJson(chat, 'threads.get_by_id', thread({ id: 'thr_1', items: { data, has_more: false } }));
    await answerJson(chat, 'threads.delete', {});
    await chat.call('setThreadId', 'thr_1');
    await chat.log.getByText('Hi').waitFor();
    await chat.button('Conversation history').click();
    await refuse(chat, 'threads.delete', 500);
    await chat.button('Delete Old name').click();
    await chat.button('Cancel').click();
    await expect(chat.page.getByRole('alertdialog')).toBeHidden();
    expect(chat.requests('threads.delete')).toEqual([]);
    await chat.button('Delete Old name').click();
    await chat.button('Delete').click();
    await chat.page.getByRole('alertdialog').getByRole('alert').waitFor();
    await chat.button('Delete').click();
    await heading(chat, 'What can I help with today?').waitFor();
    await expect
      .poll(() => chat.requests('threads.delete').at(-1))
      .toEqual({
        type: 'threads.delete',
        params: { thread_id: 'thr_1' },
      });
    await expect.poll(() => chat.threadId).toBeNull();
    await expect(chat.button('Old name')).toHaveCount(0);
  });
});
