import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { administerDatabase } from '../../src/app/administer-database.js';
import { schemaFeatures } from '../../src/app/schema-features.js';
import { DISTRIBUTION_COLUMN, distributionOf } from '../../src/app/distribution.js';
import { SchemaFeatures } from '../../src/store/schema/schema-features.js';
import { childEnvironment } from '../support/child-environment.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

const COMMAND = join(import.meta.dirname, '../../dist/server/database.js');
const { tables } = new SchemaFeatures(schemaFeatures());

/** Stay on the coordinator: the directory is asked for there as a transaction begins, and counts are of no tenant's rows. */
const STAYING = ['migrations', 'request_counts', 'signal_keys', 'tenant_erasures', 'tenant_holds', 'tenants'];

/** Where the table comes; -1 when it is not distributed. */
const place = (table: unknown): number => tables.indexOf(String(table));

/** What `npm run database -- citus` prints. */
async function printed(args: readonly string[], env: Record<string, string>): Promise<string> {
  const options = { env: { ...childEnvironment(), ...env } };
  const told = await promisify(execFile)(process.execPath, [COMMAND, 'citus', ...args], options);
  return told.stdout;
}

describe('Tables that are distributed by tenant', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await (await openStore(database)).database.close();
  });
  afterAll(async () => {
    await database.drop();
  });

  it('are all that there are, but for those that stay on the coordinator', async () => {
    const found = await database.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'chatkit'`);
    expect(found.map(({ tablename }) => String(tablename)).toSorted()).toEqual(
      [...tables, ...STAYING].toSorted(),
    );
  });

  it('have the tenant as a text of one collation, which every row has', async () => {
    const columns = await database.query(
      `SELECT DISTINCT atttypid::regtype::text AS type, attcollation::regcollation::text AS collation, attnotnull AS always
       FROM pg_attribute WHERE attname = $1 AND attrelid = ANY ($2::regclass[])`,
      [DISTRIBUTION_COLUMN, tables.map((table) => `chatkit.${table}`)],
    );
    expect(columns).toEqual([{ type: 'text', collation: '"default"', always: true }]);
  });

  it('have the tenant in every primary key and unique index', async () => {
    const without = await database.query(
      `SELECT indexrelid::regclass::text AS name FROM pg_index
       WHERE indrelid = ANY ($2::regclass[]) AND (indisunique OR indisprimary OR indisexclusion) AND NOT EXISTS (
         SELECT FROM pg_attribute WHERE attrelid = indrelid AND attname = $1 AND attnum = ANY (indkey::int2[]))`,
      [DISTRIBUTION_COLUMN, tables.map((table) => `chatkit.${table}`)],
    );
    expect(without).toEqual([]);
  });

  it('refer to each other alone, by the tenant on both sides, and come after what they refer to', async () => {
    const keys = await database.query(
      `SELECT conname AS name, referring.relname AS referring, referred.relname AS referred,
         EXISTS (SELECT FROM unnest(conkey, confkey) AS pair(own, other)
           JOIN pg_attribute AS a ON a.attrelid = conrelid AND a.attnum = own AND a.attname = $1
           JOIN pg_attribute AS b ON b.attrelid = confrelid AND b.attnum = other AND b.attname = $1) AS together
       FROM pg_constraint JOIN pg_class AS referring ON referring.oid = conrelid JOIN pg_class AS referred ON referred.oid = confrelid
       WHERE contype = 'f' AND connamespace = 'chatkit'::regnamespace`,
      [DISTRIBUTION_COLUMN],
    );
    expect(keys.length).toBeGreaterThan(3);
    const wrong = keys.filter(
      ({ referring, referred, together }) =>
        together !== true || place(referred) === -1 || place(referring) <= place(referred),
    );
    expect(wrong).toEqual([]);
  });

  it('have no triggers but those of legal holds, and no sequence of fewer than 64 bits', async () => {
    const found = await database.query(
      `SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal AND tgname NOT LIKE '%\\_held' AND tgrelid = ANY ($1::regclass[])
       UNION ALL SELECT sequencename FROM pg_sequences WHERE schemaname = 'chatkit' AND data_type <> 'bigint'::regtype
         AND sequencename NOT LIKE 'migrations%'`,
      [tables.map((table) => `chatkit.${table}`)],
    );
    expect(found).toEqual([]);
  });

  it('are what the command prints, the first for all', async () => {
    const lines = (await printed(['--shards', '64'], { CHATKIT_DATABASE_SCHEMA: 'portal' }))
      .trimEnd()
      .split('\n');
    expect(lines).toEqual(distributionOf('portal', tables, 64));
    expect(lines[0]).toBe(
      `SELECT create_distributed_table('"portal"."threads"', 'tenant_id', colocate_with => 'none', shard_count => 64);`,
    );
    expect(lines[1]).toBe(
      `SELECT create_distributed_table('"portal"."items"', 'tenant_id', colocate_with => '"portal"."threads"');`,
    );
  });

  it.each([
    [['--shards', 'many'], {}, /--shards must be a whole number/],
    [[], { CHATKIT_ISOLATION: 'schema' }, /CHATKIT_ISOLATION=row/],
    [['more'], {}, /usage: npm run database/],
  ])('are not printed for %j and %j', async (args, env, why) => {
    await expect(administerDatabase(['citus', ...args], env)).rejects.toThrow(why);
  });
});
