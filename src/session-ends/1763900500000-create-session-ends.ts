import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../store/schema/names.js';
import { bindTable } from '../store/schema/table-rules.js';

/** Sessions that were ended before their time; `until` is when they would have ended by themselves. */
export class CreateSessionEnds1763900500000 implements MigrationInterface {
  readonly name = 'CreateSessionEnds1763900500000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`
      CREATE TABLE ${schema}."session_ends" (
        "tenant_id" text NOT NULL,
        "user_id" text NOT NULL,
        "session_id" text NOT NULL,
        "until" timestamptz NOT NULL,
        CONSTRAINT "session_ends_key" PRIMARY KEY ("tenant_id", "user_id", "session_id"),
        CONSTRAINT "session_ends_scope" CHECK ("tenant_id" <> '' AND "user_id" <> '')
      )`);
    await bindTable(runner, 'session_ends', { owner: 'user_id', rights: 'SELECT, INSERT, DELETE' });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${quoted(schemaOf(runner))}."session_ends"`);
  }
}
