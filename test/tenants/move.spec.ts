import { systemClock } from '../../src/common/clock.js';
import { TypeOrmFeedbackStore } from '../../src/admin/index.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import type { MoveProgress } from '../../src/tenants/move/moving.js';
import { note, thread } from '../../src/testing/store-contract/samples.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { operatorOf, type Operator } from './support/operator.js';
import { seenBy } from './support/seen.js';

const USERS = ['anna', 'bert', 'cleo'];

describe('A tenant that is moved', () => {
  let database: TestDatabase;
  let parts: StoreParts;
  let others: StoreParts;
  let operator: Operator;

  /** Another one for each test. */
  let acme: string;
  let tests = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
    others = await openStore(database);
    operator = operatorOf(parts);
    await parts.store.saveThread(thread('of others'), { tenantId: 'globex', userId: 'anna' });
  });
  beforeEach(() => {
    acme = `acme ${(tests += 1)}`;
  });
  afterAll(async () => {
    await Promise.all([parts.database.close(), others.database.close()]);
    await database.drop();
  });

  const scopeOf = (userId: string) => ({ tenantId: acme, userId });
  /** Threads of everybody, in their order, and their items. */
  const seen = (store: StoreParts['store']) => seenBy(USERS.map(scopeOf), store);

  const move = async (to: 'row' | 'schema', signal?: AbortSignal): Promise<MoveProgress[]> => {
    const told: MoveProgress[] = [];
    await operator.moves.move(acme, { isolation: to }, (progress) => told.push(progress), signal);
    return told;
  };

  async function fill(): Promise<void> {
    for (const userId of USERS) {
      for (const id of ['t1', 't2', 't3'].map((name) => `${name}-${userId}`)) {
        await parts.store.saveThread(thread(id), scopeOf(userId));
        for (const item of ['b', 'a', 'c']) {
          await parts.store.addThreadItem(id, note(item, 'text', id), scopeOf(userId));
        }
      }
      const id = `t1-${userId}`;
      await new TypeOrmFeedbackStore(parts.unitOfWork).saveFeedback(id, ['a'], 'positive', scopeOf(userId));
      await parts.store.deleteThread(`t3-${userId}`, scopeOf(userId));
    }
  }

  it('is the same in its own schema, and back again, whichever instance is asked', async () => {
    await fill();
    const before = await seen(parts.store);
    const told = await move('schema');
    expect(told.filter(({ step }) => step === 'compared')).toEqual(
      expect.arrayContaining([
        { step: 'compared', table: 'threads', rows: 6 },
        { step: 'compared', table: 'items', rows: 18 },
        { step: 'compared', table: 'feedback', rows: 3 },
        { step: 'compared', table: 'deleted_threads', rows: 3 },
      ]),
    );
    expect(await seen(parts.store)).toEqual(before);
    expect(await seen(others.store)).toEqual(before);
    const rows = `SELECT tenant_id FROM chatkit.threads WHERE tenant_id IN ('${acme}', 'globex')`;
    expect(await database.query(rows)).toEqual([{ tenant_id: 'globex' }]);
    expect(await operator.tenants.show(acme)).toMatchObject({
      isolation: 'schema',
      status: 'active',
      leftovers: false,
    });
    await others.store.saveThread(thread('newer'), scopeOf('anna'));
    const page = await parts.store.loadThreads({ limit: 1, order: 'desc' }, scopeOf('anna'));
    expect(page.data.map(({ id }) => id)).toEqual(['newer']);

    const own = await seen(parts.store);
    await move('row');
    expect(await seen(others.store)).toEqual(own);
    expect(await seen(parts.store)).toEqual(own);
    expect(
      await database.query(`SELECT FROM pg_namespace WHERE nspname = '${tenantSchema('chatkit', acme)}'`),
    ).toEqual([]);
    await parts.store.saveThread(thread('newest'), scopeOf('anna'));
    const last = await parts.store.loadThreads({ limit: 1, order: 'desc' }, scopeOf('anna'));
    expect(last.data.map(({ id }) => id)).toEqual(['newest']);
  });

  it('loses nothing that was acknowledged while it is used by many on two instances', async () => {
    await fill();
    const acknowledged: string[] = [];
    const failures: unknown[] = [];
    const over = new AbortController();
    const writers = [parts, others].flatMap(({ store }, instance) =>
      USERS.map(async (userId) => {
        for (let at = 0; !over.signal.aborted; at += 1) {
          const id = `w-${instance}-${userId}-${at}`;
          try {
            await store.addThreadItem(`t2-${userId}`, note(id, 'text', `t2-${userId}`), scopeOf(userId));
            acknowledged.push(id);
            if (at % 5 === 4) {
              await store.deleteThreadItem(`t2-${userId}`, id, scopeOf(userId));
              acknowledged.splice(acknowledged.indexOf(id), 1);
            }
            await store.loadThread(`t2-${userId}`, scopeOf(userId));
          } catch (error) {
            failures.push(error);
          }
          // each write more has every copy and compare take more rows
          await systemClock.sleep(5);
        }
      }),
    );
    for (const to of ['schema', 'row', 'schema'] as const) await move(to);
    over.abort();
    await Promise.all(writers);
    expect(failures).toEqual([]);
    const rows = await database.query(
      `SELECT id FROM ${tenantSchema('chatkit', acme)}.items WHERE id LIKE 'w-%'`,
    );
    expect(rows.map(({ id }) => String(id)).toSorted()).toEqual(acknowledged.toSorted());
    expect(acknowledged.length).toBeGreaterThan(20);
  });

  it('stays where it was when the move is stopped, and goes on from there', async () => {
    await fill();
    const stop = new AbortController();
    await expect(
      operator.moves.move(acme, { isolation: 'schema' }, () => stop.abort(), stop.signal),
    ).rejects.toThrow(/abort/);
    expect(await operator.tenants.show(acme)).toMatchObject({ isolation: 'row', status: 'active' });
    await parts.store.deleteThread('t1-anna', scopeOf('anna'));
    await parts.store.saveThread(thread('t4', { title: 'changed' }), scopeOf('anna'));
    const before = await seen(parts.store);
    await move('schema');
    expect(await seen(others.store)).toEqual(before);
  });

  it('stays suspended, and moves none the less', async () => {
    await fill();
    const before = await seen(parts.store);
    await operator.tenants.suspend(acme);
    await move('schema');
    expect(await operator.tenants.show(acme)).toMatchObject({ isolation: 'schema', status: 'suspended' });
    await expect(seen(parts.store)).rejects.toMatchObject({ code: 'tenant_suspended' });
    await operator.tenants.resume(acme);
    expect(await seen(parts.store)).toEqual(before);
  });

  it('has what was left behind removed by the next call', async () => {
    await fill();
    await move('schema');
    await database.query(
      `INSERT INTO chatkit.deleted_threads (tenant_id, owner_id, id) VALUES ('${acme}', 'anna', 'left')`,
    );
    await database.query(`UPDATE chatkit.tenants SET leftovers = true WHERE tenant_id = '${acme}'`);
    expect(await move('schema')).toEqual([{ step: 'removed' }]);
    expect(await database.query(`SELECT FROM chatkit.deleted_threads WHERE tenant_id = '${acme}'`)).toEqual(
      [],
    );
    expect(await move('schema')).toEqual([]);
  });

  it('is not there for those who do not know it', async () => {
    await expect(move('schema')).rejects.toMatchObject({ status: 404 });
  });
});
