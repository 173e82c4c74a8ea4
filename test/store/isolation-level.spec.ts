import { MigrationDataSource } from '../../src/store/connection/data-source.js';
import { SchemaFeatures } from '../../src/store/schema/schema-features.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import { ANNA, note, thread } from '../../src/testing/store-contract/samples.js';
import { createEmptyDatabase, openStore, type TestDatabase } from '../support/database.js';

const level = statement<[], { readonly level: string }>(
  'test_level',
  `SELECT current_setting('transaction_isolation') AS level`,
);
const READ_COMMITTED = [{ level: 'read committed' }];

describe.each(['serializable', 'repeatable read'])('a database whose transactions are %s', (standard) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    await database.query(
      `ALTER DATABASE ${database.name} SET default_transaction_isolation TO '${standard}'`,
    );
  });
  afterAll(() => database.drop());

  async function withStore(isolation: string, work: (parts: StoreParts) => Promise<void>): Promise<void> {
    const parts = await openStore(database, { CHATKIT_ISOLATION: isolation });
    try {
      await work(parts);
    } finally {
      await parts.database.close();
    }
  }

  it.each(['row', 'schema'])('takes what many write into one thread at once, by %s', async (isolation) => {
    await withStore(isolation, async ({ store }) => {
      const scope = { ...ANNA, tenantId: isolation };
      await store.saveThread(thread('t1'), scope);
      const ids = Array.from({ length: 40 }, (_, index) => `i${index}`);
      await Promise.all(ids.map((id) => store.addThreadItem('t1', note(id), scope)));
      const { data } = await store.loadThreadItems('t1', { limit: 100, order: 'asc' }, scope);
      expect(data.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    });
  });

  it('is asked for the level that the statements are written for', async () => {
    await withStore('row', async ({ unitOfWork }) => {
      const [own] = await unitOfWork.pipeline(ANNA, level());
      const [all] = await unitOfWork.readTenant(ANNA, level());
      expect([own.rows, all.rows]).toEqual([READ_COMMITTED, READ_COMMITTED]);
    });
  });

  it('is migrated at that level too', async () => {
    const dataSource = await new MigrationDataSource(
      database.url,
      'chatkit',
      new SchemaFeatures(),
    ).initialize();
    try {
      const runner = dataSource.createQueryRunner();
      await runner.startTransaction();
      expect(await runner.query(`SELECT current_setting('transaction_isolation') AS level`)).toEqual(
        READ_COMMITTED,
      );
      await runner.rollbackTransaction();
      await runner.release();
    } finally {
      await dataSource.destroy();
    }
  });
});
