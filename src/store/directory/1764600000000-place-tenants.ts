import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../schema/names.js';
import { lockTables } from '../schema/seen-by-migrations.js';
import { enteringOneDatabase } from './1764300000000-create-erasures.js';
import { ENTRY } from './tenant-states.js';

/**
 * Tenants on several databases, each with a directory of its own. `database` names the one that a tenant is in or goes on to
 * from here; empty where it is in this one. Nobody enters a tenant that is not here, whatever else its row says.
 */
export class PlaceTenants1764600000000 implements MigrationInterface {
  readonly name = 'PlaceTenants1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await lockTables(runner, ['tenants']);
    await runner.query(`ALTER TABLE ${schema}."tenants" ADD COLUMN "database" text`);
    await runner.query(entering(schema));
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(enteringOneDatabase(schema));
    await runner.query(`ALTER TABLE ${schema}."tenants" DROP COLUMN "database"`);
  }
}

function entering(schema: string): string {
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
      SELECT isolation, status, erasing_until, held, database INTO found FROM ${schema}."tenants" WHERE tenant_id = own;
      IF found.database IS NOT NULL THEN
        RAISE EXCEPTION 'the tenant is not here' USING ERRCODE = '${ENTRY.elsewhere}';
      ELSIF found.status IN ('suspended', 'erased') THEN
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
