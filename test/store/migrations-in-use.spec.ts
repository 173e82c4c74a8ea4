import { Client } from 'pg';
import { schemaFeatures } from '../../src/app/schema-features.js';
import { bringUpToDate } from '../../src/store/connection/migrator.js';
import { SchemaFeatures } from '../../src/store/schema/schema-features.js';
import { eventually } from '../app/support/eventually.js';
import { type Copies, createCopies, createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { tablesBeforeOwners } from './support/before-owners.js';

const features = new SchemaFeatures(schemaFeatures());
const OPTIONS = { connectTimeout: 5000, features };

/** What hung on threads of other users is gone, and the rest is there. */
async function expectOnlyOwn(database: TestDatabase): Promise<void> {
  expect(await database.query('SELECT id FROM chatkit.items')).toEqual([{ id: 'good' }]);
  expect(await database.query('SELECT user_id FROM chatkit.feedback')).toEqual([{ user_id: 'anna' }]);
}

describe('Migrations of tables that are used', () => {
  let copies: Copies;
  let database: TestDatabase;
  let user: Client;

  beforeAll(async () => {
    copies = await createCopies((_parts, origin) => tablesBeforeOwners(origin));
  });
  afterAll(() => copies.drop());
  beforeEach(async () => {
    database = await copies.next();
    user = new Client({ connectionString: database.url, application_name: 'user' });
    await user.connect();
  });
  afterEach(async () => {
    await user.end();
    await database.drop();
  });

  const ran = async (): Promise<string[]> =>
    (await database.query('SELECT name FROM chatkit.migrations')).map(({ name }) => String(name));

  /** Resolves when the migration waits behind what others hold. */
  const untilItWaits = (): Promise<unknown> =>
    eventually('the migration waits', async () => {
      const waiting = await database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database()
         AND application_name = 'chatkit-migrations' AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });

  it.each([
    ['items', 'threads'],
    ['threads', 'items'],
  ])('let whoever holds %s go on to %s, and are done afterwards', async (first, second) => {
    await user.query('BEGIN');
    await user.query(`SELECT FROM chatkit.${first}`);
    const migrated = bringUpToDate(database.url, 'chatkit', OPTIONS);
    for (let times = 0; times < 3; times += 1) {
      await untilItWaits();
      await user.query(`SELECT FROM chatkit.${second}`);
      await user.query(`UPDATE chatkit.${second} SET data = data`);
    }
    await user.query('COMMIT');
    await migrated;
    expect(await ran()).toHaveLength(features.migrationsOf('base').length);
  });

  it('keep what is done, one by one, when the next cannot be', async () => {
    await user.query('BEGIN');
    await user.query('SELECT FROM chatkit.items');
    const refused = bringUpToDate(database.url, 'chatkit', { ...OPTIONS, lockTimeout: 500 });
    await expect(refused).rejects.toThrow(/lock timeout/);
    expect(await ran()).toContain('CarryOwners1764100100000');
    expect(await ran()).not.toContain('OwnItems1764100110000');
    await user.query('COMMIT');
    await bringUpToDate(database.url, 'chatkit', OPTIONS);
    expect(await ran()).toHaveLength(features.migrationsOf('base').length);
  });

  it('remove, run by a superuser, what hangs on threads of other users, and keep the rest', async () => {
    await bringUpToDate(database.url, 'chatkit', { ...OPTIONS, loginMayServe: true });
    await expectOnlyOwn(database);
  });

  it('leave every table bound, every reference checked, and no row shown to migrations', async () => {
    await bringUpToDate(database.url, 'chatkit', OPTIONS);
    const left = await database.query(
      `SELECT conname AS name FROM pg_constraint WHERE connamespace = 'chatkit'::regnamespace AND NOT convalidated
       UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'chatkit'::regnamespace
         AND relrowsecurity AND NOT relforcerowsecurity
       UNION ALL SELECT tablename FROM pg_policies WHERE schemaname = 'chatkit' AND policyname = 'for_migrations'`,
    );
    expect(left).toEqual([]);
  });
});

describe('Migrations by a plain owner, whom row-level security binds', () => {
  it('remove what hangs on threads of other users, and keep the rest', async () => {
    const database = await createEmptyDatabase();
    const url = new URL(database.url);
    url.username = `login_${database.tag}`;
    url.password = 'secret';
    await database.query(`CREATE ROLE ${url.username} LOGIN PASSWORD 'secret'`);
    await database.query(`GRANT CREATE ON DATABASE ${database.name} TO ${url.username}`);
    await tablesBeforeOwners(database, url.href);
    await bringUpToDate(url.href, 'chatkit', { ...OPTIONS, loginMayServe: true });
    await expectOnlyOwn(database);
    await database.drop();
  });
});
