import { completeConfig } from '../../src/config/complete-config.js';
import { StoreConfig } from '../../src/config/store.config.js';
import type { DatabaseState } from '../../src/store/availability/database-state.js';
import { createStore, type StoreParts } from '../../src/store/create-store.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import { ANNA } from '../../src/testing/store-contract/samples.js';
import { eventually } from '../app/support/eventually.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { PgBouncer, releases, type Release } from './support/pgbouncer.js';

const one = statement<[], { readonly one: number }>('test_one', 'SELECT 1 AS one');

describe.each(releases())('what $program has to be set to', (release: Release) => {
  let database: TestDatabase;
  let bouncer: PgBouncer;
  let parts: StoreParts;
  let said: string[];

  beforeEach(async () => {
    database = await createEmptyDatabase();
    bouncer = await PgBouncer.start(release, database.url, { statements: 0 });
    said = [];
  });
  afterEach(async () => {
    await parts?.database.close();
    await bouncer.remove();
    await database.drop();
  });

  function start(preparedStatements: boolean): void {
    const logger = { log: () => undefined, warn: (line: string) => void said.push(line) };
    parts = createStore(completeConfig(StoreConfig, { databaseUrl: bouncer.url, preparedStatements }), {
      logger,
    });
    parts.database.start();
  }

  const becomes = (status: DatabaseState['status']): Promise<unknown> =>
    eventually(status, () => parts.database.state.status === status && parts.database.state);

  it('is said where prepared statements are wanted and not kept', async () => {
    start(true);
    expect(await becomes('down')).toMatchObject({ reason: 'misconfigured' });
    expect(said.join('\n')).toMatch(/max_prepared_statements.*CHATKIT_PREPARED_STATEMENTS=false/);
  });

  it('is said where transactions have another level than the statements are written for', async () => {
    const level = `ALTER DATABASE ${database.name} SET default_transaction_isolation TO`;
    await database.query(`${level} 'serializable'`);
    start(false);
    expect(await becomes('down')).toMatchObject({ reason: 'misconfigured' });
    expect(said.join('\n')).toContain('default_transaction_isolation');
  });

  const whereKept = release.keepsStatements ? [release.program] : [];
  for (const program of whereKept)
    it(`is noticed when ${program} changes`, async () => {
      await bouncer.stop();
      await bouncer.startAgain();
      start(true);
      await becomes('up');
      await bouncer.stop();
      await bouncer.startAgain({ statements: 0 });
      const outcomes: unknown[] = [];
      await eventually('it is noticed', async () => {
        outcomes.push(await parts.unitOfWork.pipeline(ANNA, one()).catch((error: unknown) => error));
        return 'reason' in parts.database.state && parts.database.state.reason === 'misconfigured';
      });
      for (const outcome of outcomes.filter((each) => each instanceof Error)) {
        expect(outcome).toMatchObject({ name: 'UnavailableError' });
      }
      await bouncer.stop();
      await bouncer.startAgain();
      await becomes('up');
      expect((await parts.unitOfWork.pipeline(ANNA, one()))[0].rows).toEqual([{ one: 1 }]);
    });
});
