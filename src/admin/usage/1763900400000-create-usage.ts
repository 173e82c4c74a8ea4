import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../../store/schema/names.js';
import { bindTable } from '../../store/schema/table-rules.js';

/**
 * What each answer, or title, has cost; it stays when its thread is deleted, and nothing changes it. `purpose` is
 * `answer` or `title`, `outcome` is `completed`, `stopped` or `failed`.
 */
export class CreateUsage1763900400000 implements MigrationInterface {
  readonly name = 'CreateUsage1763900400000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`
      CREATE TABLE ${schema}."usage" (
        "tenant_id" text NOT NULL,
        "id" uuid NOT NULL,
        "user_id" text NOT NULL,
        "thread_id" text NOT NULL,
        "model" text NOT NULL,
        "purpose" text NOT NULL,
        "outcome" text NOT NULL,
        "requests" integer NOT NULL,
        "input_tokens" bigint NOT NULL,
        "cached_input_tokens" bigint NOT NULL,
        "output_tokens" bigint NOT NULL,
        "first_token_ms" integer,
        "duration_ms" integer NOT NULL,
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "usage_key" PRIMARY KEY ("tenant_id", "id"),
        CONSTRAINT "usage_scope" CHECK ("tenant_id" <> '' AND "user_id" <> '')
      )`);
    await runner.query(`CREATE INDEX "usage_by_time" ON ${schema}."usage" ("tenant_id", "created_at")`);
    await bindTable(runner, 'usage', { owner: 'user_id', rights: 'SELECT, INSERT', tenantWide: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${quoted(schemaOf(runner))}."usage"`);
  }
}
