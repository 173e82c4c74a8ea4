import { MigrationDataSource } from '../../src/store/connection/data-source.js';
import { bringUpToDate } from '../../src/store/connection/migrator.js';
import { SchemaFeatures } from '../../src/store/schema/schema-features.js';
import { schemaFeatures } from '../../src/app/schema-features.js';
import { DatabaseSetupError } from '../../src/store/connection/prepare-schema.js';
import { createEmptyDatabase, openStore, type TestDatabase } from '../support/database.js';
import { startProxy } from '../support/postgres-proxy.js';
import { ANNA, BERT, note, thread } from '../../src/testing/store-contract/samples.js';

const features = new SchemaFeatures(schemaFeatures());
const migrations = features.migrationsOf('base');
const OPTIONS = { connectTimeout: 5000, features };
/** Where it makes no difference which there are. */
const FEW = { ...OPTIONS, features: new SchemaFeatures() };

/** When a migration was written, which its name ends in. */
const time = (name: string): number => Number(name.slice(-13));

describe('migrations', () => {
  let database: TestDatabase;
  /** Another one for each test, which is not there. */
  let schema: string;
  let tests = 0;

  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  beforeEach(() => {
    schema = `s${(tests += 1)}_${database.tag}`;
  });
  afterAll(async () => {
    await database.drop();
  });

  /** The URL of a login role with these attributes and nothing else. */
  async function login(attributes = ''): Promise<{ name: string; url: string }> {
    const name = `login_${schema}`;
    await database.query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret' ${attributes}`);
    const url = new URL(database.url);
    url.username = name;
    url.password = 'secret';
    return { name, url: url.href };
  }

  it('run once when several instances start at a time', async () => {
    let pending = 0;
    const start = () => bringUpToDate(database.url, schema, OPTIONS, () => (pending += 1));
    await Promise.all(Array.from({ length: 5 }, start));
    expect(pending).toBe(1);
    expect(await database.query(`SELECT FROM ${schema}.migrations`)).toHaveLength(migrations.length);
  });

  it('run in the order of their times, whichever feature brings them', async () => {
    const turned = new SchemaFeatures(schemaFeatures().toReversed());
    await bringUpToDate(database.url, schema, { ...OPTIONS, features: turned });
    const ran = await database.query(`SELECT name FROM ${schema}.migrations ORDER BY id`);
    const names = migrations.map(({ name }) => name);
    expect(ran.map(({ name }) => name)).toEqual(names.toSorted((a, b) => time(a) - time(b)));
  });

  it('of a feature run also where it comes later than those of others', async () => {
    await bringUpToDate(database.url, schema, { ...OPTIONS, features: new SchemaFeatures() });
    await bringUpToDate(database.url, schema, OPTIONS);
    expect(await database.query(`SELECT FROM ${schema}.migrations`)).toHaveLength(migrations.length);
  });

  it('leave nothing behind when they are reverted, and run again', async () => {
    const dataSource = new MigrationDataSource(database.url, schema, features);
    await dataSource.initialize();
    await dataSource.runMigrations();
    for (const _each of migrations) await dataSource.undoLastMigration();
    const tables = await database.query(`SELECT tablename FROM pg_tables WHERE schemaname = '${schema}'`);
    expect(tables).toEqual([{ tablename: 'migrations' }]);
    expect(await dataSource.runMigrations()).toHaveLength(migrations.length);
    await dataSource.destroy();
  });

  it('make the schema that is configured', async () => {
    const parts = await openStore(database, { CHATKIT_DATABASE_SCHEMA: schema });
    await parts.store.saveThread(thread('t1'), ANNA);
    expect(await database.query(`SELECT id FROM ${schema}.threads`)).toEqual([{ id: 't1' }]);
    await parts.database.close();
  });

  it.each(['base', 'tenant'] as const)(
    'are known to have run after a single question, in a schema of the kind %s',
    async (kind) => {
      const options = { ...FEW, kind };
      await bringUpToDate(database.url, schema, options);
      const proxy = await startProxy(database.url);
      const role = await bringUpToDate(proxy.url, schema, options);
      const { statements } = proxy.traffic;
      await proxy.close();
      expect([role, statements]).toEqual([`${schema}_app`, 1]);
    },
  );

  it('are run again where one is missing', async () => {
    const without = new SchemaFeatures();
    await bringUpToDate(database.url, schema, { ...OPTIONS, features: without });
    let pending = 0;
    await bringUpToDate(database.url, schema, OPTIONS, (count) => (pending = count));
    expect(pending).toBe(migrations.length - without.migrationsOf('base').length);
  });

  it('give back the rights that were taken since', async () => {
    await bringUpToDate(database.url, schema, FEW);
    await database.query(`REVOKE USAGE ON SCHEMA ${schema} FROM ${schema}_app`);
    await bringUpToDate(database.url, schema, FEW);
    const rights = await database.query(
      `SELECT has_schema_privilege('${schema}_app', '${schema}', 'USAGE') AS may`,
    );
    expect(rights).toEqual([{ may: true }]);
  });

  it('refuse a role that is no longer bound', async () => {
    await bringUpToDate(database.url, schema, FEW);
    await database.query(`ALTER ROLE ${schema}_app BYPASSRLS`);
    await expect(bringUpToDate(database.url, schema, FEW)).rejects.toThrow(/does not bind/);
  });

  it('keep what was stored when they have nothing to do', async () => {
    const first = await openStore(database, { CHATKIT_DATABASE_SCHEMA: schema });
    await first.store.saveThread(thread('t1'), ANNA);
    await first.database.close();
    const second = await openStore(database, { CHATKIT_DATABASE_SCHEMA: schema });
    expect(await second.store.loadThread('t1', ANNA)).toEqual(thread('t1'));
    await second.database.close();
  });

  it.each(['row', 'schema'])(
    'need no superuser: with %s isolation CREATEROLE is enough',
    async (isolation) => {
      const { name, url } = await login('CREATEROLE');
      await database.query(`GRANT CREATE ON DATABASE ${database.name} TO ${name}`);
      const parts = await openStore(
        { url },
        { CHATKIT_ISOLATION: isolation, CHATKIT_DATABASE_SCHEMA: schema },
      );
      await parts.store.saveThread(thread('t1'), ANNA);
      await parts.store.addThreadItem('t1', note('i1'), ANNA);
      await expect(parts.store.saveThread(thread('t1'), BERT)).rejects.toThrow('Thread not found');
      await parts.store.deleteThread('t1', ANNA);
      await parts.database.close();
    },
  );

  it('work for an owner whom an administrator gave schema and role', async () => {
    const { name, url } = await login();
    await database.query(`CREATE ROLE ${schema}_app NOLOGIN`);
    await database.query(`GRANT ${schema}_app TO ${name}`);
    await database.query(`CREATE SCHEMA ${schema} AUTHORIZATION ${name}`);
    const parts = await openStore({ url }, { CHATKIT_DATABASE_SCHEMA: schema });
    await parts.store.saveThread(thread('t1'), ANNA);
    await parts.store.addThreadItem('t1', note('i1'), ANNA);
    await parts.store.deleteThread('t1', ANNA);
    await parts.database.close();
  });

  it('work for a plain owner of the database, whom row-level security binds itself', async () => {
    const { name, url } = await login();
    await database.query(`GRANT CREATE ON DATABASE ${database.name} TO ${name}`);
    for (const _start of ['first', 'second']) {
      const parts = await openStore({ url }, { CHATKIT_DATABASE_SCHEMA: schema });
      expect(parts.database.role).toBe('none');
      await parts.store.saveThread(thread('t1'), ANNA);
      await expect(parts.store.loadThread('t1', BERT)).rejects.toThrow('Thread not found');
      const client = await parts.database.acquire({ tenantId: 'a', userId: 'a' });
      expect((await client.query(`SELECT * FROM ${schema}.threads`)).rows).toEqual([]);
      client.release();
      await parts.database.close();
    }
  });

  it('go on with the login when the role is made after the tables', async () => {
    const { name, url } = await login();
    await database.query(`GRANT CREATE ON DATABASE ${database.name} TO ${name}`);
    await (await openStore({ url }, { CHATKIT_DATABASE_SCHEMA: schema })).database.close();
    await database.query(`CREATE ROLE ${schema}_app NOLOGIN`);
    await database.query(`GRANT ${schema}_app TO ${name}`);
    const parts = await openStore({ url }, { CHATKIT_DATABASE_SCHEMA: schema });
    await parts.store.saveThread(thread('t1'), ANNA);
    await parts.database.close();
  });

  it('say what to do when a tenant needs a role that the login may not make', async () => {
    const { name, url } = await login();
    await database.query(`GRANT CREATE ON DATABASE ${database.name} TO ${name}`);
    const start = bringUpToDate(url, schema, OPTIONS);
    await expect(start).rejects.toThrow(DatabaseSetupError);
    await expect(start).rejects.toThrow(
      `CREATE ROLE ${schema}_app NOLOGIN; GRANT ${schema}_app TO "${name}"`,
    );
  });

  it('say what to do when the login may not create the schema', async () => {
    const { url } = await login('CREATEROLE');
    await expect(bringUpToDate(url, schema, OPTIONS)).rejects.toThrow(
      `CREATE SCHEMA ${schema} AUTHORIZATION`,
    );
  });

  it('refuse a role that row-level security does not bind', async () => {
    await database.query(`CREATE ROLE ${schema}_app BYPASSRLS`);
    await expect(bringUpToDate(database.url, schema, OPTIONS)).rejects.toThrow(/does not bind/);
  });
});
