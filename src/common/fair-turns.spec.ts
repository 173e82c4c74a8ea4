import { FairTurns } from './fair-turns.js';

/** So many at a time, of one tenant one at a time, of which so many may wait. */
function turnsOf(atOnce: number, maxWaiting: number): FairTurns {
  return new FairTurns({
    mayWork: (working, member) => working.total < atOnce && working.ofTenant(member) === 0,
    requirePlace: (waiting, member) => {
      if (waiting.ofTenant(member) >= maxWaiting) throw new Error('one too many');
    },
  });
}

/** Work that says when it starts, and goes on until it is ended. */
class Works {
  readonly started: string[] = [];
  readonly #ends = new Map<string, () => void>();

  constructor(private readonly turns: FairTurns) {}

  begin(name: string, signal?: AbortSignal): Promise<void> {
    const [tenant = ''] = name;
    const work = (): Promise<void> => {
      this.started.push(name);
      return new Promise((resolve) => this.#ends.set(name, resolve));
    };
    const done = this.turns.take({ tenantId: tenant, userId: name }, work, signal);
    done.catch(() => undefined);
    return done;
  }

  /** Ends one, and lets the next start. */
  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('Turns', () => {
  it('let tenants work side by side, and those that wait take turns', async () => {
    const works = new Works(turnsOf(2, 10));
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) void works.begin(name);
    await works.end('');
    expect(works.started).toEqual(['a1', 'b1']);
    await works.end('b1');
    expect(works.started).toEqual(['a1', 'b1', 'c1']);
    await works.end('a1');
    expect(works.started).toEqual(['a1', 'b1', 'c1', 'a2']);
    await works.end('c1');
    await works.end('a2');
    expect(works.started).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  });

  it('refuse who finds no place, and take from others', async () => {
    const works = new Works(turnsOf(1, 1));
    void works.begin('a1');
    void works.begin('a2');
    await expect(works.begin('a3')).rejects.toThrow('one too many');
    void works.begin('b1');
    await works.end('a1');
    await works.end('a2');
    expect(works.started).toEqual(['a1', 'a2', 'b1']);
  });

  it('forget who leaves, and go on after work that failed', async () => {
    const turns = turnsOf(1, 1);
    const works = new Works(turns);
    const anna = { tenantId: 'a', userId: 'anna' };
    const leaving = new AbortController();
    void works.begin('a1');
    const second = works.begin('a2', leaving.signal);
    leaving.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    void works.begin('a3');
    await works.end('a1');
    expect(works.started).toEqual(['a1', 'a3']);
    await works.end('a3');
    await expect(turns.take(anna, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(turns.take(anna, async () => 'done')).resolves.toBe('done');
  });
});
