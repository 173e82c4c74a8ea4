import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropHeldRows, keepHeldRows } from '../schema/held-rows.js';
import { granteeOf, quoted, schemaOf } from '../schema/names.js';
import { boundBy } from '../schema/table-rules.js';

const OF_TENANT = `"tenant_id" = current_setting('chatkit.tenant', true)`;

/** Whoever removes something adds to it; the one thing that is seen of it is which files are kept. */
const POLICIES = {
  held_rows_added: `FOR INSERT WITH CHECK (${OF_TENANT})`,
  held_rows_files: `FOR SELECT USING (${OF_TENANT} AND "owner_id" = current_setting('chatkit.user', true)
    AND "table_name" = 'attachments' AND current_setting('chatkit.held', true) = 'on')`,
};
const TABLES = ['threads', 'items', 'attachments'];

/**
 * What users have removed while it is on legal hold, until that is released. `data` is a row of `table_name` as it was; `owner_id` is
 * empty for what belongs to all members.
 */
export class CreateHeldRows1764300100000 implements MigrationInterface {
  readonly name = 'CreateHeldRows1764300100000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`
      CREATE TABLE ${schema}."held_rows" (
        "tenant_id" text NOT NULL,
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "owner_id" text NOT NULL,
        "table_name" text NOT NULL,
        "row_id" text NOT NULL,
        "data" json NOT NULL,
        "deleted_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "held_rows_key" PRIMARY KEY ("tenant_id", "id")
      )`);
    await runner.query(
      `CREATE INDEX "held_rows_by_owner" ON ${schema}."held_rows" ("tenant_id", "owner_id", "row_id")`,
    );
    await runner.query(boundBy(`${schema}."held_rows"`, POLICIES, 'SELECT, INSERT', await granteeOf(runner)));
    // json_build_object and jsonb would refuse the NUL characters that messages may hold
    await runner.query(`
      CREATE FUNCTION ${schema}.keep_held_row() RETURNS trigger LANGUAGE plpgsql
      SET search_path = pg_catalog, pg_temp
      AS $body$
      DECLARE
        owner text := '';
        own text := '';
      BEGIN
        IF TG_ARGV[0] <> '' THEN
          EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO owner USING OLD;
        END IF;
        IF TG_ARGV[1] <> '' THEN
          EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO own USING OLD;
        END IF;
        INSERT INTO ${schema}."held_rows" (tenant_id, owner_id, table_name, row_id, data)
        VALUES (OLD.tenant_id, owner, TG_TABLE_NAME, own, row_to_json(OLD));
        RETURN OLD;
      END $body$`);
    for (const table of TABLES) await keepHeldRows(runner, table, { owner: 'owner_id', id: 'id' });
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    for (const table of TABLES) await dropHeldRows(runner, table);
    await runner.query(`DROP FUNCTION ${schema}.keep_held_row()`);
    await runner.query(`DROP TABLE ${schema}."held_rows"`);
  }
}
