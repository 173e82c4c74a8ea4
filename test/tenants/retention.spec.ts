import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { BlobTenantFiles } from '../../src/attachments/index.js';
import { DiskBlobStore } from '../../src/attachments/blobs/disk-blob-store.js';
import type { ObservedMaintenance, ObservedRemoval } from '../../src/common/observer/observer.port.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { TenantRetention } from '../../src/tenants/index.js';
import { RetentionSchedule } from '../../src/tenants/retention/retention-schedule.js';
import { thread } from '../../src/testing/store-contract/samples.js';
import { eventually } from '../app/support/eventually.js';
import { TestClock } from '../attachments/support/attachments-app.js';
import type { TestDatabase } from '../support/database.js';
import { filledCopies, type FilledCopies } from './support/filled-copies.js';
import { operatorOf, type Operator } from './support/operator.js';

const ANNA = { tenantId: 'acme', userId: 'anna' };
const BERT = { tenantId: 'acme', userId: 'bert' };
const OTHER = { tenantId: 'globex', userId: 'anna' };
const HOUR = 3_600_000;
const NOTHING = { threads: 0, items: 0, files: 0 };

describe.each(['row', 'schema'] as const)(
  'Threads that are older than they are kept in %s isolation',
  (isolation) => {
    let copies: FilledCopies;
    let database: TestDatabase;
    let parts: StoreParts;
    let operator: Operator;
    let folder: string;
    let now: number;
    let told: (ObservedMaintenance | ObservedRemoval)[];
    const env = { CHATKIT_ISOLATION: isolation };
    const schema = isolation === 'row' ? 'chatkit' : tenantSchema('chatkit', 'acme');

    beforeAll(async () => {
      copies = await filledCopies([ANNA, BERT, OTHER], env);
    });
    afterAll(() => copies.drop());
    beforeEach(async () => {
      ({ database, parts, folder } = await copies.next());
      operator = operatorOf(parts);
      now = Date.now();
      told = [];
    });
    afterEach(async () => {
      await parts.database.close();
      await database.drop();
    });

    /** One of the instances that serve the database. */
    const instance = (defaults = {}) =>
      new TenantRetention(
        {
          ...parts.tenants,
          clock: { now: () => now },
          files: new BlobTenantFiles(new DiskBlobStore(join(folder, 'files'))),
          observer: { maintained: (work) => told.push(work), retained: (removed) => told.push(removed) },
        },
        { defaults: { active: 0, locked: 0, closed: 0, ...defaults }, everyMs: HOUR },
      );

    async function age(days: number, id: string, tenantId = 'acme'): Promise<void> {
      const place = isolation === 'row' ? 'chatkit' : tenantSchema('chatkit', tenantId);
      await database.query(
        `UPDATE ${place}.threads SET updated_at = now() - $1 * interval '1 day' WHERE tenant_id = $2 AND id = $3`,
        [days, tenantId, id],
      );
    }
    const threadsOf = async (scope: typeof ANNA) =>
      (await parts.store.loadThreads({ limit: 10, order: 'asc' }, scope)).data.map(({ id }) => id);

    it('are removed with their items and files, and nothing else is', async () => {
      await parts.store.saveThread(thread('fresh'), ANNA);
      await age(31, 'kept-anna');
      await age(29, 'kept-bert');
      expect(await instance({ active: 30 }).run()).toEqual({ threads: 1, items: 3, files: 1 });
      expect(await threadsOf(ANNA)).toEqual(['fresh']);
      expect(await threadsOf(BERT)).toEqual(['kept-bert']);
      expect(existsSync(join(folder, 'files', 'acme', 'anna', 'atc_2danna'))).toBe(false);
      expect(existsSync(join(folder, 'files', 'acme', 'bert', 'atc_2dbert'))).toBe(true);
      expect(await database.query(`SELECT FROM ${schema}.usage WHERE tenant_id = 'acme'`)).toHaveLength(2);
      expect(told).toEqual([
        { task: 'retention', outcome: 'completed', milliseconds: expect.any(Number) as number },
        { threads: 1, items: 3, files: 1 },
      ]);
      await expect(parts.store.saveThread(thread('kept-anna'), ANNA)).rejects.toMatchObject({ status: 404 });
    });

    it('are kept for as long as operators say of their tenant, by their status', async () => {
      await parts.store.saveThread(thread('closed', { status: { type: 'closed' } }), ANNA);
      await parts.store.saveThread(thread('locked', { status: { type: 'locked' } }), ANNA);
      for (const id of ['closed', 'locked', 'kept-anna', 'kept-bert']) await age(20, id);
      await age(20, 'kept-anna', 'globex');
      await operator.retention.change('acme', { active: 0, closed: 10 });
      expect(await operator.retention.change('acme', {})).toEqual({ active: 0, closed: 10 });
      expect(await instance({ active: 5 }).run()).toMatchObject({ threads: 2 });
      expect(await threadsOf(ANNA)).toEqual(['kept-anna', 'locked']);
      expect(await threadsOf(OTHER)).toEqual([]);
      now += HOUR;
      expect(await operator.retention.change('acme', { active: null, closed: null })).toEqual({});
      expect(await instance().run()).toEqual(NOTHING);
      await expect(operator.retention.change('unknown', { active: 1 })).rejects.toMatchObject({
        status: 404,
      });
    });

    it('are removed by one of several instances, and looked for again when the tenant is due', async () => {
      // more than one batch
      await database.query(
        `INSERT INTO ${schema}.threads (tenant_id, owner_id, id, status, data, shown, updated_at)
       SELECT 'acme', 'anna', 'old' || n, 'active', '{}', '{}', now() - interval '40 days' FROM generate_series(1, 600) AS n`,
      );
      const sums = await Promise.all([1, 2, 3].map(() => instance({ active: 30 }).run()));
      expect(sums.map(({ threads }) => threads).toSorted((a, b) => b - a)).toEqual([600, 0, 0]);
      await age(31, 'kept-anna');
      expect(await instance({ active: 30 }).run()).toEqual(NOTHING);
      now += HOUR;
      expect(await instance({ active: 30 }).run()).toMatchObject({ threads: 1 });
    });

    it('are left alone while something is added to them', async () => {
      await age(31, 'kept-anna');
      const writer = new Client({ connectionString: database.url });
      await writer.connect();
      await writer.query('BEGIN');
      await writer.query(
        `UPDATE ${schema}.threads SET updated_at = now() WHERE tenant_id = 'acme' AND id = 'kept-anna'`,
      );
      expect(await instance({ active: 30 }).run()).toEqual(NOTHING);
      await writer.query('COMMIT');
      await writer.end();
      now += HOUR;
      expect(await instance({ active: 30 }).run()).toEqual(NOTHING);
      expect(await threadsOf(ANNA)).toEqual(['kept-anna']);
    });

    it('are kept while they are on legal hold', async () => {
      for (const id of ['kept-anna', 'kept-bert']) await age(31, id);
      const hold = { tenantId: 'acme', reason: 'Case 7', by: 'op' };
      await operator.holds.place({ ...hold, userId: 'anna' });
      const { id } = await operator.holds.place(hold);
      expect(await instance({ active: 30 }).run()).toEqual(NOTHING);
      now += HOUR;
      await operator.holds.release({ tenantId: 'acme', id, by: 'op' });
      expect(await instance({ active: 30 }).run()).toMatchObject({ threads: 1 });
      expect(await threadsOf(ANNA)).toEqual(['kept-anna']);
    });

    it('are removed of a suspended tenant, and of others where one cannot be reached', async () => {
      await age(31, 'kept-anna');
      await age(31, 'kept-anna', 'globex');
      await operator.tenants.suspend('globex');
      const holder = new Client({ connectionString: database.url });
      await holder.connect();
      await holder.query(`BEGIN; SELECT FROM chatkit.tenants WHERE tenant_id = 'acme' FOR UPDATE`);
      expect(await instance({ active: 30 }).run()).toMatchObject({ threads: 1 });
      await holder.end();
      expect(await instance({ active: 30 }).run()).toMatchObject({ threads: 1 });
    });
  },
);

describe('The look for them', () => {
  it('is repeated after one that has failed, until the application ends', async () => {
    const clock = new TestClock();
    let looks = 0;
    const retention = { run: () => Promise.reject(new Error(`look ${(looks += 1)}`)) };
    const schedule = new RetentionSchedule(retention, HOUR, clock);
    schedule.onApplicationBootstrap();
    for (const count of [1, 2]) {
      clock.wake();
      await eventually('it looks', () => looks === count);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await schedule.onApplicationShutdown();
    clock.wake();
    expect(looks).toBe(2);
  });
});
