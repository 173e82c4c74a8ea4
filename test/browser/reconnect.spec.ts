import { once } from 'node:events';
import { systemClock, type Clock } from '../../src/common/clock.js';
import { OfflineModel } from '../../src/offline-model/offline-model.js';
import { expect } from './expect.js';
import { answer, begun, done } from './harness/events.js';
import { useHarness, type Chat, type Harness } from './harness/harness.js';
import { OpenAnswers } from './harness/scripted.js';
import { startHttpProxy, type CutAt, type HttpProxy } from './support/http-proxy.js';

const NO_ANSWER = ['The connection was lost before an answer arrived.'];

/** Whether the model says nothing until nobody listens any more. */
let silent = false;

const clock: Clock = {
  ...systemClock,
  async sleep(ms, signal) {
    if (silent && signal?.aborted === false) await once(signal, 'abort');
    else await systemClock.sleep(ms, signal);
  },
};

const proxies: HttpProxy[] = [];

/** A chat behind a proxy of its own. */
function behindProxy(env: NodeJS.ProcessEnv = {}): {
  readonly harness: Harness;
  readonly proxy: () => HttpProxy;
} {
  let own: HttpProxy | undefined;
  const harness = useHarness({
    front: async (port) => {
      proxies.push((own = await startHttpProxy(port)));
      return own.url;
    },
    model: new OfflineModel({ delayMs: 4, clock }),
    env,
  });
  return {
    harness,
    proxy: () => {
      if (own === undefined) throw new Error('The proxy has not been started');
      return own;
    },
  };
}

afterEach(() => {
  silent = false;
});

afterAll(() => Promise.all(proxies.map((proxy) => proxy.close())));

/** What the conversation shows, one entry for each message. */
function shown(chat: Chat): Promise<string[]> {
  return chat.log.locator('.bubble, .assistant').allInnerTexts();
}

interface Point {
  readonly name: string;
  readonly at: CutAt;
  /** What the user is told; nothing where the whole answer is there. */
  readonly told: readonly string[];
}

const points: readonly Point[] = [
  { name: 'before the headers', at: 'headers', told: NO_ANSWER },
  { name: 'after the answer', at: { after: '"type":"thread.item.done","item":{"id":"msg' }, told: [] },
  { name: 'before the end of the stream', at: 'end', told: [] },
];

/** The answer to the second message, once all of it is there. */
const whole = (chat: Chat) =>
  chat.log.locator('.assistant:not(.streaming)', { hasText: 'You wrote: “And now?”' });

describe('A connection that is lost while the server keeps answers', () => {
  const kept = behindProxy();

  it.each([
    ['before the headers', 'headers'],
    ['after the message was taken', { after: '"type":"thread.item.done"' }],
    ['in the middle of the answer', { after: '"delta":"' }],
  ] as const)('%s is made up for: the answer goes on, and is joined by its page', async (_, at) => {
    const proxy = kept.proxy();
    const chat = await kept.harness.open();
    await chat.ask('Hello');
    const sent = proxy.sent('threads.add_user_message');
    proxy.cut('threads.add_user_message', at);
    await chat.ask('And now?');
    await whole(chat).waitFor();
    await expect(chat.log.locator('.bubble, .assistant')).toHaveCount(4);
    await expect(chat.page.getByRole('alert')).toHaveCount(0);
    expect(proxy.sent('threads.add_user_message')).toBe(sent + 1);
  });
});

describe('A connection that is lost', () => {
  const ended = behindProxy({ CHATKIT_REJOIN_WITHIN_MS: '0' });
  it.each(points)(
    '$name leaves what is stored, and nothing is sent again by itself',
    async ({ at, told }) => {
      const proxy = ended.proxy();
      const chat = await ended.harness.open();
      await chat.ask('Hello');
      const sent = proxy.sent('threads.add_user_message');
      const seen = Promise.withResolvers<void>();
      proxy.cut('threads.add_user_message', at, seen.promise);
      silent = told === NO_ANSWER;
      await chat.input.fill('And now?');
      await chat.input.press('Enter');
      // with the connection, a browser may drop what has come but was not read yet
      if (told.length === 0) await whole(chat).waitFor();
      seen.resolve();
      await chat.until(() => chat.events('onResponseEnd').length === 2);
      await chat.button('Stop response').waitFor({ state: 'detached' });
      await expect.poll(() => chat.page.getByRole('alert').allInnerTexts()).toEqual(told);
      await expect.poll(() => chat.events('onError')).toHaveLength(1);
      expect(proxy.sent('threads.add_user_message')).toBe(sent + 1);
      expect(chat.events('onResponseStart')).toHaveLength(2);
      const found = await shown(chat);

      await chat.reload({ initialThread: chat.threadId });
      await chat.log.getByText('And now?', { exact: true }).waitFor();
      await expect.poll(() => shown(chat)).toEqual(found);
    },
  );

  it('can be made up for by another try, which answers the same message', async () => {
    const proxy = ended.proxy();
    const chat = await ended.harness.open();
    await chat.ask('Hello');
    proxy.cut('threads.add_user_message', 'headers');
    await chat.ask('And now?');
    await chat.button('Try again').click();
    await chat.until(() => chat.events('onResponseEnd').length === 3);
    await whole(chat).waitFor();
    await expect(chat.log.locator('.bubble, .assistant').last()).toContainText('You wrote: “And now?”');
    await expect(chat.log.locator('.bubble, .assistant').filter({ hasText: /^And now\?$/ })).toHaveCount(1);
    await expect(chat.page.getByRole('alert')).toHaveCount(0);
  });

  it('before there is a thread brings the message back into the composer', async () => {
    const proxy = ended.proxy();
    const chat = await ended.harness.open();
    await chat.page.waitForLoadState('networkidle');
    const sent = proxy.sent('threads.create');
    proxy.cut('threads.create', 'headers');
    await chat.ask('Is anybody there?');
    expect(proxy.sent('threads.create')).toBe(sent + 1);
    await expect(chat.page.getByRole('alert')).toContainText('The connection was lost');
    await expect(chat.input).toHaveText('Is anybody there?');
  });
});

describe('While a message is being answered', () => {
  const harness = useHarness();

  it('another Enter sends nothing, and what was written stays', async () => {
    const chat = await harness.open();
    const open = await OpenAnswers.hold(chat, 'threads.create');
    await chat.input.fill('Write a long answer');
    await chat.input.press('Enter');
    await chat.input.press('Enter');
    const reply = await open.next();
    await chat.input.fill('And another');
    await chat.input.press('Enter');
    reply.end(...begun(reply.body), done(answer('Done')));
    await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(1);
    expect(chat.requests('threads.create')).toHaveLength(1);
    expect(chat.requests('threads.add_user_message')).toEqual([]);
    await expect(chat.input).toHaveText('And another');
    await open.close();
  });
});
