import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../schema/names.js';
import { boundBy } from '../schema/table-rules.js';
import { ENTRY } from './tenant-states.js';

const POLICIES = {
  tenants_itself: `FOR SELECT USING ("tenant_id" = current_setting('chatkit.tenant', true))`,
  tenants_for_operators: `USING (current_setting('chatkit.operator', true) = 'on')`,
};

/**
 * The directory of tenants, once for a database. `isolation` says where the rows of a tenant are and `leftovers` whether
 * some may be where it was before, `status` what may be done with them, `migrated_to` which version its own schema has,
 * `settings` what operators have set for it.
 *
 * `enter_tenant` is asked as each unit of work begins: it refuses one that looks for its tenant where it is not, one of a
 * tenant that is shut, and one that would write while nothing may be written. Without a place nobody enters. It runs as
 * its owner, whom the policies bind, since the login that calls it may have no right of its own.
 */
export class CreateTenants1763899900000 implements MigrationInterface {
  readonly name = 'CreateTenants1763899900000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    const role = await granteeOf(runner);
    await runner.query(`
      CREATE TABLE ${schema}."tenants" (
        "tenant_id" text NOT NULL,
        "isolation" text NOT NULL,
        "leftovers" boolean NOT NULL DEFAULT false,
        "status" text NOT NULL DEFAULT 'active',
        "migrated_to" text,
        "settings" jsonb NOT NULL DEFAULT '{}',
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "updated_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "tenants_key" PRIMARY KEY ("tenant_id"),
        CONSTRAINT "tenants_scope" CHECK ("tenant_id" <> ''),
        CONSTRAINT "tenants_isolation" CHECK ("isolation" IN ('row', 'schema')),
        CONSTRAINT "tenants_status" CHECK ("status" IN ('active', 'read_only', 'suspended', 'erased'))
      )`);
    await runner.query(boundBy(`${schema}."tenants"`, POLICIES, 'SELECT, INSERT, UPDATE', role, false));
    await runner.query(firstEntering(schema));
    await runner.query(`
      REVOKE ALL ON FUNCTION ${schema}.enter_tenant(text, boolean) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ${schema}.enter_tenant(text, boolean) TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`DROP FUNCTION ${schema}.enter_tenant(text, boolean)`);
    await runner.query(`DROP TABLE ${schema}."tenants"`);
  }
}

/** As it was in the beginning. @param schema as SQL text */
export function firstEntering(schema: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${schema}.enter_tenant(place text, writes boolean) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    AS $body$
    DECLARE
      found_place text;
      found_status text;
    BEGIN
      IF place IS NULL THEN
        RETURN;
      END IF;
      SELECT isolation, status INTO found_place, found_status
      FROM ${schema}."tenants" WHERE tenant_id = current_setting('chatkit.tenant');
      IF found_status IN ('suspended', 'erased') THEN
        RAISE EXCEPTION 'the tenant is shut' USING ERRCODE = '${ENTRY.shut}';
      ELSIF found_place IS DISTINCT FROM place THEN
        RAISE EXCEPTION 'the tenant is not here' USING ERRCODE = '${ENTRY.elsewhere}';
      ELSIF writes AND found_status = 'read_only' THEN
        RAISE EXCEPTION 'nothing of the tenant may be written' USING ERRCODE = '${ENTRY.readOnly}';
      END IF;
    END $body$`;
}
