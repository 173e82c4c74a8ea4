import { FairStarts } from './fair-starts.js';

describe('Requests that come at the same time', () => {
  it('begin a few in each turn of the event loop, the tenants one after the other', async () => {
    const starts = new FairStarts();
    const begun: string[] = [];
    const all = ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'b', 'c', 'b'].map(async (tenant) => {
      await starts.turn(tenant);
      begun.push(tenant);
    });
    await Promise.all(all);
    expect(begun.join('')).toBe('aaaaabcabaaa');
  });

  it('begin at once where there are few', () => {
    const starts = new FairStarts();
    expect(starts.turn('a')).toBeUndefined();
    expect(starts.turn('b')).toBeUndefined();
  });
});
