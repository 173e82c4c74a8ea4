import { rm } from 'node:fs/promises';
import { systemClock } from '../../src/common/clock.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import type { MoveProgress } from '../../src/tenants/move/moving.js';
import type { MoveTarget } from '../../src/tenants/move/tenant-move.js';
import { note, thread } from '../../src/testing/store-contract/samples.js';
import { makeScratch } from '../support/scratch.js';
import { fill } from './support/filled-tenant.js';
import { operatorOf, type Operator } from './support/operator.js';
import { seenBy } from './support/seen.js';
import { severalDatabases } from './support/several-databases.js';
import { tablesThatHave } from './support/tables-that-have.js';

const USERS = ['anna', 'bert', 'cleo', 'dora'];

describe('A tenant that is moved to another database', () => {
  let databases: Awaited<ReturnType<typeof severalDatabases<'eu' | 'us'>>>;
  let parts: StoreParts;
  let others: StoreParts;
  let operator: Operator;
  let folder: string;
  /** Another one for each test. */
  let acme: string;
  let tests = 0;

  beforeAll(async () => {
    databases = await severalDatabases('eu', 'us');
    parts = await databases.open();
    others = await databases.open();
    operator = operatorOf(parts);
    folder = await makeScratch();
    await parts.store.saveThread(thread('of others'), { tenantId: 'globex', userId: 'anna' });
  });
  beforeEach(async () => {
    acme = `acme ${(tests += 1)}`;
    for (const userId of USERS) await fill(parts, scopeOf(userId), folder);
  });
  afterAll(async () => {
    await databases.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const scopeOf = (userId: string) => ({ tenantId: acme, userId });
  /** Threads of everybody, in their order, and their items. */
  const seen = ({ store }: StoreParts) => seenBy(USERS.map(scopeOf), store);
  const move = async (target: MoveTarget, signal?: AbortSignal): Promise<MoveProgress[]> => {
    const told: MoveProgress[] = [];
    await operator.moves.move(acme, target, (progress) => told.push(progress), signal);
    return told;
  };
  const tablesWith = (name: 'home' | 'eu' | 'us') =>
    tablesThatHave(acme, name === 'home' ? databases.home : databases.further[name]);

  it.each([
    ['row', 'row'],
    ['row', 'schema'],
    ['schema', 'row'],
    ['schema', 'schema'],
  ] as const)('is all there from %s to %s, for whoever comes, and nowhere else', async (from, to) => {
    if (from === 'schema') await move({ isolation: 'schema' });
    await operator.holds.place({ tenantId: acme, userId: 'bert', reason: 'Case 7', by: 'op' });
    await operator.tenants.changeLimits(acme, { userRequests: 9 });
    await others.store.deleteThread('kept-bert', scopeOf('bert'));
    const before = await seen(parts);
    await seen(others);
    const had = await operator.tenants.show(acme);
    const told = await move({ database: 'eu', isolation: to });
    expect(told.filter(({ step }) => step === 'compared')).toEqual(
      expect.arrayContaining([
        { step: 'compared', table: 'threads', rows: 3 },
        { step: 'compared', table: 'items', rows: 9 },
        { step: 'compared', table: 'usage', rows: 4 },
        { step: 'compared', table: 'audit_log', rows: 4 },
      ]),
    );
    expect(told.slice(-2)).toEqual([{ step: 'moved' }, { step: 'removed' }]);
    expect(await seen(others)).toEqual(before);
    expect(await seen(parts)).toEqual(before);
    expect(await operator.tenants.show(acme)).toMatchObject({
      ...had,
      database: 'eu',
      isolation: to,
      leftovers: false,
      held: true,
      status: 'active',
      migratedTo: to === 'schema' ? expect.any(String) : undefined,
      updatedAt: expect.any(Date),
    });
    expect(await operator.holds.list(acme)).toMatchObject([{ user_id: 'bert', reason: 'Case 7' }]);
    expect(await tablesWith('home')).toEqual(['chatkit.tenants']);
    const own = tenantSchema('chatkit', acme);
    const place = to === 'row' ? 'chatkit' : own;
    expect(await tablesWith('eu')).toEqual(expect.arrayContaining([`${place}.held_rows`, `${place}.items`]));
    expect(await databases.home.query(`SELECT FROM pg_namespace WHERE nspname = '${own}'`)).toEqual([]);
    expect(
      await databases.home.query(
        `SELECT tenant_id FROM chatkit.threads WHERE tenant_id IN ('${acme}', 'globex')`,
      ),
    ).toEqual([{ tenant_id: 'globex' }]);
    await others.store.saveThread(thread('newer'), scopeOf('anna'));
    await others.store.addThreadItem('kept-anna', note('newest', 'text', 'kept-anna'), scopeOf('anna'));
    const page = await parts.store.loadThreadItems('kept-anna', { limit: 1, order: 'desc' }, scopeOf('anna'));
    expect(page.data.map(({ id }) => id)).toEqual(['newest']);
  });

  it('goes on to a third one, and home again', async () => {
    const before = await seen(parts);
    for (const database of ['eu', 'us', 'home', 'us', 'eu', 'home']) {
      await move({ database });
      expect(await seen(others)).toEqual(before);
      expect(await operator.tenants.show(acme)).toMatchObject({ database, leftovers: false });
    }
    expect([await tablesWith('eu'), await tablesWith('us')]).toEqual([[], []]);
  });

  it('loses and doubles nothing that was acknowledged while eight write on two instances', async () => {
    const acknowledged: string[] = [];
    const failures: unknown[] = [];
    const over = new AbortController();
    const writers = [parts, others].flatMap(({ store }, instance) =>
      USERS.map(async (userId) => {
        const threadId = `kept-${userId}`;
        for (let count = 0; !over.signal.aborted; count += 1) {
          const id = `w-${instance}-${userId}-${count}`;
          try {
            await store.addThreadItem(threadId, note(id, 'text', threadId), scopeOf(userId));
            if (count % 5 === 4) await store.deleteThreadItem(threadId, id, scopeOf(userId));
            else acknowledged.push(id);
            await store.loadThread(threadId, scopeOf(userId));
          } catch (error) {
            failures.push(error);
          }
          // each write more has every copy and compare take more rows
          await systemClock.sleep(25);
        }
      }),
    );
    const ways: MoveTarget[] = [
      { database: 'eu' },
      { database: 'us', isolation: 'schema' },
      { database: 'home' },
    ];
    for (const target of ways) await move(target);
    over.abort();
    await Promise.all(writers);
    expect(failures).toEqual([]);
    const rows = await databases.home.query(
      `SELECT id FROM ${tenantSchema('chatkit', acme)}.items WHERE id LIKE 'w-%'`,
    );
    expect(rows.map(({ id }) => String(id)).toSorted()).toEqual(acknowledged.toSorted());
    expect(acknowledged.length).toBeGreaterThan(20);
    expect([await tablesWith('eu'), await tablesWith('us')]).toEqual([[], []]);
  });

  it('stays where it was when the move is stopped, and goes on from there', async () => {
    const stop = new AbortController();
    const stopping = operator.moves.move(acme, { database: 'eu' }, () => stop.abort(), stop.signal);
    await expect(stopping).rejects.toThrow(/abort/);
    expect(await operator.tenants.show(acme)).toMatchObject({
      database: 'home',
      status: 'active',
      leftovers: true,
    });
    await parts.store.deleteThread('kept-anna', scopeOf('anna'));
    await parts.store.saveThread(thread('changed', { title: 'changed' }), scopeOf('anna'));
    const before = await seen(parts);
    await move({ database: 'eu' });
    expect(await seen(others)).toEqual(before);
    expect(await tablesWith('home')).toEqual(['chatkit.tenants']);
  });

  it('is taken back when the move is given up: what was copied goes', async () => {
    const before = await seen(parts);
    const stop = new AbortController();
    const tell = ({ table }: MoveProgress): void => {
      if (table === 'items') stop.abort();
    };
    await expect(operator.moves.move(acme, { database: 'eu' }, tell, stop.signal)).rejects.toThrow(/abort/);
    expect(await tablesWith('eu')).toContain('chatkit.threads');
    expect(await move({ database: 'home' })).toEqual([{ step: 'removed' }]);
    expect(await tablesWith('eu')).toEqual([]);
    expect(await seen(parts)).toEqual(before);
    expect(await operator.tenants.show(acme)).toMatchObject({ database: 'home', leftovers: false });
  });

  it('is refused where it was by the old database itself, whatever an instance remembers', async () => {
    await seen(others);
    await move({ database: 'eu' });
    await others.store.saveThread(thread('by memory'), scopeOf('anna'));
    expect(await databases.home.query(`SELECT FROM chatkit.threads WHERE id = 'by memory'`)).toEqual([]);
    expect(others.tenants.directory.known(acme)).toMatchObject({ database: 'eu' });
    await move({ database: 'us' });
    await others.store.saveThread(thread('by memory too'), scopeOf('anna'));
    expect(
      await databases.further.us.query(`SELECT FROM chatkit.threads WHERE id = 'by memory too'`),
    ).toHaveLength(1);
  });

  it('stays suspended, and moves none the less', async () => {
    const before = await seen(parts);
    await operator.tenants.suspend(acme);
    await move({ database: 'eu' });
    expect(await operator.tenants.show(acme)).toMatchObject({ database: 'eu', status: 'suspended' });
    await expect(seen(others)).rejects.toMatchObject({ code: 'tenant_suspended' });
    await operator.tenants.resume(acme);
    expect(await seen(others)).toEqual(before);
  });

  it('goes to no database that there is not, and to none that has a tenant of that name', async () => {
    await expect(move({ database: 'mars' })).rejects.toMatchObject({ status: 409 });
    await databases.further.eu.query(
      `INSERT INTO chatkit.tenants (tenant_id, isolation) VALUES ('${acme}', 'row')`,
    );
    await expect(move({ database: 'eu' })).rejects.toMatchObject({ status: 409 });
    expect(await operator.tenants.show(acme)).toMatchObject({ database: 'home', status: 'active' });
  });
});
