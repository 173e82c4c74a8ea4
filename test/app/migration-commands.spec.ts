import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { schemaFeatures } from '../../src/app/schema-features.js';
import { MigrationDataSource } from '../../src/store/connection/data-source.js';
import { SchemaFeatures } from '../../src/store/schema/schema-features.js';
import { startApp, untilReady } from './support/running-app.js';
import { childEnvironment } from '../support/child-environment.js';
import { documentsSchema } from '../../src/documents/documents-schema.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { thread } from '../../src/testing/store-contract/samples.js';
import { createEmptyDatabase, openStore, type TestDatabase } from '../support/database.js';

const features = new SchemaFeatures(schemaFeatures());
const migrations = features.migrationsOf('base');
const ofTenants = features.migrationsOf('tenant');
const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

describe('The migration commands', () => {
  let database: TestDatabase;
  let directory: string;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    directory = await mkdtemp(join(tmpdir(), 'migration-commands-'));
  });
  afterEach(async () => {
    await database.drop();
    await rm(directory, { recursive: true });
  });

  async function command(script: string, ...args: readonly string[]): Promise<string> {
    const options = { cwd: directory, env: childEnvironment() };
    const { stdout } = await run(process.execPath, [join(root, script), ...args], options);
    return stdout;
  }

  /** Runs one command as `npm run migration:…` does. */
  async function migration(verb: 'run' | 'show' | 'revert'): Promise<string> {
    if (verb === 'run') return command('dist/server/tenants.js', 'migrate');
    const config = relative(directory, join(root, 'dist/ormconfig.js'));
    return command('node_modules/typeorm/cli.js', `migration:${verb}`, '-d', config);
  }

  /** As the command does with the last, one by one and without a process for each. */
  async function revertOthers(schema: string): Promise<void> {
    const dataSource = await new MigrationDataSource(database.url, schema, features).initialize();
    for (const _each of migrations.slice(1)) await dataSource.undoLastMigration();
    await dataSource.destroy();
  }

  it('show, run and revert on the database that the server is set to, .env included', async () => {
    const settings = [`CHATKIT_DATABASE_URL=${database.url}`, `CHATKIT_DATABASE_SCHEMA=chat_${database.tag}`];
    await writeFile(join(directory, '.env'), settings.join('\n'));
    expect(await migration('show')).toContain('[ ] ');
    await migration('run');
    const tables = `SELECT FROM pg_tables WHERE schemaname = 'chat_${database.tag}' AND tablename = 'threads'`;
    expect(await database.query(tables)).toHaveLength(1);
    await migration('revert');
    const shown = await migration('show');
    expect(shown.match(/\[X\] /g)).toHaveLength(migrations.length - 1);
    expect(shown.match(/\[ \] /g)).toHaveLength(1);
    await revertOthers(`chat_${database.tag}`);
    expect(await database.query(tables)).toHaveLength(0);
  });

  it('know what the server has run with all of its modules, and nothing else', async () => {
    await writeFile(join(directory, '.env'), `CHATKIT_DATABASE_URL=${database.url}`);
    const app = await startApp({ CHATKIT_DATABASE_URL: database.url });
    await untilReady(app.url);
    await app.close();
    const shown = await migration('show');
    expect(shown.match(/\[X\] /g)).toHaveLength(migrations.length);
    expect(shown).not.toContain('[ ] ');
  });

  it('run for every tenant that has a schema of its own, and say so before and after', async () => {
    await writeFile(
      join(directory, '.env'),
      `CHATKIT_DATABASE_URL=${database.url}\nCHATKIT_ISOLATION=schema`,
    );
    const before = await openStore(
      database,
      { CHATKIT_ISOLATION: 'schema' },
      { features: [documentsSchema()] },
    );
    for (const tenantId of ['acme', 'globex']) {
      await before.store.saveThread(thread('t1'), { tenantId, userId: 'u' });
    }
    await before.database.close();
    await expect(command('dist/server/tenants.js', 'migrate', '--dry-run')).rejects.toMatchObject({
      stderr: expect.stringMatching(/lacks \d+ migrations/) as string,
    });
    expect(await migration('run')).toMatch(/acme: migrated\n(.*\n)*2 schemas of tenants migrated, 0 failed/);
    const schema = tenantSchema('chatkit', 'globex');
    expect(await database.query(`SELECT FROM ${schema}.migrations`)).toHaveLength(ofTenants.length);
    const dry = await command('dist/server/tenants.js', 'migrate', '--dry-run');
    expect(dry).toBe('2 of 2 schemas of tenants are up to date\n');
  });
});
