import { statement, type MaintenanceUnit } from '../../src/store/index.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

const TENANT = 'aurora';
const session = statement<[], { readonly pid: number }>('session', 'SELECT pg_backend_pid() AS pid');

describe('The maintenance of tenants', () => {
  let database: TestDatabase;
  let parts: StoreParts;
  let maintenance: MaintenanceUnit;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
    ({ maintenance } = parts.tenants.databases.home);
  });
  afterAll(async () => {
    await parts?.tenants.databases.close();
    await database?.drop();
  });

  const pid = async (): Promise<number | undefined> =>
    (await maintenance.pipeline(TENANT, session()))[0].rows[0]?.pid;
  const connections = (): Promise<unknown[]> =>
    database.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'chatkit-maintenance'`,
    );

  it('stays on one connection from unit to unit', async () => {
    // on a busy machine a moment may be over before the next unit
    await eventually('two in a row have the same', async () => (await pid()) === (await pid()));
  });

  it('may say by one name another thing in each unit', async () => {
    for (const value of [1, 2]) {
      const named = statement<[], { readonly value: number }>('of_a_place', `SELECT ${value} AS value`);
      const [{ rows }] = await maintenance.pipeline(TENANT, named());
      expect(rows).toEqual([{ value }]);
    }
  });

  it('does not go on with a connection that was cut in the middle of a unit', async () => {
    let before: number | undefined;
    await expect(
      maintenance.run(TENANT, async (transaction) => {
        before = (await transaction.query(session()))[0].rows[0]?.pid;
        await database.query('SELECT pg_terminate_backend($1)', [before]);
        await transaction.query(session());
      }),
    ).rejects.toThrow('Chat is not available');
    expect(await pid()).not.toBe(before);
  });

  it('goes on with another connection where the kept one was cut', async () => {
    const before = await pid();
    await database.query('SELECT pg_terminate_backend($1, 10000)', [before]);
    expect(await pid()).not.toBe(before);
  });

  it('leaves no connection open once there is nothing to do', async () => {
    await pid();
    await eventually('it is closed', async () => (await connections()).length === 0);
  });
});
