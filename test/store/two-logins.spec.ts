import { Client } from 'pg';
import { completeConfig } from '../../src/config/complete-config.js';
import { StoreConfig } from '../../src/config/store.config.js';
import { makeLoginsAt, type Logins } from '../../src/app/make-logins.js';
import { CommandError } from '../../src/common/command-error.js';
import { schemaFeatures } from '../../src/app/schema-features.js';
import { bringUpToDate } from '../../src/store/connection/migrator.js';
import { SchemaFeatures } from '../../src/store/schema/schema-features.js';
import { startProxy } from '../support/postgres-proxy.js';
import { createStore, type StoreParts } from '../../src/store/create-store.js';
import { ANNA, BERT, note, thread } from '../../src/testing/store-contract/samples.js';
import { eventually } from '../app/support/eventually.js';
import { createEmptyDatabase, openStore, type TestDatabase } from '../support/database.js';

const NOT_PERMITTED = /permission denied|must be owner|may not|must have/;

describe.each(['row', 'schema'] as const)('two logins, with %s isolation', (isolation) => {
  let database: TestDatabase;
  let schema: string;
  let urls: Logins;
  let parts: StoreParts;

  const names = (): Logins => ({
    migrating: `owner_${database.tag}`,
    serving: `login_${database.tag}`,
  });
  const open = (): Promise<StoreParts> =>
    openStore(
      { url: urls.serving },
      {
        CHATKIT_DATABASE_SCHEMA: schema,
        CHATKIT_ISOLATION: isolation,
        CHATKIT_MIGRATION_URL: urls.migrating,
      },
    );

  beforeAll(async () => {
    database = await createEmptyDatabase();
    schema = `s_${database.tag}`;
    // what was tried out with a single login goes on with two
    const before = await openStore(database, {
      CHATKIT_DATABASE_SCHEMA: schema,
      CHATKIT_ISOLATION: isolation,
    });
    await before.store.saveThread(thread('before'), ANNA);
    await before.database.close();
    urls = await makeLoginsAt(database.url, { ...names(), schema, makesRoles: isolation === 'schema' });
    parts = await open();
  });
  afterAll(async () => {
    await parts?.database.close();
    await database?.drop();
  });

  /** Runs one statement as the login that serves, in a session of its own. */
  async function serving<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: urls.serving });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  it('go on with what a single login had stored, and serve tenants that are new', async () => {
    expect(await parts.store.loadThread('before', ANNA)).toEqual(thread('before'));
    const scope = { tenantId: 'a new one', userId: 'u' };
    await parts.store.saveThread(thread('t1'), scope);
    await parts.store.addThreadItem('t1', note('i1'), scope);
    await expect(parts.store.loadThread('t1', BERT)).rejects.toThrow('Thread not found');
    await parts.store.deleteThread('t1', scope);
  });

  it('are known to have all they need after a single question', async () => {
    const proxy = await startProxy(urls.migrating);
    await bringUpToDate(proxy.url, schema, {
      connectTimeout: 5000,
      features: new SchemaFeatures(schemaFeatures()),
      servingLogin: names().serving,
    });
    const { statements } = proxy.traffic;
    await proxy.close();
    expect(statements).toBe(1);
  });

  it('leave nothing to the login that serves: it owns nothing and is no more than the bound roles', async () => {
    const owned = await database.query(
      `SELECT FROM pg_shdepend WHERE refobjid = $1::regrole AND deptype = 'o'`,
      [names().serving],
    );
    expect(owned).toEqual([]);
    const roles = await database.query(
      `SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole AS strong FROM pg_roles
       WHERE pg_has_role($1, oid, 'MEMBER') AND rolname <> $1`,
      [names().serving],
    );
    expect(roles.length).toBeGreaterThan(0);
    for (const { rolname, strong } of roles) {
      expect(String(rolname)).toMatch(new RegExp(`^${schema}.*_app$`));
      expect(strong).toBe(false);
    }
    const owners = await database.query(
      `SELECT DISTINCT tableowner AS owner FROM pg_tables WHERE starts_with(schemaname, $1)`,
      [schema],
    );
    expect(owners).toEqual([{ owner: names().migrating }]);
  });

  it('let no statement of the one that serves reach a row outside of the bound role', async () => {
    const tables = await database.query(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE starts_with(schemaname, $1)`,
      [schema],
    );
    expect(tables.length).toBeGreaterThan(5);
    await serving(async (client) => {
      for (const opening of ['RESET ROLE', 'SET ROLE none', 'RESET ALL']) {
        await client.query(opening);
        for (const { name } of tables) {
          await expect(client.query(`SELECT FROM ${String(name)}`)).rejects.toThrow(NOT_PERMITTED);
        }
      }
    });
  });

  it('let it become nobody else and change nothing that is there', async () => {
    const { migrating, serving: login } = names();
    const [{ role } = {}] = await database.query(
      `SELECT rolname AS role FROM pg_roles WHERE rolname = current_user`,
    );
    const attempts = [
      `SET ROLE ${migrating}`,
      `SET ROLE ${String(role)}`,
      `SET SESSION AUTHORIZATION ${migrating}`,
      `GRANT ${migrating} TO ${login}`,
      `CREATE ROLE more_${database.tag}`,
      `CREATE SCHEMA more_${database.tag}`,
      `DROP SCHEMA ${schema} CASCADE`,
      `CREATE TABLE ${schema}.more ()`,
    ];
    await serving(async (client) => {
      for (const attempt of attempts) await expect(client.query(attempt)).rejects.toThrow(NOT_PERMITTED);
    });
  });

  it('are made again with new passwords', async () => {
    const passwords = (): Promise<unknown> =>
      database.query(
        'SELECT rolname, rolpassword FROM pg_authid WHERE strpos(rolname, $1) > 0 AND rolcanlogin',
        [database.tag],
      );
    const before = await passwords();
    urls = await makeLoginsAt(database.url, { ...names(), schema, makesRoles: isolation === 'schema' });
    expect(await passwords()).not.toEqual(before);
    const again = await open();
    expect(await again.store.loadThread('before', ANNA)).toEqual(thread('before'));
    await again.database.close();
  });

  it('are refused where the one that serves could leave its role', async () => {
    await database.query(`GRANT ${names().migrating} TO ${names().serving}`);
    const said: string[] = [];
    const logger = { log: () => undefined, warn: (line: string) => void said.push(line) };
    const config = { databaseUrl: urls.serving, migrationUrl: urls.migrating, schema, isolation };
    const refused = createStore(completeConfig(StoreConfig, config), { logger });
    try {
      refused.database.start();
      await eventually('it is refused', () => refused.database.state.status === 'down');
      expect(refused.database.state).toMatchObject({ reason: 'refused' });
      expect(said.join('\n')).toContain('npm run database -- logins');
    } finally {
      await refused.database.close();
      await database.query(`REVOKE ${names().migrating} FROM ${names().serving}`);
    }
  });

  it('are made by an administrator alone', async () => {
    const options = { ...names(), schema, makesRoles: false };
    await expect(makeLoginsAt(urls.serving, options)).rejects.toThrow(CommandError);
  });
});

describe('a single login', () => {
  it.each([
    [true, 1],
    [false, 0],
  ])('is spoken of in production: %s', async (production, times) => {
    const said: string[] = [];
    const logger = { log: () => undefined, warn: (line: string) => void said.push(line) };
    const nodeEnv = production ? 'production' : 'development';
    const databaseUrl = 'postgres://someone@localhost/somewhere';
    createStore(completeConfig(StoreConfig, { databaseUrl, nodeEnv }), { logger });
    expect(said.filter((line) => line.includes('npm run database -- logins'))).toHaveLength(times);
  });
});
