import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../../store/schema/names.js';
import { bindTable } from '../../store/schema/table-rules.js';

/** What a tenant's administrators have set; `instructions` are for the assistant, empty when there are none. */
export class CreateTenantSettings1763900300000 implements MigrationInterface {
  readonly name = 'CreateTenantSettings1763900300000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`
      CREATE TABLE ${schema}."tenant_settings" (
        "tenant_id" text NOT NULL,
        "instructions" text NOT NULL,
        "updated_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "updated_by" text NOT NULL,
        CONSTRAINT "tenant_settings_key" PRIMARY KEY ("tenant_id"),
        CONSTRAINT "tenant_settings_scope" CHECK ("tenant_id" <> '')
      )`);
    await bindTable(runner, 'tenant_settings', { rights: 'SELECT, INSERT, UPDATE' });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${quoted(schemaOf(runner))}."tenant_settings"`);
  }
}
