import type { ObservedEnd } from '../../src/common/observer/observer.port.js';
import { Observers } from '../../src/common/observer/observers.js';
import type { ChatKitSettings } from '../../src/chatkit/index.js';
import { create } from './requests.js';
import { delta, say } from './scripted-server.js';
import { begin, never, Stage } from './stage.js';
import type { TestApp } from './test-app.js';

/** More than the operating system takes for a client that does not read. */
const LARGE = 'x'.repeat(16 * 1024 * 1024);

describe('Observers are told of the end of a stream', () => {
  const stage = new Stage();
  const ends: ObservedEnd[] = [];
  afterEach(() => stage.clear());

  async function start(settings: Partial<ChatKitSettings> = {}): Promise<TestApp> {
    ends.length = 0;
    return stage.start(settings, {
      before: (app) => {
        app.get(Observers).requestEnded = (_request, end) => void ends.push(end);
      },
    });
  }

  it('that is complete, with its events and bytes', async () => {
    const app = await start();
    app.server.script = say('Hello');
    const text = await (await app.post(create())).text();
    await app.until(() => ends.length === 1);
    const events = text.split('\n\n').filter((frame) => frame.startsWith('data: ')).length;
    expect(ends).toMatchObject([{ outcome: 'completed', stop: undefined, events }]);
    expect(ends[0]?.bytes).toBeGreaterThan(text.length);
  });

  it('that its client left', async () => {
    const app = await start();
    app.server.script = begin(never);
    const client = (await stage.connect(app)).post(create());
    await app.until(() => app.streams === 1);
    client.leave();
    await app.until(() => ends.length === 1);
    expect(ends).toMatchObject([{ outcome: 'stopped', stop: 'cancelled' }]);
  });

  it('that its client did not read', async () => {
    const app = await start({ stallTimeoutMs: 100 });
    app.server.script = begin(async function* flood() {
      yield delta(LARGE);
      yield* never();
    });
    const client = await stage.connect(app);
    client.socket.pause();
    client.post(create());
    await app.until(() => ends.length === 1);
    expect(ends).toMatchObject([{ outcome: 'stopped', stop: 'stalled' }]);
  });

  it('that the stop of the server cut off', async () => {
    const app = await start({ drainTimeoutMs: 1 });
    app.server.script = begin(never);
    (await stage.connect(app)).post(create());
    await app.until(() => app.streams === 1);
    await app.close();
    expect(ends).toMatchObject([{ outcome: 'stopped', stop: 'cut' }]);
  });
});
