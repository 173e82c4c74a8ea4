import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../schema/names.js';
import { boundBy } from '../schema/table-rules.js';
import { firstEntering } from './1763899900000-create-tenants.js';
import { ENTRY } from './tenant-states.js';

/** Operators reach all of it; who asks for entry, as the owner of the tables, what is about its tenant. */
const policiesOf = (table: string): Record<string, string> => ({
  [`${table}_for_operators`]: `USING (current_setting('chatkit.operator', true) = 'on')`,
  [`${table}_entering`]: `FOR SELECT TO CURRENT_USER USING ("tenant_id" = current_setting('chatkit.tenant', true))`,
});

/**
 * What operators have erased and what they hold, once for a database. Of a user who is erased there is a digest alone:
 * `subject`, empty where it is a whole tenant. A hold without a user is on all of the tenant.
 *
 * `enter_tenant` also refuses a user who is being erased, or was within a day, so that nothing that still runs brings
 * something back, and says by `chatkit.held` whether what the unit of work removes has to be kept. The directory
 * says in `erasing_until` and `held` whether any of that has to be looked for.
 */
export class CreateErasures1764300000000 implements MigrationInterface {
  readonly name = 'CreateErasures1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    const role = await granteeOf(runner);
    await runner.query(`
      ALTER TABLE ${schema}."tenants"
      ADD COLUMN "erasing_until" timestamptz,
      ADD COLUMN "held" boolean NOT NULL DEFAULT false,
      ADD COLUMN "retained_at" timestamptz`);
    await runner.query(`
      CREATE TABLE ${schema}."tenant_erasures" (
        "tenant_id" text NOT NULL,
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "subject" text NOT NULL,
        "status" text NOT NULL DEFAULT 'running',
        "begun_by" text NOT NULL,
        "begun_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "done_at" timestamptz,
        "counts" jsonb NOT NULL DEFAULT '{}',
        "report" text,
        CONSTRAINT "tenant_erasures_key" PRIMARY KEY ("tenant_id", "id"),
        CONSTRAINT "tenant_erasures_status" CHECK ("status" IN ('running', 'done')),
        CONSTRAINT "tenant_erasures_done" CHECK (("status" = 'done') = ("report" IS NOT NULL AND "done_at" IS NOT NULL))
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX "tenant_erasures_running"
      ON ${schema}."tenant_erasures" ("tenant_id", "subject") WHERE "status" = 'running'`);
    await runner.query(`
      CREATE TABLE ${schema}."tenant_holds" (
        "tenant_id" text NOT NULL,
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "user_id" text,
        "reason" text NOT NULL,
        "held_by" text NOT NULL,
        "held_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "released_by" text,
        "released_at" timestamptz,
        CONSTRAINT "tenant_holds_key" PRIMARY KEY ("tenant_id", "id"),
        CONSTRAINT "tenant_holds_scope" CHECK ("user_id" <> '' AND "reason" <> '')
      )`);
    for (const table of ['tenant_erasures', 'tenant_holds']) {
      const rules = [policiesOf(table), 'SELECT, INSERT, UPDATE', role, false] as const;
      await runner.query(boundBy(`${schema}."${table}"`, ...rules));
    }
    await runner.query(enteringOneDatabase(schema));
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(firstEntering(schema));
    await runner.query(`DROP TABLE ${schema}."tenant_erasures", ${schema}."tenant_holds"`);
    await runner.query(`
      ALTER TABLE ${schema}."tenants"
      DROP COLUMN "erasing_until", DROP COLUMN "held", DROP COLUMN "retained_at"`);
  }
}

/** As it was while there was one database. @param schema as SQL text */
export function enteringOneDatabase(schema: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${schema}.enter_tenant(place text, writes boolean) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    AS $body$
    DECLARE
      own text := current_setting('chatkit.tenant');
      who text := coalesce(current_setting('chatkit.user', true), '');
      found record;
    BEGIN
      IF place IS NULL THEN
        RETURN;
      END IF;
      SELECT isolation, status, erasing_until, held INTO found FROM ${schema}."tenants" WHERE tenant_id = own;
      IF found.status IN ('suspended', 'erased') THEN
        RAISE EXCEPTION 'the tenant is shut' USING ERRCODE = '${ENTRY.shut}';
      ELSIF found.isolation IS DISTINCT FROM place THEN
        RAISE EXCEPTION 'the tenant is not here' USING ERRCODE = '${ENTRY.elsewhere}';
      ELSIF writes AND found.status = 'read_only' THEN
        RAISE EXCEPTION 'nothing of the tenant may be written' USING ERRCODE = '${ENTRY.readOnly}';
      END IF;
      IF found.erasing_until > now() AND EXISTS (
        SELECT FROM ${schema}."tenant_erasures" WHERE tenant_id = own
          AND subject = encode(sha256(convert_to(own || E'\\n' || who, 'UTF8')), 'hex')
          AND (status = 'running' OR done_at > now() - interval '1 day')
      ) THEN
        RAISE EXCEPTION 'the user is erased' USING ERRCODE = '${ENTRY.userErased}';
      END IF;
      IF found.held AND EXISTS (
        SELECT FROM ${schema}."tenant_holds" WHERE tenant_id = own AND released_at IS NULL
          AND (user_id IS NULL OR user_id = who)
      ) THEN
        PERFORM set_config('chatkit.held', 'on', true);
      END IF;
    END $body$`;
}
