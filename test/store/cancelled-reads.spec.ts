import type { StoreParts } from '../../src/store/create-store.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import type { ReadingScope } from '../../src/store/unit-of-work/unit-of-work.js';
import { ANNA, note, thread } from '../../src/testing/store-contract/samples.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase, UNWATCHED } from '../support/database.js';

const one = statement<[], { readonly one: number }>('test_one', 'SELECT 1 AS one');
const sleep = statement<[seconds: number]>('test_cancelled_sleep', 'SELECT pg_sleep($1)');
const write = statement<[id: string]>(
  'test_cancelled_write',
  `INSERT INTO threads (tenant_id, owner_id, id, status, data, shown)
   SELECT 'acme', 'anna', $1, 'active', '{}', '{}' FROM pg_sleep(0.3)`,
);

describe('what nobody waits for any more', () => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    // one connection: whatever comes next meets what was left on it
    const pool = { CHATKIT_POOL_MIN: '1', CHATKIT_POOL_MAX: '1' };
    const env = { ...UNWATCHED, ...pool, CHATKIT_STATEMENT_TIMEOUT: '60000' };
    parts = await openStore(database, env);
  });
  afterAll(async () => {
    await parts?.database.close();
    await database?.drop();
  });

  async function running(): Promise<unknown[]> {
    return database.query(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep($1)%' AND pid <> pg_backend_pid()`,
    );
  }
  const underWay = () => eventually('the statement runs', async () => (await running()).length === 1);

  it.each(['read', 'readTenant'] as const)('is ended in the database by %s()', async (how) => {
    const leaving = new AbortController();
    const reason = new Error('the client left');
    const read = parts.unitOfWork[how]({ ...ANNA, signal: leaving.signal }, sleep(50));
    const outcome = read.catch((error: unknown) => error);
    await underWay();
    leaving.abort(reason);
    expect(await outcome).toBe(reason);
    expect(await running()).toEqual([]);
    expect(parts.database.figures).toMatchObject({ total: 1, idle: 1 });
  });

  it('leaves the connection to others, whom no late request meets', async () => {
    for (let round = 0; round < 50; round += 1) {
      const leaving = new AbortController();
      const read = parts.unitOfWork.read({ ...ANNA, signal: leaving.signal }, one(), sleep(0.001), one());
      const outcome = read.catch((error: unknown) => error);
      setImmediate(() => leaving.abort(new Error('the client left')));
      await outcome;
      const [{ rows }] = await parts.unitOfWork.pipeline(ANNA, one());
      expect(rows).toEqual([{ one: 1 }]);
    }
    expect(parts.database.figures).toMatchObject({ total: 1, idle: 1 });
  });

  it('is not begun when a connection is free at last', async () => {
    const leaving = new AbortController();
    const reason = new Error('the client left');
    let outcome: Promise<unknown> | undefined;
    await parts.unitOfWork.run(ANNA, async (transaction) => {
      await transaction.query(one());
      const read = parts.unitOfWork.read({ ...ANNA, signal: leaving.signal }, sleep(50));
      outcome = read.catch((error: unknown) => error);
      leaving.abort(reason);
    });
    expect(await outcome).toBe(reason);
  });

  it('is written nevertheless, and told so', async () => {
    const leaving = new AbortController();
    const scope: ReadingScope = { ...ANNA, signal: leaving.signal };
    const writing = parts.unitOfWork.pipeline(scope, write('w1'));
    leaving.abort();
    await writing;
    expect(await database.query(`SELECT id FROM chatkit.threads WHERE id = 'w1'`)).toEqual([{ id: 'w1' }]);
  });

  it('may be read by those who tidy up: a signal that had fired before ends nothing', async () => {
    await parts.store.saveThread(thread('t1'), ANNA);
    await parts.store.addThreadItem('t1', note('i1'), ANNA);
    const scope = { ...ANNA, signal: AbortSignal.abort() };
    expect(await parts.store.loadItem('t1', 'i1', scope)).toEqual(note('i1'));
  });

  it('cannot be written by a unit of work that reads', async () => {
    await expect(parts.unitOfWork.read(ANNA, write('w2'))).rejects.toMatchObject({
      cause: { message: expect.stringContaining('read-only transaction') as string },
    });
  });
});
