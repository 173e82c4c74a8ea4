import { LinkedList } from './linked-list.js';

describe('a linked list', () => {
  const [one, two, three] = [{ at: 1 }, { at: 2 }, { at: 3 }];

  it('has what was added, in that order, until it is taken out', () => {
    const list = new LinkedList<object>();
    list.add(one);
    const takeOut = list.add(two);
    list.add(three);
    takeOut();
    takeOut();
    expect([...list]).toEqual([one, three]);
    expect(list.size).toBe(2);
    expect(list.shift()).toBe(one);
    expect(list.first).toBe(three);
    expect(list.shift()).toBe(three);
    expect(list.shift()).toBeUndefined();
    list.add(two);
    expect([...list]).toEqual([two]);
  });

  it('lets what it is read for take out of it', () => {
    const list = new LinkedList<() => void>();
    const called: number[] = [];
    const ends = [1, 2, 3].map((at) =>
      list.add(() => {
        called.push(at);
        for (const end of ends) end();
      }),
    );
    for (const call of list) call();
    expect(called).toEqual([1, 2, 3]);
    expect(list.size).toBe(0);
  });

  it('finds the first that is wanted', () => {
    const list = new LinkedList<{ readonly at: number }>();
    for (const each of [one, two, three]) list.add(each);
    expect(list.find(({ at }) => at > 1)).toBe(two);
    expect(list.find(({ at }) => at > 3)).toBeUndefined();
  });
});
