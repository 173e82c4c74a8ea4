import { expect } from './expect.js';
import { useHarness, type HarnessOptions } from './harness/harness.js';
import { REACTS } from './harness/reacts.js';
import { OpenAnswers } from './harness/scripted.js';
import { added, answer, begun, carriesMessage, done, replying, showing } from './harness/events.js';

const ROOT = "document.querySelector('openai-chatkit').shadowRoot";
const PEN = { id: 'draw', label: 'Draw', icon: 'images' as const };
const hosted: HarnessOptions['api'] = {
  url: undefined,
  domainKey: undefined,
  fetch: undefined,
  getClientSecret: async () => 'secret',
};

describe.each(REACTS)('Under %s', (name, copy) => {
  const harness = useHarness({ react: copy });

  it('new options take the place of all the old ones, and undefined counts as absent', async () => {
    const startScreen = { greeting: 'Welcome back', prompts: [{ label: 'Go', prompt: 'Go ahead' }] };
    const chat = await harness.open({ startScreen, theme: 'dark', composer: { placeholder: 'Ask away' } });
    expect(await chat.page.evaluate('harness.react')).toMatch(name.replace('React ', ''));
    await chat.page.getByText('Welcome back').waitFor();
    const absent: object = {
      startScreen: undefined,
      theme: undefined,
      locale: undefined,
      header: undefined,
      composer: { placeholder: undefined },
    };
    await chat.setOptions(absent);
    await chat.page.getByText('What can I help with today?').waitFor();
    await expect(chat.button('Go')).toHaveCount(0);
    await expect(chat.input).toHaveAttribute('aria-placeholder', 'Message the AI');
    await expect(chat.page.getByRole('region', { name: 'Chat' })).toHaveAttribute('data-scheme', 'light');
    expect(await chat.objections()).toEqual([]);
  });

  it('null in what the server sends counts as absent', async () => {
    const chat = await harness.open();
    const content = [{ type: 'output_text', text: 'All is well', annotations: null }];
    const nulls = {
      quoted_text: null,
      attachments: null,
      inference_options: { tool_choice: null, model: null },
    };
    await chat.script((body) => {
      if (!carriesMessage(body)) return undefined;
      const [made, user] = begun(body) as [Record<string, object>, Record<string, object>];
      const thread = { ...made['thread'], title: null, metadata: null, allowed_image_domains: null };
      return [
        { ...made, thread },
        { ...user, item: { ...user['item'], ...nulls } },
        done(answer('', { content })),
        { type: 'progress_update', icon: null, text: null },
        { type: 'client_effect', name: 'blink', data: null },
      ];
    });
    await chat.ask('Hello');
    await chat.log.getByText('All is well').waitFor();
    await chat.until(() => chat.events('onEffect').length === 1);
    await expect.poll(() => chat.events('onEffect')).toEqual([{ name: 'blink', data: {} }]);
    expect(chat.events('onError')).toEqual([]);
    expect(await chat.objections()).toEqual([]);
  });

  it('nothing is loaded or told twice, although strict mode gives the options twice', async () => {
    const chat = await harness.open();
    await chat.ask('Remember this');
    const { threadId } = chat;
    const before = ['threads.list', 'threads.get_by_id', 'items.list'].map(
      (type) => chat.requests(type).length,
    );
    expect(before).toEqual([1, 0, 0]);
    const told = chat.events('onThreadChange').length;
    await chat.reload({ initialThread: threadId });
    await chat.log.getByText('Remember this', { exact: true }).waitFor();
    await chat.until(() => chat.requests('threads.list').length === 2);
    await expect.poll(() => chat.requests('threads.get_by_id')).toHaveLength(1);
    expect(chat.requests('items.list')).toEqual([]);
    await expect.poll(() => chat.events('onReady')).toHaveLength(2);
    await expect.poll(() => chat.events('onThreadLoadStart')).toEqual([{ threadId }]);
    await expect.poll(() => chat.events('onThreadLoadEnd')).toEqual([{ threadId }]);
    await expect.poll(() => chat.events('onThreadChange').slice(told)).toEqual([{ threadId }]);
    expect(chat.complaints.all).toEqual([]);
  });

  it('later options leave the answer, the draft, the place and what is open as they are', async () => {
    const chat = await harness.open({ composer: { tools: [PEN] } });
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Tell me everything');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body), added(answer('Line\n\n'.repeat(80))));
    await chat.log.getByText('Line').last().waitFor();
    await chat.input.fill('My draft');
    await chat.page.evaluate(`${ROOT}.querySelector('.log').scrollTop = 60`);
    await chat.button('Add tools and more').click();
    await chat.page.getByRole('menuitemradio', { name: 'Draw' }).waitFor();
    await chat.setOptions({
      theme: 'dark',
      initialThread: 'thr_other',
      composer: { tools: [PEN], placeholder: 'Something else' },
    });
    await chat.page.locator('[aria-placeholder="Something else"]').waitFor();
    await chat.page.locator('.chat[data-scheme="dark"]').waitFor();
    await expect(chat.page.getByRole('menuitemradio', { name: 'Draw' })).toBeVisible();
    await expect(chat.input).toHaveText('My draft');
    await expect.poll(() => chat.page.evaluate(`${ROOT}.querySelector('.log').scrollTop`)).toBe(60);
    expect(chat.requests('threads.get_by_id')).toEqual([]);
    reply.end(done(answer('It is done')));
    await chat.log.getByText('It is done').waitFor();
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    await expect.poll(() => chat.events('onThreadChange')).toHaveLength(1);
    expect(chat.events('onError')).toEqual([]);
    await open.close();
  });

  it('another address starts over: the thread is gone and the list is loaded from there', async () => {
    const chat = await harness.open();
    await chat.script(showing(answer('From the first')));
    await chat.ask('Hello');
    const second = new URL('/chatkit?second', chat.page.url()).href;
    await chat.setOptions({ api: { url: second } });
    await chat.page.getByText('What can I help with today?').waitFor();
    await chat.until(() => chat.requests('threads.list').length === 2);
    await expect
      .poll(() => chat.sent.filter(({ body }) => body?.type === 'threads.list').map(({ url }) => url))
      .toEqual(['/chatkit', second]);
    await chat.until(() => chat.events('onThreadChange').length === 2);
    await expect.poll(() => chat.events('onThreadChange').at(-1)).toEqual({ threadId: null });
  });

  it('the handler of requests is the latest one, and adds to headers that are a plain object', async () => {
    const chat = await harness.open({ api: { fetch: { fetchOfPage: 'first' } } });
    const sent = chat.page.waitForRequest(
      (request) => request.postData()?.includes('threads.create') ?? false,
    );
    await chat.ask('Hello');
    const headers = await (await sent).allHeaders();
    expect(headers).toMatchObject({ 'x-test': 'first', 'content-type': 'application/json' });
    await chat.setOptions({ api: { fetch: { fetchOfPage: 'second' } } });
    await chat.ask('Again');
    await expect
      .poll(() => chat.sent.filter(({ body }) => body?.type === 'threads.add_user_message'))
      .toMatchObject([{ headers: { 'x-test': 'second', 'Content-Type': 'application/json' }, signal: true }]);
  });

  it('any other function is the latest one as well', async () => {
    const called: string[] = [];
    const options = (word: string): HarnessOptions => ({
      header: { rightAction: { icon: 'star', onClick: () => void called.push(word) } },
      onClientTool: async () => ({}),
    });
    const chat = await harness.open(options('first'));
    await chat.setOptions(options('second'));
    await chat.button('Star').click();
    await chat.until(() => called.length === 1);
    expect(called).toEqual(['second']);
  });

  it('the bare fetch of the window fails with a hint at what to write instead', async () => {
    const chat = await harness.open({ api: { fetch: { fetchOfPage: 'window' } } });
    await chat.until(() => chat.events('onError').length > 0);
    await expect
      .poll(() => JSON.stringify(chat.events('onError')[0]))
      .toContain('(url, init) => fetch(url, init)');
  });

  it('the domain key may be anything or missing, and goes nowhere', async () => {
    const chat = await harness.open({ api: { domainKey: undefined } });
    await chat.script(showing(answer('Hello yourself')));
    await chat.ask('Hello');
    await chat.reload({ api: { domainKey: 'domain_pk_canary' } });
    await chat.ask('Hello again');
    expect(JSON.stringify(chat.sent)).not.toContain('domain_pk_canary');
    expect(chat.complaints.all).toEqual([]);
  });

  it('a client secret of the hosted service gives a clear error, and no request', async () => {
    const requests: string[] = [];
    const chat = await harness.open();
    await chat.page.reload();
    // the element may still be loading its own parts
    chat.page.on('request', (request) => {
      if (request.resourceType() !== 'script') requests.push(request.url());
    });
    await chat.start({ api: hosted });
    await chat.until(() => chat.events('onError').length > 0);
    await chat.page.getByText('This chat is not set up correctly.').waitFor();
    await expect.poll(() => chat.events('onError')).toHaveLength(1);
    await expect.poll(() => JSON.stringify(chat.events('onError'))).toContain('api.getClientSecret');
    await expect(chat.call('sendUserMessage', { text: 'Hello' })).rejects.toThrow('api.url is not set');
    expect(chat.calls('api.getClientSecret')).toEqual([]);
    expect(requests).toEqual([]);
    expect(await chat.objections()).toEqual([]);
  });

  it('what the user writes is never Markdown, what the assistant writes is', async () => {
    const chat = await harness.open();
    await chat.script(replying(done(answer('**Bold** it is'))));
    await chat.ask('**Not bold** <b>nor this</b>');
    await chat.log.locator('strong', { hasText: 'Bold' }).waitFor();
    await chat.log.getByText('**Not bold** <b>nor this</b>').waitFor();
    await expect(chat.log.locator('strong')).toHaveCount(1);
  });

  it('sends nothing to another origin in any of this', () => {
    expect(harness.foreignRequests).toEqual([]);
  });
});
