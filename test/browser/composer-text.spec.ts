import { expect } from './expect.js';
import { answer, showing, thread } from './harness/events.js';
import { useHarness, type Chat } from './harness/harness.js';
import { answerJson } from './harness/scripted.js';

const harness = useHarness();

function textOf(request: { params: Readonly<Record<string, unknown>> }): unknown {
  const { content } = request.params['input'] as { content: unknown };
  return content;
}

const written = (chat: Chat) => chat.input.innerText();

describe('The text field', () => {
  it('sends with Enter, takes a new line with Shift+Enter, and is empty again', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello yourself')));
    await chat.input.click();
    await chat.page.keyboard.type('First line');
    await chat.page.keyboard.press('Shift+Enter');
    await chat.page.keyboard.type('second');
    await chat.page.keyboard.press('Enter');
    expect(textOf(await chat.request('threads.create'))).toEqual([
      { type: 'input_text', text: 'First line\nsecond' },
    ]);
    await expect.poll(() => chat.input.innerHTML()).toBe('');
    await expect(chat.input).toHaveAttribute('aria-placeholder', 'Message the AI');
    await chat.log.getByText('Hello yourself').waitFor();
    expect(await chat.objections()).toEqual([]);
  });

  it('is a multi-line text box with a name, and grows with its text up to a limit', async () => {
    const chat = await harness.open();
    await expect(chat.input).toHaveAttribute('aria-multiline', 'true');
    const height = async () => (await chat.input.boundingBox())?.height ?? 0;
    const low = await height();
    await chat.input.fill('one\ntwo\nthree');
    await expect.poll(height).toBeGreaterThan(low);
    await chat.input.fill('line\n'.repeat(100));
    await expect.poll(height).toBe(200);
    expect(await chat.objections()).toEqual([]);
  });

  it('takes pasted text without its formats', async () => {
    const chat = await harness.open();
    await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await chat.page.evaluate(`navigator.clipboard.write([new ClipboardItem({
      'text/html': new Blob(['<b>bold</b><br>next'], { type: 'text/html' }),
      'text/plain': new Blob(['bold\\nnext'], { type: 'text/plain' }),
    })])`);
    await chat.input.press('ControlOrMeta+v');
    await expect.poll(() => written(chat)).toBe('bold\nnext');
    await expect(chat.input.locator('b')).toHaveCount(0);
  });

  it('keeps what fits of a text that is too long, and says so', async () => {
    const chat = await harness.open();
    await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await chat.page.evaluate("navigator.clipboard.writeText('word '.repeat(30_000))");
    await chat.input.press('ControlOrMeta+v');
    await chat.page.getByText('only the first 100,000 characters were kept').waitFor();
    await expect.poll(() => written(chat)).toHaveLength(100_000);
    await chat.page.keyboard.press('ControlOrMeta+a');
    await chat.page.keyboard.press('ControlOrMeta+x');
    await expect.poll(() => written(chat)).toBe('');
  });

  it('undoes and redoes word by word, pasted text and cleared text too', async () => {
    const chat = await harness.open();
    await chat.input.click();
    await chat.page.keyboard.type('one two');
    await chat.page.keyboard.press('ControlOrMeta+a');
    await chat.page.keyboard.press('Delete');
    await expect.poll(() => written(chat)).toBe('');
    await chat.page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => written(chat)).toBe('one two');
    await chat.page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => written(chat)).toBe('one ');
    await chat.page.keyboard.press('ControlOrMeta+Shift+z');
    await chat.page.keyboard.press('ControlOrMeta+Shift+z');
    await expect.poll(() => written(chat)).toBe('');
  });

  it('does not send what an input method is still composing', async () => {
    const chat = await harness.open();
    await chat.input.click();
    const input = await chat.devtools();
    await input.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    // The key that confirms what is composed, as an input method passes it on.
    await input.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      windowsVirtualKeyCode: 229,
    });
    await input.send('Input.insertText', { text: '日本' });
    await expect.poll(() => written(chat)).toBe('日本');
    expect(chat.requests('threads.create')).toEqual([]);
    await chat.page.keyboard.press('Enter');
    expect(textOf(await chat.request('threads.create'))).toEqual([{ type: 'input_text', text: '日本' }]);
  });

  it('keeps a draft for each thread while the page is open', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('Hello yourself')));
    await answerJson(chat, 'threads.get_by_id', thread());
    await chat.ask('Hello');
    const { threadId } = chat;
    await chat.input.fill('unfinished');
    await chat.call('setThreadId', null);
    await expect.poll(() => written(chat)).toBe('');
    await chat.input.fill('another');
    await chat.call('setThreadId', threadId);
    await expect.poll(() => written(chat)).toBe('unfinished');
    await chat.call('setThreadId', null);
    await expect.poll(() => written(chat)).toBe('another');
  });

  it('keeps the draft and the caret when the options change', async () => {
    const chat = await harness.open();
    await chat.input.click();
    await chat.page.keyboard.type('half a sent');
    await chat.setOptions({ composer: { placeholder: 'Something else' }, theme: 'dark' });
    await chat.page.locator('[aria-placeholder="Something else"]').waitFor();
    await chat.page.keyboard.type('ence');
    await expect.poll(() => written(chat)).toBe('half a sentence');
  });
});

describe('The text field of a locked thread', () => {
  it('shows the reason and takes nothing; that of a closed one is gone', async () => {
    const chat = await harness.open({ composer: { tools: [{ id: 'a', label: 'A', icon: 'star' }] } });
    const status = { type: 'locked', reason: 'Waiting for approval' };
    const base = { id: 'thr_1', created_at: '2026-01-01T00:00:00Z', items: { data: [], has_more: false } };
    const created = { type: 'thread.created', thread: { ...base, status } };
    const closed = { ...created, thread: { ...base, status: { type: 'closed', reason: 'All done' } } };
    const notice = { type: 'notice', level: 'info', message: 'Seen' };
    let events = [created, notice];
    await chat.script((request) => (request?.type === 'threads.create' ? events : undefined));
    await chat.call('setComposerValue', { text: 'Draft' });
    await chat.input.press('Enter');
    await chat.page.locator('[aria-placeholder="Waiting for approval"]').waitFor();
    await expect(chat.input).not.toBeEditable();
    await expect(chat.button('Send message')).toBeDisabled();
    await expect(chat.button('Add tools and more')).toBeDisabled();
    events = [closed, notice];
    await chat.call('setThreadId', null);
    await chat.input.fill('Once more');
    await chat.input.press('Enter');
    await chat.page.getByText('All done').waitFor();
    await expect(chat.input).toHaveCount(0);
  });
});

describe('setComposerValue', () => {
  it('replaces the parts that are given, keeps the others, and leaves the caret at the end', async () => {
    const chat = await harness.open();
    await chat.call('setComposerValue', { text: 'A text', reply: 'A quote' });
    await chat.page.getByText('A quote').waitFor();
    await chat.call('focusComposer');
    await chat.page.keyboard.type(' and more');
    await expect.poll(() => written(chat)).toBe('A text and more');
    await chat.call('setComposerValue', { text: 'Another' });
    await expect.poll(() => written(chat)).toBe('Another');
    await chat.page.getByText('A quote').waitFor();
    await chat.call('setComposerValue', { reply: '' });
    await chat.page.getByText('A quote').waitFor({ state: 'detached' });
    await expect.poll(() => written(chat)).toBe('Another');
    expect(chat.requests('threads.create')).toEqual([]);
  });
});
