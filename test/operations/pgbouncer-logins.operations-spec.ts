import { makeLoginsAt } from '../../src/app/make-logins.js';
import { thread } from '../../src/testing/store-contract/samples.js';
import { createEmptyDatabase, openStore } from '../support/database.js';
import { PgBouncer, releases } from './support/pgbouncer.js';

describe.each(releases())('two logins, the one that serves through $program', (release) => {
  it.each(['row', 'schema'] as const)('and the other past it, serve tenants by %s', async (isolation) => {
    const database = await createEmptyDatabase();
    const schema = `s_${database.tag}`;
    const urls = await makeLoginsAt(database.url, {
      schema,
      makesRoles: isolation === 'schema',
      migrating: `owner_${database.tag}`,
      serving: `login_${database.tag}`,
    });
    const bouncer = await PgBouncer.start(release, urls.serving);
    try {
      const parts = await openStore(
        { url: bouncer.url },
        {
          CHATKIT_DATABASE_SCHEMA: schema,
          CHATKIT_ISOLATION: isolation,
          CHATKIT_MIGRATION_URL: urls.migrating,
          CHATKIT_PREPARED_STATEMENTS: String(release.keepsStatements),
        },
      );
      for (const tenantId of ['one', 'two', 'three']) {
        await parts.store.saveThread(thread('t1'), { tenantId, userId: 'u' });
        expect(await parts.store.loadThread('t1', { tenantId, userId: 'u' })).toEqual(thread('t1'));
      }
      await parts.database.close();
    } finally {
      await bouncer.remove();
      await database.drop();
    }
  });
});
