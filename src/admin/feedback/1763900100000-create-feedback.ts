import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../../store/schema/names.js';
import { bindTable } from '../../store/schema/table-rules.js';

/** What users think of items; the last word counts, and goes away with the item. */
export class CreateFeedback1763900100000 implements MigrationInterface {
  readonly name = 'CreateFeedback1763900100000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`
      CREATE TABLE ${schema}."feedback" (
        "tenant_id" text NOT NULL,
        "thread_id" text NOT NULL,
        "item_id" text NOT NULL,
        "user_id" text NOT NULL,
        "kind" text NOT NULL,
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "feedback_key" PRIMARY KEY ("tenant_id", "thread_id", "item_id", "user_id"),
        CONSTRAINT "feedback_on_item" FOREIGN KEY ("tenant_id", "thread_id", "item_id")
          REFERENCES ${schema}."items" ("tenant_id", "thread_id", "id") ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE INDEX "feedback_by_time"
      ON ${schema}."feedback" ("tenant_id", "created_at", "thread_id", "item_id", "user_id")`);
    await bindTable(runner, 'feedback', { owner: 'user_id', tenantWide: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${quoted(schemaOf(runner))}."feedback"`);
  }
}
