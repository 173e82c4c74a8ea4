import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../schema/names.js';
import { LIMIT_REACHED, SMALLEST_FILE } from '../rows/stored-statements.js';

/** The functions, by what they take. */
const FUNCTIONS = ['require_stored(text, bigint, bigint, bigint)', 'count_stored(text, bigint, bigint)'];

/**
 * Counts what is stored for the user and the tenant of the transaction, who may not see each other's rows: as the owner of
 * the tables, whom the policy of maintenance shows them, and giving back numbers alone. Nothing is counted that has no limit,
 * and of threads not more than one beyond it; of files, each of which counts for 4 KiB or more, not more than can be within it.
 *
 * `require_stored` is asked after a row was added, in the same transaction. It waits for others that add one, so that a limit
 * holds however many do so at the same time; the statement after the wait sees what they have added. `bytes` of an attachment
 * from before is empty, and counts as the least.
 */
export class CountStored1764330000000 implements MigrationInterface {
  readonly name = 'CountStored1764330000000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`ALTER TABLE ${schema}."attachments" ADD COLUMN "bytes" bigint`);
    await runner.query(`
      CREATE INDEX "attachments_by_size" ON ${schema}."attachments" ("tenant_id", "owner_id") INCLUDE ("bytes")`);
    await runner.query(countStored(schema));
    await runner.query(requireStored(schema));
    const role = await granteeOf(runner);
    for (const name of FUNCTIONS) {
      await runner.query(`
        REVOKE ALL ON FUNCTION ${schema}.${name} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION ${schema}.${name} TO ${role}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    for (const name of FUNCTIONS) await runner.query(`DROP FUNCTION ${schema}.${name}`);
    await runner.query(`DROP INDEX ${schema}."attachments_by_size"`);
    await runner.query(`ALTER TABLE ${schema}."attachments" DROP COLUMN "bytes"`);
  }
}

const AS_OWNER = `LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp`;
/** Whether the owner is shown all rows of the tenant. A login that is no superuser may not say so of a whole function. */
const maintains = (on: boolean): string =>
  `PERFORM set_config('chatkit.maintenance', '${on ? 'on' : ''}', true)`;

/** The sum of the sizes of files. */
const SUM = `coalesce(sum(greatest(coalesce(bytes, 0), ${SMALLEST_FILE})), 0)`;
/** As many files as fit within a limit, and one more. */
const most = (limit: string): string => `LIMIT ${limit} / ${SMALLEST_FILE} + 1`;

function countStored(schema: string): string {
  const documents = `${schema}."documents"`.replaceAll("'", "''");
  return `
      CREATE FUNCTION ${schema}.count_stored(what text, of_user bigint, of_tenant bigint, OUT by_user bigint, OUT by_tenant bigint)
      ${AS_OWNER} STABLE
      AS $body$
      DECLARE
        tenant text := current_setting('chatkit.tenant');
        member text := current_setting('chatkit.user');
        documents bigint := 0;
      BEGIN
        ${maintains(true)};
        IF what = 'threads' THEN
          IF of_user > 0 THEN
            SELECT count(*) INTO by_user FROM (SELECT FROM ${schema}."threads"
              WHERE tenant_id = tenant AND owner_id = member LIMIT of_user + 1) AS counted;
          END IF;
          IF of_tenant > 0 THEN
            SELECT count(*) INTO by_tenant FROM (SELECT FROM ${schema}."threads"
              WHERE tenant_id = tenant LIMIT of_tenant + 1) AS counted;
          END IF;
        ELSE
          IF of_user > 0 THEN
            SELECT ${SUM} INTO by_user FROM (SELECT bytes FROM ${schema}."attachments"
              WHERE tenant_id = tenant AND owner_id = member ${most('of_user')}) AS counted;
          END IF;
          IF of_tenant > 0 THEN
            SELECT ${SUM} INTO by_tenant FROM (SELECT bytes FROM ${schema}."attachments"
              WHERE tenant_id = tenant ${most('of_tenant')}) AS counted;
            IF to_regclass('${documents}') IS NOT NULL THEN
              SELECT ${SUM} INTO documents FROM (SELECT bytes FROM ${schema}."documents"
                WHERE tenant_id = tenant ${most('of_tenant')}) AS counted;
              by_tenant := by_tenant + documents;
            END IF;
          END IF;
        END IF;
        ${maintains(false)};
      END $body$`;
}

function requireStored(schema: string): string {
  return `
      CREATE FUNCTION ${schema}.require_stored(what text, more bigint, of_user bigint, of_tenant bigint) RETURNS void
      ${AS_OWNER}
      AS $body$
      DECLARE
        stored record;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(':', 'chatkit', what, current_setting('chatkit.tenant'),
          CASE WHEN of_tenant = 0 THEN current_setting('chatkit.user') END), 0));
        SELECT * INTO stored FROM ${schema}.count_stored(what, of_user, of_tenant);
        IF stored.by_user + more > of_user THEN
          RAISE EXCEPTION 'user' USING ERRCODE = '${LIMIT_REACHED}';
        ELSIF stored.by_tenant + more > of_tenant THEN
          RAISE EXCEPTION 'tenant' USING ERRCODE = '${LIMIT_REACHED}';
        END IF;
      END $body$`;
}
