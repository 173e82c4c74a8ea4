import type { TenantScope } from '../../src/chatkit/core/index.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

const one = statement<[]>('test_one', 'SELECT 1');

const scopeOf = (tenantId: string): TenantScope => ({ tenantId, userId: 'ada' });

describe.each(['row', 'schema'])('Connections to the database, with isolation by %s', (isolation) => {
  let database: TestDatabase;
  let parts: StoreParts;
  const served: string[] = [];
  const ends = new Map<string, () => void>();

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database, {
      CHATKIT_ISOLATION: isolation,
      CHATKIT_POOL_MIN: '1',
      CHATKIT_POOL_MAX: '2',
      CHATKIT_CONNECT_TIMEOUT: '10000',
    });
    for (const tenantId of ['a', 'b', 'c']) await parts.unitOfWork.pipeline(scopeOf(tenantId), one());
  });
  beforeEach(() => served.splice(0));
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
  });

  /** Keeps a connection, once it has one, until it is ended. */
  function begin(name: string): Promise<void> {
    return parts.unitOfWork.run(scopeOf(name.slice(0, 1)), async (transaction) => {
      await transaction.query(one());
      served.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
    });
  }
  const waiting = (count: number) =>
    eventually('they wait', async () => parts.database.figures.waiting === count);
  const isServed = (name: string) => eventually(`${name} is served`, async () => served.includes(name));

  it('go to the tenants in turn while all of them are in use, whoever came first', async () => {
    const flood = Array.from({ length: 52 }, (_, index) => begin(`a${index + 1}`));
    await waiting(50);
    const others = [begin('b1')];
    await waiting(51);
    others.push(begin('c1'), begin('b2'));
    await waiting(53);
    await isServed('a2');
    let ended = 0;
    for (const next of ['a3', 'b1', 'c1', 'a4', 'b2', 'a5', 'a6']) {
      ends.get(served[ended] ?? '')?.();
      ended += 1;
      await isServed(next);
    }
    expect(served).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'a5', 'a6']);
    const rest = (async () => {
      for (let at = ended; at < flood.length + others.length; at += 1) {
        await eventually('another is served', async () => served.length > at);
        ends.get(served[at] ?? '')?.();
      }
    })();
    await Promise.all([...flood, ...others, rest]);
  });

  it('are all lent to one tenant while no other asks', async () => {
    const both = [begin('a1'), begin('a2')];
    await isServed('a1');
    await isServed('a2');
    expect(parts.database.figures).toMatchObject({ total: 2, idle: 0, waiting: 0 });
    for (const name of served) ends.get(name)?.();
    await Promise.all(both);
  });
});
