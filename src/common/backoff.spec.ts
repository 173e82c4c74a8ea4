import { backoff } from './backoff.js';

describe('backoff', () => {
  it('doubles up to a bound', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => backoff(attempt, { random: () => 1 }));
    expect(waits).toEqual([100, 200, 400, 800, 1600, 2000, 2000, 2000]);
  });

  it('leaves half of the wait to chance', () => {
    expect(backoff(2, { random: () => 0 })).toBe(200);
    expect(backoff(2, { random: () => 0.5 })).toBe(300);
  });
});
