import type { StoreParts } from '../../src/store/create-store.js';
import { note, thread } from '../../src/testing/store-contract/samples.js';
import { dyingAfter } from './support/dying.js';
import { operatorOf } from './support/operator.js';
import { seenBy } from './support/seen.js';
import { severalDatabases } from './support/several-databases.js';
import { tablesThatHave } from './support/tables-that-have.js';

const USERS = ['anna', 'bert', 'cleo', 'dora'];
const scopeOf = (userId: string) => ({ tenantId: 'acme', userId });

/** Threads of everybody, in their order, and their items. */
const seen = ({ store }: StoreParts) => seenBy(USERS.map(scopeOf), store);

/** Each table is moved alike, so few of them show as much as all. */
const FEW_TABLES = { features: [] };

async function fill({ store }: StoreParts, userId: string): Promise<void> {
  for (const id of [`kept-${userId}`, `deleted-${userId}`]) {
    await store.saveThread(thread(id), scopeOf(userId));
    for (const item of ['a', 'b', 'c'])
      await store.addThreadItem(id, note(item, 'text', id), scopeOf(userId));
  }
  await store.deleteThread(`deleted-${userId}`, scopeOf(userId));
}

describe('A tenant whose move to another database is killed', () => {
  let databases: Awaited<ReturnType<typeof severalDatabases<'eu' | 'us'>>>;
  let parts: StoreParts;
  let others: StoreParts;

  beforeAll(async () => {
    databases = await severalDatabases('eu', 'us');
    parts = await databases.open({}, FEW_TABLES);
    others = await databases.open({}, FEW_TABLES);
    for (const userId of USERS) await fill(parts, userId);
  });
  afterAll(() => databases.drop());

  it('is whole after any step, once the same move is run again', async () => {
    const operator = operatorOf(parts);
    const before = await seen(parts);
    const ways = [
      { from: 'home', database: 'eu', isolation: 'row' },
      { from: 'eu', database: 'us', isolation: 'schema' },
      { from: 'us', database: 'home', isolation: 'row' },
    ] as const;
    const steps: number[] = [];
    for (const { database, isolation } of ways) {
      const { parts: counted, calls } = dyingAfter(parts.tenants, Infinity);
      await operatorOf({ ...parts, tenants: counted }).moves.move(
        'acme',
        { database, isolation },
        () => undefined,
      );
      steps.push(calls());
    }
    // the last are those of the flip and what follows, each from every way; before them are two for each table, all alike
    for (const [round, stepsLeft] of [7, 8, 6, 8, 6, 7, 6, 7, 8, 0, 1, 2, 3, 4, 5, 9, 12, 30].entries()) {
      const way = round % ways.length;
      const { from, database, isolation } = ways[way] ?? ways[0];
      const last = steps[way] ?? 0;
      const { parts: mortal, death } = dyingAfter(parts.tenants, Math.max(1, last - stepsLeft));
      const dying = operatorOf({ ...parts, tenants: mortal });
      await Promise.race([dying.moves.move('acme', { database, isolation }, () => undefined), death]);
      const names = [databases.home, ...Object.values(databases.further)].map(({ name }) => name);
      await databases.home.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'chatkit-maintenance' AND datname = ANY ($1)`,
        [names],
      );
      await operator.moves.move('acme', { database, isolation }, () => undefined);
      expect(await seen(others)).toEqual(before);
      expect(await operator.tenants.show('acme')).toMatchObject({
        database,
        isolation,
        status: 'active',
        leftovers: false,
      });
      const left = await tablesThatHave('acme', from === 'home' ? databases.home : databases.further[from]);
      expect(left).toEqual(from === 'home' ? ['chatkit.tenants'] : []);
    }
    expect(await seen(parts)).toEqual(before);
  }, 240_000);
});
