import { RetryGate } from './retry-gate.js';

describe('RetryGate', () => {
  let now: number;
  let gate: RetryGate;
  beforeEach(() => {
    now = 0;
    gate = new RetryGate(500, { now: () => now, random: () => 1 });
  });

  it('lets everybody pass until something fails, and again once it has succeeded', () => {
    expect([gate.pass(), gate.pass()]).toEqual([true, true]);
    gate.failed('timeout');
    expect(gate.pass()).toBe(false);
    gate.succeeded();
    expect([gate.pass(), gate.pass(), gate.lastFailure]).toEqual([true, true, undefined]);
  });

  it('lets one try again after a pause, and the next one when that one is lost', () => {
    gate.failed('timeout');
    now = 1000;
    expect([gate.pass(), gate.pass()]).toEqual([true, false]);
    now += 500;
    expect([gate.pass(), gate.pass()]).toEqual([true, false]);
  });

  it('waits longer after each failure, up to a minute', () => {
    const pauses: number[] = [];
    for (let failure = 0; failure < 9; failure++) {
      gate.failed('timeout');
      const start = now;
      while (!gate.pass()) now += 500;
      pauses.push(now - start);
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('remembers what it was that failed last, and when', () => {
    gate.failed('http 503');
    expect(gate.lastFailure).toEqual({ reason: 'http 503', at: '1970-01-01T00:00:00.000Z' });
  });
});
