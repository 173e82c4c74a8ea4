import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BlobTenantFiles } from '../../src/attachments/index.js';
import { DiskBlobStore } from '../../src/attachments/blobs/disk-blob-store.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { AWKWARD, note, thread } from '../../src/testing/store-contract/samples.js';
import type { TestDatabase } from '../support/database.js';
import { filledCopies, type FilledCopies } from './support/filled-copies.js';
import { operatorOf, type Operator } from './support/operator.js';

const ANNA = { tenantId: 'acme', userId: 'anna' };
const BERT = { tenantId: 'acme', userId: 'bert' };
const OTHER = { tenantId: 'globex', userId: 'anna' };
const CASE = { tenantId: 'acme', reason: 'Case 7', by: 'op' };

describe.each(['row', 'schema'] as const)('What is on legal hold in %s isolation', (isolation) => {
  let copies: FilledCopies;
  let database: TestDatabase;
  let parts: StoreParts;
  let operator: Operator;
  let folder: string;
  const env = { CHATKIT_ISOLATION: isolation };
  const schema = isolation === 'row' ? 'chatkit' : tenantSchema('chatkit', 'acme');

  beforeAll(async () => {
    copies = await filledCopies([ANNA, BERT, OTHER], env);
  });
  afterAll(() => copies.drop());
  beforeEach(async () => {
    ({ database, parts, folder } = await copies.next());
    const files = new BlobTenantFiles(new DiskBlobStore(join(folder, 'files')));
    operator = operatorOf(parts, { files });
  });
  afterEach(async () => {
    await parts.database.close();
    await database.drop();
  });

  const erase = (userId?: string) =>
    operator.erasures.erase({ tenantId: 'acme', userId, by: 'op', confirm: 'acme' }, () => undefined);

  /** What is kept of the tenant, table by table. */
  const kept = async () => {
    const rows = await database.query(
      `SELECT table_name || ' ' || owner_id AS name, count(*)::int AS rows FROM ${schema}.held_rows
       WHERE tenant_id = 'acme' GROUP BY 1`,
    );
    return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
  };

  it('is not erased until every hold on it is released', async () => {
    const first = await operator.holds.place({ ...CASE, userId: 'anna' });
    const second = await operator.holds.place({ ...CASE, userId: 'anna', reason: 'Case 8' });
    expect(await operator.tenants.show('acme')).toMatchObject({ held: true });
    for (const userId of ['anna', undefined]) {
      await expect(erase(userId)).rejects.toMatchObject({ status: 409, code: 'held' });
    }
    await erase('bert');
    await operator.holds.release({ tenantId: 'acme', id: first.id, by: 'op' });
    await expect(erase('anna')).rejects.toMatchObject({ code: 'held' });
    await operator.holds.release({ tenantId: 'acme', id: second.id, by: 'op' });
    expect(await operator.tenants.show('acme')).toMatchObject({ held: false });
    await erase('anna');
    const users = (await operator.holds.list('acme')).map(({ user_id: userId }) => userId);
    expect(users).toEqual([expect.stringMatching(/^erased:/), expect.stringMatching(/^erased:/)]);
  });

  it('is gone for the user who deletes it, and kept for whoever keeps it, its files too', async () => {
    await parts.store.addThreadItem('kept-anna', note('awkward', AWKWARD, 'kept-anna'), ANNA);
    const { id } = await operator.holds.place({ ...CASE, userId: 'anna' });
    for (const scope of [ANNA, BERT, OTHER]) await parts.store.deleteThread(`kept-${scope.userId}`, scope);
    expect((await parts.store.loadThreads({ limit: 10, order: 'asc' }, ANNA)).data).toEqual([]);
    const everything = { 'threads anna': 1, 'items anna': 4, 'feedback anna': 1, 'attachments anna': 1 };
    expect(await kept()).toEqual(everything);
    const rows = await database.query(`SELECT data FROM ${schema}.held_rows WHERE row_id = 'awkward'`);
    expect(rows[0]?.['data']).toMatchObject({ data: { content: AWKWARD } });
    const late = new Date();
    expect(await parts.attachments.known(['atc-anna', 'other'], late, ANNA)).toEqual(new Set(['atc-anna']));
    expect(await parts.attachments.isHeld(ANNA)).toBe(true);
    expect(await parts.attachments.isHeld(BERT)).toBe(false);
    expect(await parts.attachments.known(['atc-bert'], late, BERT)).toEqual(new Set());

    await operator.moves.move('acme', { isolation: isolation === 'row' ? 'schema' : 'row' }, () => undefined);
    await operator.moves.move('acme', { isolation }, () => undefined);
    expect(await kept()).toEqual(everything);

    await operator.holds.release({ tenantId: 'acme', id, by: 'op' });
    expect(await kept()).toEqual({});
    expect(await parts.attachments.known(['atc-anna'], late, ANNA)).toEqual(new Set());
    await parts.store.saveThread(thread('new'), ANNA);
    await parts.store.deleteThread('new', ANNA);
    expect(await kept()).toEqual({});
  });

  it('is all of a tenant where no user is named, and stays what other holds are on', async () => {
    const whole = await operator.holds.place(CASE);
    await operator.holds.place({ ...CASE, userId: 'bert' });
    for (const scope of [ANNA, BERT]) await parts.store.deleteThreadItem(`kept-${scope.userId}`, 'b', scope);
    expect(await kept()).toEqual({ 'items anna': 1, 'items bert': 1 });
    await operator.holds.release({ tenantId: 'acme', id: whole.id, by: 'op' });
    expect(await kept()).toEqual({ 'items bert': 1 });
    await erase('anna');
    await expect(erase()).rejects.toMatchObject({ code: 'held' });
  });

  it('is not what an erasure has begun with, and what there is not cannot be released', async () => {
    await expect(operator.holds.place({ ...CASE, tenantId: 'unknown' })).rejects.toMatchObject({
      status: 404,
    });
    const id = randomUUID();
    await expect(operator.holds.release({ tenantId: 'acme', id, by: 'op' })).rejects.toMatchObject({
      status: 404,
    });
    const stop = new AbortController();
    const order = { tenantId: 'acme', userId: 'anna', by: 'op' };
    await expect(operator.erasures.erase(order, () => stop.abort(), stop.signal)).rejects.toThrow(/abort/);
    for (const userId of ['anna', undefined]) {
      await expect(operator.holds.place({ ...CASE, userId })).rejects.toThrow('An erasure has begun');
    }
    await operator.holds.place({ ...CASE, userId: 'bert' });
    await erase('anna');
    expect(existsSync(join(folder, 'files', 'acme', 'bert'))).toBe(true);
  });
});
