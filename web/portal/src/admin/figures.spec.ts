import type { UsageSums } from './admin-api.js';
import { bytes, duration, share } from './format.js';
import { everyDay, rangeOf } from './period.js';
import { growth, totalsOf } from './usage-figures.js';

const NOON = Date.parse('2026-03-01T12:00:00Z');

function sums(changes: Partial<UsageSums>): UsageSums {
  return {
    key: '2026-03-01',
    answers: 0,
    stopped: 0,
    failed: 0,
    input_tokens: 0,
    output_tokens: 0,
    first_token_ms: null,
    duration_ms: null,
    ...changes,
  };
}

describe('A period', () => {
  it('ends with today, and the one before it ends where it begins', () => {
    expect(rangeOf('7', NOON)).toEqual({ from: '2026-02-23', to: '2026-03-02' });
    expect(rangeOf('7', NOON, true)).toEqual({ from: '2026-02-16', to: '2026-02-23' });
  });

  it('has every day, with what is known of it', () => {
    const range = { from: '2026-02-27', to: '2026-03-02' };
    expect(everyDay(range, new Map([['2026-02-28', 5]]))).toEqual([
      ['2026-02-27', undefined],
      ['2026-02-28', 5],
      ['2026-03-01', undefined],
    ]);
  });
});

describe('The totals of a period', () => {
  it('average times by answers and leave out days that have none', () => {
    const days = [
      sums({ answers: 3, duration_ms: 1000, first_token_ms: 100, input_tokens: 5 }),
      sums({ answers: 1, duration_ms: 5000, output_tokens: 2 }),
      sums({ input_tokens: 1 }),
    ];
    expect(totalsOf(days)).toMatchObject({ answers: 4, tokens: 8, duration: 2000, firstToken: 100 });
    expect(totalsOf([])).toMatchObject({ answers: 0, duration: undefined });
  });

  it.each([
    [12, 10, '+20%'],
    [5, 10, '−50%'],
    [10, 10, 'unchanged'],
    [1, 0, undefined],
    [undefined, 3, undefined],
  ])('are compared with those before: %s after %s', (now, before, told) => {
    expect(growth(now, before)).toBe(told);
  });
});

describe('Figures', () => {
  it('are told as people say them', () => {
    expect([duration(undefined), duration(830), duration(1500)]).toEqual(['–', '830 ms', '1.5 s']);
    expect([share(1, 3), share(0, 0)]).toEqual(['33%', '0%']);
    expect([bytes(12), bytes(1500), bytes(2_400_000)]).toEqual(['12 bytes', '1.5 kB', '2.4 MB']);
  });
});
