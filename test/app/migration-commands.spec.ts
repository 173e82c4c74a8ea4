import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { schemaFeatures } from '../../src/app/schema-features.js';
import { SchemaFeatures } from '../../src/store/schema/schema-features.js';
import { startApp, untilReady } from './support/running-app.js';
import { childEnvironment } from '../support/child-environment.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const migrations = new SchemaFeatures(schemaFeatures()).migrationsOf('base');
const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const CLI = join(root, 'node_modules/typeorm/cli.js');

describe('The migration commands', () => {
  let database: TestDatabase;
  let directory: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    directory = await mkdtemp(join(tmpdir(), 'migration-commands-'));
  });
  afterEach(async () => {
    await database.drop();
    await rm(directory, { recursive: true });
  });

  /** Runs one command of the TypeORM command line as `npm run migration:…` does. */
  async function migration(verb: string): Promise<string> {
    const config = relative(directory, join(root, 'dist/ormconfig.js'));
    const options = { cwd: directory, env: childEnvironment() };
    const { stdout } = await run(process.execPath, [CLI, `migration:${verb}`, '-d', config], options);
    return stdout;
  }

  it('show, run and revert on the database that the server is set to, .env included', async () => {
    const settings = [`CHATKIT_DATABASE_URL=${database.url}`, `CHATKIT_DATABASE_SCHEMA=chat_${database.tag}`];
    await writeFile(join(directory, '.env'), settings.join('\n'));
    expect(await migration('show')).toContain('[ ] ');
    await migration('run');
    expect(await migration('show')).toContain('[X] ');
    const tables = `SELECT FROM pg_tables WHERE schemaname = 'chat_${database.tag}' AND tablename = 'threads'`;
    expect(await database.query(tables)).toHaveLength(1);
    for (const _each of migrations) await migration('revert');
    expect(await migration('show')).toContain('[ ] ');
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
});
