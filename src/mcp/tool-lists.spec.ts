import { listKey, ToolLists } from './tool-lists.js';

const tools = [{ name: 'a', inputSchema: { type: 'object' as const } }];

describe('ToolLists', () => {
  let now: number;
  let lists: ToolLists;
  beforeEach(() => {
    now = 0;
    lists = new ToolLists({ now: () => now });
  });

  it('keeps a list for a minute', () => {
    lists.set('ada', tools);
    now = 59_999;
    expect(lists.get('ada')).toBe(tools);
    now = 60_000;
    expect(lists.get('ada')).toBeUndefined();
  });

  it('forgets one list, or all of them', () => {
    for (const key of ['ada', 'bob', 'eve']) lists.set(key, tools);
    lists.forget('ada');
    expect(['ada', 'bob', 'eve'].map((key) => lists.get(key))).toEqual([undefined, tools, tools]);
    lists.forget();
    expect(['bob', 'eve'].map((key) => lists.get(key))).toEqual([undefined, undefined]);
  });

  it('keeps neither a list that is too large nor more than 200', () => {
    lists.set('large', [{ ...tools[0], name: 'x'.repeat(200_000), inputSchema: { type: 'object' } }]);
    expect(lists.get('large')).toBeUndefined();
    for (let count = 0; count < 201; count++) lists.set(`user ${count}`, tools);
    expect(lists.get('user 0')).toBeUndefined();
    expect(lists.get('user 1')).toBe(tools);
  });

  it('tells callers apart by everything that makes them up', () => {
    const keys = [
      listKey('t', 'u', 'a'),
      listKey('t', 'u', 'b'),
      listKey('t', 'v', 'a'),
      listKey('tu', '', 'a'),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(listKey('t', 'u', 'a')).toBe(keys[0]);
    expect(keys.join('')).not.toContain('"');
  });
});
