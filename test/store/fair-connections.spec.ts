import type { TenantScope } from '../../src/chatkit/core/index.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import { systemClock } from '../../src/common/clock.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase, UNWATCHED } from '../support/database.js';

const one = statement<[]>('test_one', 'SELECT 1');

const scopeOf = (tenantId: string): TenantScope => ({ tenantId, userId: 'ada' });

describe.each(['row', 'schema'])('Connections to the database, with isolation by %s', (isolation) => {
  let database: TestDatabase;
  let parts: StoreParts;
  let time = 0;
  const clock = { ...systemClock, now: () => time };
  const served: string[] = [];
  const ends = new Map<string, () => void>();
  const works: Promise<void>[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    const env = {
      ...UNWATCHED,
      CHATKIT_ISOLATION: isolation,
      CHATKIT_POOL_MIN: '4',
      CHATKIT_POOL_MAX: '4',
      CHATKIT_CONNECT_TIMEOUT: '10000',
    };
    parts = await openStore(database, env, { clock });
    for (const tenantId of ['a', 'b', 'c']) await askFor(tenantId);
  });
  beforeEach(() => {
    // nobody has asked lately
    time += 60_000;
    served.splice(0);
  });
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
  });

  const askFor = (tenantId: string) => parts.unitOfWork.pipeline(scopeOf(tenantId), one());

  /** Keeps a connection, once it has one, until it is ended. */
  function begin(...names: string[]): void {
    for (const name of names) {
      const work = parts.unitOfWork.run(scopeOf(name.slice(0, 1)), async (transaction) => {
        await transaction.query(one());
        const ended = new Promise<void>((resolve) => ends.set(name, resolve));
        served.push(name);
        await ended;
      });
      works.push(work);
    }
  }
  const end = (name: string): void => ends.get(name)?.();
  const waiting = (count: number) =>
    eventually('they wait', async () => parts.database.figures.waiting === count);
  const areServed = (...names: string[]) =>
    eventually(`${names.join()} are served`, async () => names.every((name) => served.includes(name)));
  /** Ends one after the other, each once it is served. */
  async function endAll(): Promise<void> {
    const all = works.splice(0);
    for (let at = 0; at < all.length; at += 1) {
      await eventually('another is served', async () => served.length > at);
      end(served[at] ?? '');
    }
    await Promise.all(all);
  }

  it('are all lent to one tenant while no other asks', async () => {
    begin('a1', 'a2', 'a3', 'a4', 'a5');
    await areServed('a1', 'a2', 'a3', 'a4');
    await waiting(1);
    expect(parts.database.figures).toMatchObject({ total: 4, idle: 0, waiting: 1 });
    await endAll();
  });

  it('are shared with a tenant that has asked a short while ago, which then waits for none', async () => {
    await askFor('b');
    begin('a1', 'a2', 'a3', 'a4');
    await areServed('a1', 'a2');
    await waiting(2);
    begin('b1', 'b2');
    await areServed('b1', 'b2');
    expect(served).not.toContain('a3');
    end('b1');
    await askFor('b');
    expect(served).not.toContain('a3');
    await endAll();
  });

  it('are lent again once the other has not asked for a while', async () => {
    await askFor('b');
    begin('a1', 'a2', 'a3', 'a4', 'a5');
    await areServed('a1', 'a2');
    await waiting(3);
    time += 60_000;
    end('a1');
    await areServed('a3', 'a4', 'a5');
    await endAll();
  });

  it('go to the tenants in turn while all of them are in use, whoever came first', async () => {
    begin(...Array.from({ length: 52 }, (_, index) => `a${index + 1}`));
    await areServed('a1', 'a2', 'a3', 'a4');
    begin('b1');
    await waiting(49);
    begin('c1', 'b2');
    await waiting(51);
    // a gives back what it has beyond its share before it is served again
    for (const [ended, next] of [
      ['a1', 'b1'],
      ['a2', 'c1'],
      ['a3', 'a5'],
      ['b1', 'b2'],
    ] as const) {
      end(ended);
      await areServed(next);
    }
    expect(served.slice(4)).toEqual(['b1', 'c1', 'a5', 'b2']);
    await endAll();
  });
});
