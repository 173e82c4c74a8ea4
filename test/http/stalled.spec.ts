import type { RequestContext } from '../../src/auth/context/request-context.js';
import type { Store } from '../../src/chatkit/core/index.js';
import { PIECE } from '../../src/chatkit/http/paced-writer.js';
import { aWhile } from '../agents/support/runs.js';
import { create, errorOf, list } from './requests.js';
import type { RawClient } from './raw-client.js';
import { delta, say, ScriptedServer } from './scripted-server.js';
import { begin, never, Stage } from './stage.js';
import type { TestApp } from './test-app.js';

/** More than the operating system takes for a client that does not read. */
const LARGE = 'x'.repeat(16 * 1024 * 1024);
const CLIENTS = 10;
/** More than could have such an answer in the memory that is looked at. */
const REFUSED = 6;
/** A piece, and what belongs to it: headers, frames, the heartbeat before. */
const BOUND = PIECE + 4096;

describe('a client that does not read', () => {
  const stage = new Stage();
  let store: Store<RequestContext>;
  /** Its answer is one large JSON text. */
  let items: object;

  beforeAll(async () => {
    const app = await stage.start();
    app.server.script = say(LARGE);
    const answer = await (await app.post(create())).text();
    store = app.server.store;
    items = { type: 'items.list', params: { thread_id: /"id":"(thr_\w+)"/.exec(answer)?.[1] } };
    const whole = (await (await app.post(items)).json()) as { data: unknown[] };
    expect(whole.data).toHaveLength(2);
    await stage.clear();
  });
  afterEach(() => stage.clear());

  async function mute(app: TestApp, request: object): Promise<RawClient> {
    const client = await stage.connect(app);
    client.socket.pause();
    return client.post(request);
  }

  it('is cut off, and each of many costs no more than a piece of its answer until then', async () => {
    const app = await stage.start({ stallTimeoutMs: 100 });
    let begun = 0;
    let cut = 0;
    app.server.script = begin(async function* flood(signal) {
      begun += 1;
      signal.addEventListener('abort', () => (cut += 1));
      for (;;) yield delta('x'.repeat(4 * PIECE));
    });
    for (let count = 0; count < CLIENTS; count += 1) await mute(app, create());
    const peak = await peakUntil(app, () => begun === CLIENTS && app.streams === 0);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThanOrEqual(BOUND);
    expect(cut).toBe(CLIENTS);
  });

  it('is cut off though there is nothing more to say than heartbeats', async () => {
    const app = await stage.start({ stallTimeoutMs: 100, heartbeatMs: 10 });
    app.server.script = begin(async function* pause() {
      yield delta(LARGE);
      yield* never();
    });
    await mute(app, create());
    await app.until(() => app.streams === 1);
    const peak = await peakUntil(app, () => app.streams === 0);
    expect(peak).toBeLessThanOrEqual(BOUND);
  });

  it('is cut off when its answer is one large JSON text', async () => {
    const app = await stage.start({ stallTimeoutMs: 100 }, { server: new ScriptedServer(store) });
    await mute(app, items);
    await app.blocked();
    let gone = false;
    void app.disconnection().then(() => (gone = true));
    expect(await peakUntil(app, () => gone)).toBeLessThanOrEqual(BOUND);
    expect((await app.post(list)).status).toBe(200);
  });

  it('keeps others from holding as large an answer beyond the bytes of all, until it leaves', async () => {
    const settings = { maxBodyBytesPerUser: LARGE.length * 1.5 };
    const app = await stage.start(settings, { server: new ScriptedServer(store) });
    const before = process.memoryUsage().arrayBuffers;
    const holder = await mute(app, items);
    await app.blocked();
    for (let count = 1; count < REFUSED; count += 1) await mute(app, items);
    const refused = await app.post(items);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect((await errorOf(refused)).code).toBe('too_many_answer_bytes');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * LARGE.length);
    expect((await app.post(list)).status).toBe(200);
    const left = app.disconnection();
    holder.leave();
    await left;
    const statuses = [429];
    while (statuses.at(-1) === 429) {
      const answer = await app.post(items);
      statuses.push(answer.status);
      // the application does not close before it is read
      await answer.text();
    }
    expect(statuses.at(-1)).toBe(200);
  });

  it('makes the model of an answer wait, however much that has to say', async () => {
    const app = await stage.start();
    let said = 0;
    app.server.script = begin(async function* flood() {
      for (;;) {
        said += 1;
        yield delta('x'.repeat(PIECE));
      }
    });
    await mute(app, create());
    await app.blocked();
    const until = said;
    await aWhile();
    expect(said - until).toBeLessThanOrEqual(1);
  });

  it('gets everything once it reads', async () => {
    const app = await stage.start();
    const text = `${'ä👋'.repeat(2_000_000)}!`;
    app.server.script = begin(async function* speak() {
      yield delta(text);
      yield delta('the end');
    });
    const answer = await app.post(create());
    await app.blocked();
    const received = await answer.text();
    expect(received.includes(`"delta":${JSON.stringify(text)}`)).toBe(true);
    expect(received.slice(-500)).toContain('the end');
  });
});

/** The most that has waited for one client until the condition holds. */
async function peakUntil(app: TestApp, condition: () => boolean): Promise<number> {
  let peak = 0;
  await app.until(() => {
    peak = Math.max(peak, app.unread);
    return condition();
  });
  return peak;
}
