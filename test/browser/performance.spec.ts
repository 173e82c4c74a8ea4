import type { ServerResponse } from 'node:http';
import { expect } from './expect.js';
import { useHarness, type Chat } from './harness/harness.js';
import { COUNT_HANDLES, leftovers, mountAndUnmount } from './bench/watch.js';
import { holding } from './bench/answers.js';
import { CallCounter } from './support/call-counter.js';
import { added, begun, delta, finished, question, reply, THREAD } from './support/conversation.js';
import { openStream, startScriptedFront, type ScriptedFront } from './support/scripted-front.js';

/** How often text comes at most where a page makes no frames: what the element waits for one. */
const WITHOUT_FRAMES_MS = 100;
const WORDS = 300;
const MOUNTS = 200;
const NO_TIMERS = 'window.benchHandles().timers === 0';
/** What stands in the function that renders what a user has written, and in the one of an answer. */
const RENDERS = ['`bubble', '`assistant$'];

let front: ScriptedFront;

const harness = useHarness({
  front: async (port) => {
    front = await startScriptedFront(port);
    return front.url;
  },
});

afterAll(() => front?.close());

/** A chat with one answered message and a second answer that goes on when told to. */
async function streaming(): Promise<{ chat: Chat; send: ReturnType<typeof openStream>; end: () => void }> {
  const responses: ServerResponse[] = [];
  const sends: ReturnType<typeof openStream>[] = [];
  front.answer = ({ type }, response) => {
    if (type !== 'threads.create' && type !== 'threads.add_user_message') return false;
    const send = openStream(response);
    if (type === 'threads.create') {
      send(begun, finished(question('q1', 'First')), finished(reply('a1', 'There is *something* already.')));
      response.end();
      return true;
    }
    send(finished(question('q2', 'Second')), added(reply('a2', '')));
    sends.push(send);
    responses.push(response);
    return true;
  };
  const chat = await harness.open();
  await chat.ask('First');
  await chat.input.fill('Second');
  await chat.input.press('Enter');
  await chat.log.getByText('Second', { exact: true }).waitFor();
  await chat.until(() => sends.length === 1);
  const [send, response] = [sends[0], responses[0]];
  if (!send || !response) throw new Error('the second message was not sent');
  // once its first word is there, so is everything that was sent before it
  send(delta('a2', 'Well, '));
  await chat.log.getByText('Well,').waitFor();
  return { chat, send, end: () => response.end() };
}

describe('While an answer streams', () => {
  it('what is there already is neither rendered nor changed, and text comes once a frame at most', async () => {
    const { chat, send, end } = await streaming();
    const calls = await CallCounter.start(chat);
    await chat.page.evaluate(`(() => {
      const log = document.querySelector('openai-chatkit').shadowRoot.querySelector('.log');
      const [first] = log.querySelectorAll('.turn');
      window.changes = 0;
      window.frames = 0;
      window.since = performance.now();
      const count = (records) => { window.changes += records.length; };
      const all = { subtree: true, childList: true, characterData: true, attributes: true };
      new MutationObserver(count).observe(first, all);
      const frame = () => { window.frames += 1; requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
    })()`);
    for (let word = 1; word <= WORDS; word += 1) send(delta('a2', `word${word} `));
    await chat.log.getByText(`word${WORDS}`).waitFor();
    const [users, answers] = await calls.take(RENDERS);
    const frames = await chat.page.evaluate<number>('window.frames');
    // a busy machine makes none for a while, and text comes all the same
    const without =
      (await chat.page.evaluate<number>('performance.now() - window.since')) / WITHOUT_FRAMES_MS;
    expect(await chat.page.evaluate('window.changes')).toBe(0);
    expect(users).toBe(0);
    expect(answers).toBeGreaterThan(0);
    expect(answers).toBeLessThanOrEqual(frames + 1 + without);
    end();
  });
});

describe('A long thread', () => {
  it('comes a few turns in a frame, from its end upwards, and nothing that is there moves', async () => {
    front.answer = holding(100);
    const chat = await harness.open();
    await chat.page.evaluate(`(() => {
      const { shadowRoot } = document.querySelector('openai-chatkit');
      window.turns = [0];
      const frame = () => {
        const count = shadowRoot.querySelectorAll('.turn').length;
        if (count !== window.turns.at(-1)) window.turns.push(count);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    })()`);
    await chat.call('setThreadId', THREAD.id);
    await chat.holds('window.turns.at(-1) === 25');
    const counts = await chat.page.evaluate<number[]>('window.turns');
    expect(counts.map((count, at) => count - (counts[at - 1] ?? 0)).every((more) => more <= 3)).toBe(true);
    await chat.log.getByText('Answer 99').waitFor();
    await expect(chat.button('Jump to latest')).toHaveCount(0);

    const top = `document.querySelector('openai-chatkit').shadowRoot.querySelector('.log')`;
    await chat.page.evaluate(`(() => {
      ${top}.scrollTop = 0;
      window.marked = ${top}.querySelector('.turn');
      window.place = window.marked.getBoundingClientRect().top;
    })()`);
    await chat.holds('window.turns.at(-1) === 50');
    const moved = await chat.page.evaluate<number>(
      'window.marked.getBoundingClientRect().top - window.place',
    );
    expect(Math.abs(moved)).toBeLessThan(2);
  });
});

describe('The element, put into a page and taken out 200 times', () => {
  it('leaves no node, listener, timer or object URL behind', async () => {
    front.answer = () => false;
    const chat = await harness.open({}, { initScript: COUNT_HANDLES });
    await chat.page.evaluate('window.harness.stop()');
    const session = await chat.devtools();
    await mountAndUnmount(chat.page, 10);
    await chat.holds(NO_TIMERS);
    const before = await leftovers(chat.page, session);
    await mountAndUnmount(chat.page, MOUNTS);
    await chat.holds(NO_TIMERS);
    const after = await leftovers(chat.page, session);
    expect({ ...after, heap: 0, nodes: 0 }).toEqual({ ...before, heap: 0, nodes: 0 });
    expect(after.nodes - before.nodes).toBeLessThan(MOUNTS / 10);
  });
});
