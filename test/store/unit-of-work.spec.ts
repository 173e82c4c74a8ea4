import { UnavailableError } from '../../src/chatkit/core/errors.js';
import { systemClock } from '../../src/common/clock.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase, UNWATCHED } from '../support/database.js';
import { startProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { ANNA, note, thread } from '../../src/testing/store-contract/samples.js';

const one = statement<[], { readonly one: number }>('test_one', 'SELECT 1 AS one');
const fail = statement<[]>('test_fail', 'SELECT 1 / 0');
const broken = statement<[]>('test_broken', 'SELECT FROM nowhere');
const sleep = statement<[seconds: number]>('test_sleep', 'SELECT pg_sleep($1)');
const addThread = statement<[id: string]>(
  'test_add_thread',
  `INSERT INTO threads (tenant_id, owner_id, id, status, data, shown) VALUES ('acme', 'anna', $1, 'active', '{}', '{}')`,
);
const lockThreads = statement<[]>('test_lock', 'SELECT FROM threads FOR UPDATE');

describe('the unit of work', () => {
  let database: TestDatabase;
  let proxy: PostgresProxy;
  let parts: StoreParts;
  /** Waits for nothing for long, as a busy machine may well need it to. */
  let hasty: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startProxy(database.url);
    const pool = { CHATKIT_POOL_MIN: '1', CHATKIT_POOL_MAX: '2', CHATKIT_POOL_QUEUE_MAX: '10' };
    parts = await openStore(proxy, { ...UNWATCHED, ...pool });
    hasty = await openStore(proxy, {
      ...pool,
      CHATKIT_STATEMENT_TIMEOUT: '300',
      CHATKIT_LOCK_TIMEOUT: '100',
      CHATKIT_CONNECT_TIMEOUT: '2000',
    });
  });
  afterAll(async () => {
    await hasty.database.close();
    await parts.database.close();
    await proxy.close();
    await database.drop();
  });

  async function threads(): Promise<number> {
    const [row] = await database.query('SELECT count(*)::int AS count FROM chatkit.threads');
    return Number(row?.['count']);
  }

  it('undoes everything when a statement in the middle fails, and says why', async () => {
    const before = await threads();
    await expect(
      parts.unitOfWork.pipeline(ANNA, addThread('lost'), fail(), addThread('lost too')),
    ).rejects.toThrow('division by zero');
    await expect(parts.unitOfWork.pipeline(ANNA, addThread('lost'), broken())).rejects.toThrow(/nowhere/);
    expect(await threads()).toBe(before);
  });

  it('gives connections back clean after failures', async () => {
    for (let round = 0; round < 5; round += 1) {
      await expect(parts.unitOfWork.pipeline(ANNA, fail())).rejects.toThrow('division by zero');
      const [{ rows }] = await parts.unitOfWork.pipeline(ANNA, one());
      expect(rows).toEqual([{ one: 1 }]);
    }
    expect(parts.database.figures.total).toBeLessThanOrEqual(2);
    expect(parts.database.figures.idle).toBe(parts.database.figures.total);
  });

  it('rolls back when the work throws between two statements', async () => {
    const before = await threads();
    const work = parts.unitOfWork.run(ANNA, async (transaction) => {
      await transaction.query(addThread('lost'));
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await threads()).toBe(before);
  });

  it('cannot be used once it is over', async () => {
    await parts.unitOfWork.run(ANNA, async (transaction) => {
      await transaction.finish(one());
      await expect(transaction.query(one())).rejects.toThrow('the unit of work is over');
    });
  });

  it('ends statements that take too long', async () => {
    await expect(hasty.unitOfWork.pipeline(ANNA, sleep(60))).rejects.toThrow(UnavailableError);
  });

  it('ends statements that wait too long for a lock', async () => {
    await parts.store.saveThread(thread('t1'), ANNA);
    await parts.unitOfWork.run(ANNA, async (transaction) => {
      await transaction.query(lockThreads());
      await expect(hasty.store.addThreadItem('t1', note('i1'), ANNA)).rejects.toThrow(UnavailableError);
    });
    await parts.store.addThreadItem('t1', note('i1'), ANNA);
  });

  it('refuses those who would have to wait in too long a line', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => parts.unitOfWork.pipeline(ANNA, sleep(0.05))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(UnavailableError);
    expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(6);
  });

  it('leaves places in the line to others of the organisation, and to other organisations', async () => {
    const askers = [
      { times: 20, scope: { tenantId: 't1', userId: 'anna' } },
      { times: 20, scope: { tenantId: 't1', userId: 'bert' } },
      { times: 1, scope: { tenantId: 't2', userId: 'cleo' } },
    ];
    for (const { scope } of askers) await parts.unitOfWork.pipeline(scope, sleep(0));
    const served = askers.map(async ({ times, scope }) => {
      const asked = Array.from({ length: times }, () => parts.unitOfWork.pipeline(scope, sleep(0.05)));
      const outcomes = await Promise.allSettled(asked);
      return outcomes.filter(({ status }) => status === 'fulfilled').length;
    });
    // of two connections one is for the organisation that has asked, too
    expect(await Promise.all(served)).toEqual([6, 3, 1]);
  });

  it('is not acknowledged when the connection breaks before the answer', async () => {
    const work = parts.unitOfWork.run(ANNA, async (transaction) => {
      await transaction.query(addThread('half'));
      proxy.cut();
      await transaction.query(one());
    });
    await expect(work).rejects.toThrow(UnavailableError);
    await parts.database.whenUp();
    expect(await database.query(`SELECT FROM chatkit.threads WHERE id = 'half'`)).toEqual([]);
  });

  it('asks a connection that was long unused whether it is alive, and replaces it if not', async () => {
    let now = Date.now();
    const clock = { ...systemClock, now: () => now };
    const { database: rested, unitOfWork } = await openStore(proxy, { CHATKIT_POOL_MAX: '2' }, { clock });
    proxy.swallow();
    proxy.passOn();
    now += 60_000;
    expect(await unitOfWork.pipeline(ANNA, one())).toHaveLength(1);
    expect(rested.state.status).toBe('up');
    proxy.cut();
    await rested.close();
    await parts.database.whenUp();
  });

  it('does not wait for ever for a server that has stopped answering', async () => {
    const isAnswered = (): Promise<boolean> =>
      hasty.unitOfWork.pipeline(ANNA, one()).then(
        () => true,
        () => false,
      );
    await eventually('it answers', isAnswered);
    proxy.swallow();
    await expect(hasty.unitOfWork.pipeline(ANNA, one())).rejects.toThrow(UnavailableError);
    proxy.passOn();
    await eventually('it answers again', isAnswered);
    proxy.cut();
  });
});
