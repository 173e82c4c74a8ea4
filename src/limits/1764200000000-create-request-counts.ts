import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../store/schema/names.js';
import { boundBy } from '../store/schema/table-rules.js';

const POLICIES = { request_counts_for_operators: `USING (current_setting('chatkit.operator', true) = 'on')` };

/** Requests counted for all instances; what is lost with a crash is a minute's count. */
export class CreateRequestCounts1764200000000 implements MigrationInterface {
  readonly name = 'CreateRequestCounts1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`
      CREATE UNLOGGED TABLE ${schema}."request_counts" (
        "tenant_id" text NOT NULL,
        "key" text NOT NULL,
        "hits" integer NOT NULL,
        "ends_at" timestamptz NOT NULL,
        CONSTRAINT "request_counts_key" PRIMARY KEY ("tenant_id", "key")
      )`);
    await runner.query(
      `CREATE INDEX "request_counts_ends" ON ${schema}."request_counts" ("tenant_id", "ends_at")`,
    );
    const rights = 'SELECT, INSERT, UPDATE, DELETE';
    await runner.query(
      boundBy(`${schema}."request_counts"`, POLICIES, rights, await granteeOf(runner), false),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${quoted(schemaOf(runner))}."request_counts"`);
  }
}
