import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../schema/names.js';
import { hideFromMigrations, lockTables, showToMigrations } from '../schema/seen-by-migrations.js';

const TABLES = ['threads', 'items'];

/**
 * Has items refer to a thread of their own user: row-level security compares each row's owner with who writes it, and foreign
 * keys look past it. An attachment refers to none, since it may name a thread that is yet to come. What is there already is
 * checked by the next migration.
 */
export class OwnItems1764100110000 implements MigrationInterface {
  readonly name = 'OwnItems1764100110000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await lockTables(runner, TABLES);
    for (const constraint of ['items_of_thread', 'items_of_own_thread'])
      await runner.query(`ALTER TABLE ${schema}."items" DROP CONSTRAINT IF EXISTS "${constraint}"`);
    await runner.query(`
      ALTER TABLE ${schema}."items"
      ADD CONSTRAINT "items_of_own_thread" FOREIGN KEY ("tenant_id", "owner_id", "thread_id")
        REFERENCES ${schema}."threads" ("tenant_id", "owner_id", "id") ON DELETE CASCADE NOT VALID`);
    await showToMigrations(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await hideFromMigrations(runner, TABLES);
    await runner.query(`
      ALTER TABLE ${schema}."items"
      DROP CONSTRAINT "items_of_own_thread",
      ADD CONSTRAINT "items_of_thread" FOREIGN KEY ("tenant_id", "thread_id")
        REFERENCES ${schema}."threads" ("tenant_id", "id") ON DELETE CASCADE`);
  }
}
