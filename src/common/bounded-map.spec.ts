import { BoundedMap } from './bounded-map.js';

describe('BoundedMap', () => {
  let now: number;
  let map: BoundedMap<string, number>;
  beforeEach(() => {
    now = 0;
    map = new BoundedMap(2, { now: () => now });
  });

  it('forgets what was neither read nor written for longest', () => {
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, undefined, 3]);
    map.set('a', 4);
    map.set('d', 5);
    expect([...map.values()]).toEqual([4, 5]);
  });

  it('has something until its time is over', () => {
    map.set('a', 1, 10);
    map.set('b', 2);
    now = 9;
    expect([map.get('a'), [...map.values()]]).toEqual([1, [2, 1]]);
    now = 10;
    expect([[...map.values()], map.get('a'), map.get('b')]).toEqual([[2], undefined, 2]);
  });

  it('forgets one, or all of them', () => {
    map.set('a', 1);
    map.set('b', 2);
    map.delete('a');
    expect([...map.values()]).toEqual([2]);
    map.clear();
    expect([...map.values()]).toEqual([]);
  });
});
