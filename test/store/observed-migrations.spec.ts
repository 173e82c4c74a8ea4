import type { ObservedMaintenance } from '../../src/common/observer/observer.port.js';
import { ANNA, BERT, thread } from '../../src/testing/store-contract/samples.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { createEmptyDatabase, openStore, type TestDatabase } from '../support/database.js';

describe('Migrations of the schemas of tenants', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());

  it('are told of with their number and time, also those that fail, and not where there is nothing to do', async () => {
    const told: ObservedMaintenance[] = [];
    const observer = {
      areThere: true,
      maintained: (work: ObservedMaintenance) => void told.push(work),
      connectionAwaited: () => undefined,
      statementsRan: () => undefined,
    };
    const env = { CHATKIT_ISOLATION: 'schema' };
    const parts = await openStore(database, env, { observer });
    const others = await openStore(database, env);
    const mine = () => told.filter(({ task }) => task === 'tenant_migration');
    try {
      expect(told).toMatchObject([{ task: 'migration', outcome: 'completed', count: expect.any(Number) }]);
      await parts.store.saveThread(thread('one'), ANNA);
      await parts.store.saveThread(thread('two'), BERT);
      const schema = tenantSchema('chatkit', ANNA.tenantId);
      const [row] = await database.query(`SELECT count(*)::int AS count FROM ${schema}.migrations`);
      expect(mine()).toMatchObject([{ outcome: 'completed', count: row?.['count'] }]);

      await others.store.saveThread(thread('there'), { ...ANNA, tenantId: 'there' });
      await parts.store.saveThread(thread('there too'), { ...ANNA, tenantId: 'there' });
      expect(mine()).toHaveLength(1);

      const inTheWay = tenantSchema('chatkit', 'broken');
      await database.query(`CREATE SCHEMA ${inTheWay}`);
      await database.query(`CREATE TABLE ${inTheWay}.threads ()`);
      const broken = parts.store.saveThread(thread('lost'), { ...ANNA, tenantId: 'broken' });
      await expect(broken).rejects.toThrow();
      expect(mine().at(-1)).toMatchObject({ outcome: 'failed' });
    } finally {
      await parts.database.close();
      await others.database.close();
    }
  });
});
