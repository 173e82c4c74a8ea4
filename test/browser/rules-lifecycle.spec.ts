import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Route } from 'playwright-core';
import { expect } from './expect.js';
import { added, answer, begun, done } from './harness/events.js';
import { buildHarness } from './harness/build.js';
import { useHarness } from './harness/harness.js';
import { REACTS } from './harness/reacts.js';
import { OpenAnswers } from './harness/scripted.js';

const HOST = "document.querySelector('openai-chatkit')";
const SCRIPT = /\/chatkit\.js$/;

describe.each(REACTS)('Under %s', (name, copy) => {
  const harness = useHarness({ react: copy });

  it('works when its script comes after the page has rendered, and takes calls before it is ready', async () => {
    const chat = await harness.open();
    const held = Promise.withResolvers<Route>();
    await chat.page.route(SCRIPT, (route) => held.resolve(route));
    await chat.page.reload({ waitUntil: 'domcontentloaded' });
    await chat.page.evaluate("window.addEventListener('chatkit-script-loaded', () => (window.told = true))");
    const ready = chat.start({ startScreen: { greeting: 'Here at last' } });
    const script = await held.promise;
    await chat.holds(`${HOST} !== null`);
    expect(await chat.page.evaluate(`typeof ${HOST}.focusComposer`)).toBe('undefined');
    const called = chat.page.evaluate(`customElements.whenDefined('openai-chatkit').then(() =>
      harness.call('setComposerValue', [{ text: 'Written early' }]))`);
    await script.continue();
    await Promise.all([ready, called]);
    await chat.page.getByText('Here at last').waitFor();
    await expect(chat.input).toHaveText('Written early');
    await expect.poll(() => chat.page.evaluate('window.told')).toBe(true);
    await expect.poll(() => chat.events('onReady')).toHaveLength(2);
    expect(await chat.objections()).toEqual([]);
  });

  it('is ready for a first listener that comes late, as on a page that was busy when it rendered', async () => {
    const chat = await harness.open();
    const heard = await chat.page.evaluate(`(async () => {
      const element = document.body.appendChild(document.createElement('openai-chatkit'));
      element.setOptions({ api: { url: '/chatkit', domainKey: 'test' } });
      // calls run as soon as it is painted and ready
      await element.setThreadId(null);
      const heard = [];
      element.addEventListener('chatkit.thread.change', () => heard.push('thread.change'));
      const ready = new Promise((resolve) => element.addEventListener('chatkit.ready', resolve));
      await ready.then(() => heard.push('ready'));
      element.addEventListener('chatkit.ready', () => heard.push('ready again'));
      await new Promise((resolve) => setTimeout(resolve));
      return heard;
    })()`);
    expect(heard).toEqual(['ready']);
  });

  it('has its size although React 18 gives a custom element no class, and the page may give another', async () => {
    const chat = await harness.open();
    await expect
      .poll(() => chat.page.evaluate(`${HOST}.getAttributeNames().join()`))
      .toBe(name === 'React 18' ? 'classname' : 'class');
    const size = `(() => { const { width, height } = ${HOST}.getBoundingClientRect(); return [width, height]; })()`;
    const room = await chat.page.locator('#root').boundingBox();
    expect(room?.height).toBeGreaterThan(500);
    await expect.poll(() => chat.page.evaluate(size)).toEqual([room?.width, room?.height]);
    await chat.page.evaluate(`(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('openai-chatkit { block-size: 300px; inline-size: 400px }');
      document.adoptedStyleSheets.push(sheet);
      ${HOST}.removeAttribute('class');
    })()`);
    await expect.poll(() => chat.page.evaluate(size)).toEqual([400, 300]);
  });

  it('goes on when React renders anew or the element is moved, which takes it nowhere', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hello');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body), added(answer('Half of ')));
    await chat.log.getByText('Half of').waitFor();
    await chat.setOptions({});
    await chat.page.evaluate(`document.querySelector('main').append(${HOST})`);
    reply.end(done(answer('Half of it and the rest')));
    await chat.log.getByText('Half of it and the rest').waitFor();
    await chat.until(() => chat.events('onResponseEnd').length === 1);
    await expect.poll(() => chat.events('onReady')).toHaveLength(1);
    expect(chat.events('onError')).toEqual([]);
    await open.close();
  });

  it('ends its streams when it leaves the page', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Hello');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body));
    await chat.page.evaluate('harness.stop()');
    await reply.closed;
    expect(await chat.page.evaluate("harness.call('focusComposer', [])")).toBeUndefined();
    expect(chat.events('onError')).toEqual([]);
    await open.close();
  });

  it('shows its thread again when the same node comes back', async () => {
    const chat = await harness.open();
    await chat.ask('Remember this');
    await chat.input.fill('A draft');
    const main = "document.querySelector('main')";
    await chat.page.evaluate(`(() => { window.kept = ${HOST}; window.kept.remove(); })()`);
    await chat.holds('window.kept.shadowRoot.childElementCount === 0');
    await chat.page.evaluate(`${main}.append(window.kept)`);
    await chat.until(() => chat.events('onReady').length === 2);
    await chat.log.getByText('Remember this').first().waitFor();
    await expect(chat.input).toHaveText('A draft');
    await chat.ask('And this');
    expect(await chat.request('threads.add_user_message')).toMatchObject({
      params: { thread_id: chat.threadId },
    });
    await expect.poll(() => chat.events('onThreadChange')).toHaveLength(1);
    expect(chat.events('onError')).toEqual([]);
    expect(await chat.objections()).toEqual([]);
  });

  it('sends nothing to another origin in any of this', () => {
    expect(harness.foreignRequests).toEqual([]);
  });
});

describe('Without a wrapper', () => {
  const harness = useHarness();

  it('an element that is made by hand takes options before it is in the page, and is ready in a later task', async () => {
    const chat = await harness.open();
    const order = await chat.page.evaluate(`(async () => {
      const order = [];
      const chat = document.createElement('openai-chatkit');
      const ready = new Promise((resolve) => chat.addEventListener('chatkit.ready', resolve));
      void ready.then(() => order.push('ready'));
      chat.setOptions({ api: { url: '/chatkit', domainKey: '', fetch: window.fetch }, frameTitle: 'By hand' });
      const called = chat.setComposerValue({ text: 'Queued' }).then(() => order.push('called'));
      document.body.append(chat);
      order.push('appended');
      for (let turn = 0; turn < 50; turn += 1) await null;
      order.push('microtasks');
      await Promise.all([ready, called]);
      return order;
    })()`);
    expect(order).toEqual(['appended', 'microtasks', 'ready', 'called']);
    const mine = chat.page.getByRole('region', { name: 'By hand' });
    await mine.getByText('Queued').waitFor();
    await mine.getByRole('textbox', { name: 'Message' }).press('Enter');
    await mine.getByRole('log').getByText('I am offline').waitFor();
    expect(chat.complaints.all).toEqual([]);
  });

  it('options that are no object are refused at once', async () => {
    const chat = await harness.open();
    const refused = `(() => { try { ${HOST}.setOptions('dark'); } catch (error) { return error.name; } })()`;
    expect(await chat.page.evaluate(refused)).toBe('TypeError');
  });

  it('the script may come twice, in its other form too, and be loaded where there is no window', async () => {
    const chat = await harness.open();
    await chat.page.evaluate("import('/chatkit.js?again').then(() => undefined)");
    await chat.ask('Still there?');
    expect(chat.complaints.all).toEqual([]);
    await chat.leave();
    const directory = await buildHarness();
    for (const form of ['chatkit.js', 'module/chatkit.js']) {
      const script = pathToFileURL(join(directory, 'element', form)).href;
      const loading = `await import(${JSON.stringify(script)}); console.log('loaded')`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', loading]);
      expect(stdout.trim()).toBe('loaded');
    }
  });
});
