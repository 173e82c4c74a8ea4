import { AvailabilityMonitor, readHealth } from './availability.js';

function health(state: string): object {
  return {
    status: state === 'up' ? 'ok' : 'error',
    details: { chatkit: { status: state, state, reason: 'r' } },
  };
}

/** A monitor whose answers and clock the test holds. */
class Clock {
  readonly delays: number[] = [];
  checks = 0;
  state = 'up';
  #due: (() => void) | undefined;
  readonly monitor = new AvailabilityMonitor({
    check: async () => {
      this.checks += 1;
      return health(this.state);
    },
    later: (call, milliseconds) => {
      this.delays.push(milliseconds);
      this.#due = call;
      return () => {
        this.#due = undefined;
      };
    },
  });

  get waiting(): boolean {
    return this.#due !== undefined;
  }

  async tick(): Promise<void> {
    const due = this.#due;
    this.#due = undefined;
    due?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('The availability of chat', () => {
  it('is asked once when all is well', async () => {
    const clock = new Clock();
    clock.monitor.start();
    await clock.tick();
    expect(clock.monitor.current).toEqual({ status: 'up' });
    expect([clock.checks, clock.waiting]).toEqual([1, false]);
  });

  it('is asked again, ever more slowly, only while chat is away', async () => {
    const clock = new Clock();
    clock.state = 'down';
    clock.monitor.start();
    for (let round = 0; round < 8; round += 1) await clock.tick();
    expect(clock.delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(clock.monitor.current).toEqual({ status: 'down', reason: 'r' });
    clock.state = 'up';
    await clock.tick();
    expect([clock.monitor.current.status, clock.waiting]).toEqual(['up', false]);
  });

  it('is doubted as soon as the chat server says so', async () => {
    const clock = new Clock();
    clock.monitor.start();
    await clock.tick();
    clock.monitor.reportDown();
    clock.monitor.reportDown();
    expect(clock.monitor.current.status).toBe('down');
    expect(clock.delays).toEqual([1_000]);
    await clock.tick();
    expect(clock.monitor.current.status).toBe('up');
  });

  it('is no longer asked after the watch has ended', async () => {
    const clock = new Clock();
    clock.state = 'down';
    clock.monitor.start();
    await clock.tick();
    clock.monitor.stop();
    expect(clock.waiting).toBe(false);
  });

  it('is told apart from chat that is switched off', () => {
    expect(readHealth(health('disabled'))).toEqual({ status: 'disabled', reason: 'r' });
    expect(readHealth('nonsense')).toEqual({ status: 'down' });
    expect(readHealth({ status: 'ok' })).toEqual({ status: 'up' });
  });
});
