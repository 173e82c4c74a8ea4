import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../../store/schema/names.js';
import { hideFromMigrations, lockTables, showToMigrations } from '../../store/schema/seen-by-migrations.js';

const TABLES = ['threads', 'feedback'];

/**
 * Has opinions refer to a thread of whoever has them, beside the item in it. What is there already is checked by the next
 * migration.
 */
export class OwnFeedback1764100200000 implements MigrationInterface {
  readonly name = 'OwnFeedback1764100200000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await lockTables(runner, TABLES);
    await runner.query(`
      ALTER TABLE ${schema}."feedback"
      ADD CONSTRAINT "feedback_on_own_thread" FOREIGN KEY ("tenant_id", "user_id", "thread_id")
        REFERENCES ${schema}."threads" ("tenant_id", "owner_id", "id") ON DELETE CASCADE NOT VALID`);
    await showToMigrations(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await hideFromMigrations(runner, TABLES);
    await runner.query(
      `ALTER TABLE ${quoted(schemaOf(runner))}."feedback" DROP CONSTRAINT "feedback_on_own_thread"`,
    );
  }
}
