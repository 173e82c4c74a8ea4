import type { QueryRunner } from 'typeorm';
import { quoted, schemaOf } from './names.js';

/** Shows all rows to who says so, and is written so that it finds nothing quickly to others: the owner may be who serves. */
const SEEN = `"tenant_id" >= CASE WHEN current_setting('chatkit.migration', true) = 'on' THEN '' END`;

/**
 * Lets later migrations see all rows of the tables, whoever's they are, until they are hidden again. Of the others who use the
 * tables nobody sees more. Each needs the tables for a moment alone, and is a migration of its own.
 */
export async function showToMigrations(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  const schema = quoted(schemaOf(runner));
  for (const table of tables)
    await runner.query(
      `CREATE POLICY "for_migrations" ON ${schema}.${quoted(table)} TO CURRENT_USER USING (${SEEN})`,
    );
}

/** Shows the rows of such tables to the rest of the transaction. */
export async function seeAll(runner: QueryRunner): Promise<void> {
  await runner.query(`SELECT set_config('chatkit.migration', 'on', true)`);
}

/** Ends what `showToMigrations()` began. */
export async function hideFromMigrations(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  const schema = quoted(schemaOf(runner));
  await lockTables(runner, tables);
  for (const table of tables)
    await runner.query(`DROP POLICY IF EXISTS "for_migrations" ON ${schema}.${quoted(table)}`);
}

/**
 * Takes the tables that a migration is to change, before it changes any: what it holds already, others do not wait for while
 * it waits itself.
 */
export async function lockTables(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  const schema = quoted(schemaOf(runner));
  const names = tables.map((table) => `${schema}.${quoted(table)}`).join(', ');
  await runner.query(`LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE`);
}
