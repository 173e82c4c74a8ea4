import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from './names.js';

const TENANT = `"tenant_id" = current_setting('chatkit.tenant', true)`;
const OWN = `${TENANT} AND "user_id" = current_setting('chatkit.user', true)`;
/** Only a unit of work that reads for an administrator sets it, see UnitOfWork.readTenant. */
const WHOLE_TENANT = `${TENANT} AND current_setting('chatkit.tenant_wide', true) = 'on'`;

/** Instructions of organisations, what answers cost, and what administrators may read of all their users. */
export class OrganisationsAndUsage1763900300000 implements MigrationInterface {
  readonly name = 'OrganisationsAndUsage1763900300000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    const role = await granteeOf(runner);
    await runner.query(`
      CREATE TABLE ${schema}."organisations" (
        "tenant_id" text NOT NULL,
        "instructions" text NOT NULL,
        "updated_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "updated_by" text NOT NULL,
        CONSTRAINT "organisations_key" PRIMARY KEY ("tenant_id"),
        CONSTRAINT "organisations_scope" CHECK ("tenant_id" <> '')
      )`);
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
    await runner.query(`
      CREATE INDEX "feedback_by_time"
      ON ${schema}."feedback" ("tenant_id", "created_at", "thread_id", "item_id", "user_id")`);
    for (const table of ['organisations', 'usage']) {
      const name = `${schema}."${table}"`;
      await runner.query(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`);
      await runner.query(`REVOKE ALL ON ${name} FROM PUBLIC`);
    }
    await runner.query(`
      CREATE POLICY "organisations_of_tenant" ON ${schema}."organisations" USING (${TENANT}) WITH CHECK (${TENANT})`);
    await runner.query(
      `CREATE POLICY "usage_of_owner" ON ${schema}."usage" USING (${OWN}) WITH CHECK (${OWN})`,
    );
    for (const table of ['usage', 'feedback']) {
      await runner.query(`
        CREATE POLICY "${table}_of_tenant" ON ${schema}."${table}" FOR SELECT USING (${WHOLE_TENANT})`);
    }
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON ${schema}."organisations" TO ${role}`);
    await runner.query(`GRANT SELECT, INSERT ON ${schema}."usage" TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`DROP POLICY "feedback_of_tenant" ON ${schema}."feedback"`);
    await runner.query(`DROP INDEX ${schema}."feedback_by_time"`);
    await runner.query(`DROP TABLE ${schema}."usage"`);
    await runner.query(`DROP TABLE ${schema}."organisations"`);
  }
}
