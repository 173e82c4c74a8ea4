import { UnavailableError } from '../../chatkit/core/index.js';
import { ReadingQueue } from './reading-queue.js';

/** Work that says when it starts, and goes on until it is ended. */
class Works {
  readonly started: string[] = [];
  readonly #ends = new Map<string, () => void>();

  constructor(private readonly queue: ReadingQueue) {}

  begin(name: string, signal?: AbortSignal): Promise<void> {
    const [tenant = ''] = name;
    const work = (): Promise<void> => {
      this.started.push(name);
      return new Promise((resolve) => this.#ends.set(name, resolve));
    };
    const done = this.queue.run(tenant, work, signal);
    done.catch(() => undefined);
    return done;
  }

  /** Ends one, and lets the next start. */
  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('The queue of documents to be read', () => {
  it('lets tenants work side by side, each on one document, and those that wait take turns', async () => {
    const works = new Works(new ReadingQueue(2, 10));
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

  it('refuses what is one too many of a tenant, and takes from others', async () => {
    const works = new Works(new ReadingQueue(1, 1));
    void works.begin('a1');
    void works.begin('a2');
    await expect(works.begin('a3')).rejects.toBeInstanceOf(UnavailableError);
    void works.begin('b1');
    await works.end('a1');
    await works.end('a2');
    expect(works.started).toEqual(['a1', 'a2', 'b1']);
  });

  it('forgets who leaves, and goes on after work that failed', async () => {
    const queue = new ReadingQueue(1, 1);
    const works = new Works(queue);
    const leaving = new AbortController();
    void works.begin('a1');
    const second = works.begin('a2', leaving.signal);
    leaving.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    void works.begin('a3');
    await works.end('a1');
    expect(works.started).toEqual(['a1', 'a3']);
    await works.end('a3');
    await expect(queue.run('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(queue.run('a', async () => 'done')).resolves.toBe('done');
  });
});
