import { Client } from 'pg';
import { schemaFeatures } from '../../../src/app/schema-features.js';
import { MigrationDataSource } from '../../../src/store/connection/data-source.js';
import { SchemaFeatures } from '../../../src/store/schema/schema-features.js';
import type { TestDatabase } from '../../support/database.js';

/**
 * Makes the tables as they were before rows referred to threads by their owner, and an item and an opinion that do not.
 *
 * @param url of the login that migrates. Default: the administrator's
 */
export async function tablesBeforeOwners(
  database: Pick<TestDatabase, 'url'>,
  url = database.url,
): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const source = new MigrationDataSource(url, 'chatkit', new SchemaFeatures(schemaFeatures()));
  await source.initialize();
  await source.runMigrations();
  for (let last = ''; !last.startsWith('CarryOwners');) {
    const { rows } = await client.query<{ name: string }>(
      'SELECT name FROM chatkit.migrations ORDER BY id DESC LIMIT 1',
    );
    last = String(rows[0]?.name);
    await source.undoLastMigration();
  }
  await source.destroy();
  for (const user of ['anna', 'bert'])
    await client.query(
      `INSERT INTO chatkit.threads (tenant_id, owner_id, id, status, data, shown)
       VALUES ('acme', $1, 'of-' || $1, 'active', '{}', '{}')`,
      [user],
    );
  for (const [id, user, seq] of [
    ['good', 'anna', 1],
    ['hung', 'bert', 2],
  ] as const) {
    await client.query(
      `INSERT INTO chatkit.items (tenant_id, owner_id, thread_id, id, seq, type, data)
       VALUES ('acme', $2, 'of-anna', $1, $3, 'end_of_turn', '{}')`,
      [id, user, seq],
    );
    await client.query(
      `INSERT INTO chatkit.feedback (tenant_id, user_id, thread_id, item_id, kind)
       VALUES ('acme', $1, 'of-anna', 'good', 'positive')`,
      [user],
    );
  }
  await client.end();
}
