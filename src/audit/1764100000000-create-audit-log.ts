import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../store/schema/names.js';
import { boundBy } from '../store/schema/table-rules.js';

const OF_TENANT = `"tenant_id" = current_setting('chatkit.tenant', true)`;

/** Everybody adds what they did themselves, and nobody changes anything: there is no policy for it, and no right. */
const POLICIES = {
  audit_log_added: `FOR INSERT WITH CHECK (${OF_TENANT} AND "actor_id" = current_setting('chatkit.user', true))`,
  audit_log_of_tenant: `FOR SELECT USING (${OF_TENANT} AND current_setting('chatkit.tenant_wide', true) = 'on')`,
};

/** Who did what in a tenant by routes of administrators and operators, and by commands; grows alone. */
export class CreateAuditLog1764100000000 implements MigrationInterface {
  readonly name = 'CreateAuditLog1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    const table = `${quoted(schemaOf(runner))}."audit_log"`;
    await runner.query(`
      CREATE TABLE ${table} (
        "tenant_id" text NOT NULL,
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "actor" text NOT NULL,
        "actor_id" text NOT NULL,
        "action" text NOT NULL,
        "target" text,
        "outcome" text NOT NULL,
        "code" text,
        "correlation_id" text,
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "audit_log_key" PRIMARY KEY ("tenant_id", "id"),
        CONSTRAINT "audit_log_scope" CHECK ("tenant_id" <> '' AND "actor_id" <> ''),
        CONSTRAINT "audit_log_actor" CHECK ("actor" IN ('member', 'operator', 'command')),
        CONSTRAINT "audit_log_outcome" CHECK ("outcome" IN ('done', 'refused', 'failed')),
        CONSTRAINT "audit_log_bounds" CHECK (length("action") <= 100 AND length("target") <= 255
          AND length("code") <= 100 AND length("correlation_id") <= 128)
      )`);
    await runner.query(`CREATE INDEX "audit_log_by_time" ON ${table} ("tenant_id", "created_at", "id")`);
    await runner.query(
      `CREATE INDEX "audit_log_by_action" ON ${table} ("tenant_id", "action", "created_at", "id")`,
    );
    await runner.query(boundBy(table, POLICIES, 'SELECT, INSERT', await granteeOf(runner)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${quoted(schemaOf(runner))}."audit_log"`);
  }
}
