import { AvailabilityMonitor, readHealth } from './availability.js';
import { brandOf } from './articles/brands.js';
import { fetchMember, initials, readMember, signInUrl } from './member.js';
import { articleSlug } from './router.js';
import { watchResponses } from './watch-responses.js';

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

describe('Answers of the chat server', () => {
  it('tell when chat is away and when the sign-in is not good for it, and stay readable', async () => {
    const told: string[] = [];
    const answers = [
      Response.json({ error: { code: 'chat_unavailable' } }, { status: 503 }),
      Response.json({ error: { code: 'other' } }, { status: 503 }),
      new Response('no json', { status: 503 }),
      new Response('', { status: 401 }),
      new Response('', { status: 403 }),
      Response.json({ fine: true }),
    ];
    const send = watchResponses(async () => answers.shift() ?? Response.error(), {
      onUnavailable: () => told.push('unavailable'),
      onRefused: () => told.push('refused'),
    });
    const first = await send('/chatkit');
    expect(await first.json()).toEqual({ error: { code: 'chat_unavailable' } });
    for (let round = 0; round < 5; round += 1) await send('/chatkit');
    expect(told).toEqual(['unavailable', 'refused', 'refused']);
  });
});

describe('The member', () => {
  it('is read from the session', () => {
    const session = {
      user: { id: 'u', name: 'Ada L' },
      tenant: { id: 'org_aurora', name: 'Aurora Library' },
    };
    expect(readMember(session)).toMatchObject({ userId: 'u', tenantName: 'Aurora Library', name: 'Ada L' });
    expect(readMember({ user: {} })).toBeUndefined();
  });

  it.each([
    [() => Response.json({ signed_in: false }), 'signed-out'],
    [() => new Response('', { status: 401 }), 'signed-out'],
    [() => new Response('', { status: 500 }), 'failed'],
    [() => Response.json({ signed_in: true }), 'failed'],
    [() => Promise.reject(new Error('offline')), 'failed'],
    [() => Response.json({ signed_in: true, user: { id: 'u' }, tenant: { id: 't' } }), 'signed-in'],
  ])('is asked for (%#)', async (answer, status) => {
    expect(await fetchMember(async () => answer())).toMatchObject({ status });
  });

  it('comes back to the page where signing in began', () => {
    expect(signInUrl({ pathname: '/articles/a', search: '?x=1' })).toBe(
      '/auth/login?return_to=%2Farticles%2Fa%3Fx%3D1',
    );
  });

  it('has initials', () => {
    expect(['Ada Lindqvist', 'ben@x', ''].map(initials)).toEqual(['AL', 'BX', '']);
  });
});

describe('Pages', () => {
  it('are three for every organisation, known or not', () => {
    for (const id of ['org_aurora', 'org_borealis', 'org_unknown', '__proto__']) {
      expect(brandOf(id).articles).toHaveLength(3);
    }
  });

  it('are found by their path', () => {
    expect([articleSlug('/articles/borrowing'), articleSlug('/articles/'), articleSlug('/')]).toEqual([
      'borrowing',
      undefined,
      undefined,
    ]);
  });
});
