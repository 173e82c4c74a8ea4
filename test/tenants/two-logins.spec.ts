import { join } from 'node:path';
import { makeLoginsAt } from '../../src/app/make-logins.js';
import { BlobTenantFiles } from '../../src/attachments/index.js';
import { DiskBlobStore } from '../../src/attachments/blobs/disk-blob-store.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { verifiedReport } from '../../src/tenants/erase/report.js';
import { TenantRetention } from '../../src/tenants/index.js';
import { createEmptyDatabase, openStore, type TestDatabase } from '../support/database.js';
import { makeScratch } from '../support/scratch.js';
import { fill } from './support/filled-tenant.js';
import { operatorOf, REPORT_KEY } from './support/operator.js';

const scopeOf = (userId: string) => ({ tenantId: 'acme', userId });

/** Neither passes row-level security by, as the administrator of other tests does. */
describe.each(['row', 'schema'] as const)('With two plain logins and %s isolation', (isolation) => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const schema = `s_${database.tag}`;
    const names = { migrating: `owner_${database.tag}`, serving: `login_${database.tag}` };
    const urls = await makeLoginsAt(database.url, { ...names, schema, makesRoles: isolation === 'schema' });
    parts = await openStore(
      { url: urls.serving },
      {
        CHATKIT_DATABASE_SCHEMA: schema,
        CHATKIT_ISOLATION: isolation,
        CHATKIT_MIGRATION_URL: urls.migrating,
      },
    );
  });
  afterAll(async () => {
    await parts?.database.close();
    await database?.drop();
  });

  it('users and tenants are held, kept no longer and erased', async () => {
    const folder = await makeScratch();
    const files = new BlobTenantFiles(new DiskBlobStore(join(folder, 'files')));
    const operator = operatorOf(parts, { files });
    for (const userId of ['anna', 'bert', 'cleo']) await fill(parts, scopeOf(userId), folder);

    const hold = await operator.holds.place({ ...scopeOf('anna'), reason: 'Case 7', by: 'op' });
    await parts.store.deleteThread('kept-anna', scopeOf('anna'));
    expect(await parts.attachments.known(['atc-anna'], new Date(), scopeOf('anna'))).toEqual(
      new Set(['atc-anna']),
    );
    await operator.holds.release({ tenantId: 'acme', id: hold.id, by: 'op' });
    expect((await parts.attachments.known(['atc-anna'], new Date(), scopeOf('anna'))).size).toBe(0);

    const erase = async (userId?: string) =>
      verifiedReport(
        await operator.erasures.erase(
          { tenantId: 'acme', userId, by: 'op', confirm: 'acme' },
          () => undefined,
        ),
        REPORT_KEY,
      );
    expect(await erase('bert')).toMatchObject({
      removed: { threads: 1, items: 3, feedback: 1, attachments: 1 },
      anonymised: { usage: 1, audit_log: 1 },
      files: 1,
    });
    const later = { now: () => Date.now() + 2 * 86_400_000 };
    const retention = new TenantRetention(
      { ...parts.tenants, clock: later, files },
      { defaults: { active: 1, locked: 1, closed: 1 }, everyMs: 1000 },
    );
    expect(await retention.run()).toEqual({ threads: 1, items: 3, files: 1 });
    expect(await erase()).toMatchObject({
      removed: { tenant_settings: 1 },
      anonymised: { usage: 2, audit_log: 3 },
    });
  });
});
