import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../../store/schema/names.js';

/** Pieces with all words that are looked at, and pieces with one of the words, all of these together. */
const WITH_ALL = 300;
const WITH_ONE = 1200;
/** Of one word at least, and of a word of the surroundings. */
const OF_A_WORD = 100;
const OF_A_HINT = 50;

const SOME = `"words" && nullif(current_setting('chatkit.words', true), '')::text[]`;
const ALL = `"words" @> coalesce(nullif(current_setting('chatkit.all_words', true), ''), '{}')::text[]`;
const OF_TENANT = `"tenant_id" || '' = current_setting('chatkit.tenant', true)`;

const PIECE = `SELECT piece.document_id, piece.seq, piece.search, %s
  FROM document_search AS piece WHERE piece.tenant_id || '' = of_tenant LIMIT %s`;

/**
 * The pieces that are worth being ranked: what words are in most pieces of a tenant would have every piece unpacked and
 * ranked. Those that hold all words come first; of a word that is in many pieces some are taken, of a rare one all. The
 * policy of the table asks for the words that the transaction names, so that the index serves both.
 */
export class FindPieces1764350000000 implements MigrationInterface {
  readonly name = 'FindPieces1764350000000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    const signature = `${schema}."document_pieces" (text, text[], text[])`;
    await runner.query(`
      ALTER POLICY "document_search_found" ON ${schema}."document_search" USING (${SOME} AND ${ALL} AND ${OF_TENANT})`);
    await runner.query(`
      CREATE FUNCTION ${schema}."document_pieces" (of_tenant text, asked text[], hints text[])
      RETURNS TABLE (document_id text, seq integer, search tsvector, has_all boolean)
      LANGUAGE plpgsql AS $$
      DECLARE
        word text;
        most integer := greatest(${OF_A_WORD}, ${WITH_ONE} / greatest(cardinality(asked), 1));
      BEGIN
        IF cardinality(asked) > 1 THEN
          PERFORM set_config('chatkit.words', asked::text, true), set_config('chatkit.all_words', asked::text, true);
          RETURN QUERY ${PIECE.replace('%s', 'true').replace('%s', String(WITH_ALL))};
          PERFORM set_config('chatkit.all_words', '', true);
        END IF;
        FOREACH word IN ARRAY asked LOOP
          PERFORM set_config('chatkit.words', ARRAY[word]::text, true);
          RETURN QUERY ${PIECE.replace('%s', 'cardinality(asked) = 1').replace('%s', 'most')};
        END LOOP;
        FOREACH word IN ARRAY hints LOOP
          PERFORM set_config('chatkit.words', ARRAY[word]::text, true);
          RETURN QUERY ${PIECE.replace('%s', 'false').replace('%s', String(OF_A_HINT))};
        END LOOP;
      END $$`);
    await runner.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO ${await granteeOf(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`DROP FUNCTION ${schema}."document_pieces" (text, text[], text[])`);
    await runner.query(`
      ALTER POLICY "document_search_found" ON ${schema}."document_search" USING (${SOME} AND ${OF_TENANT})`);
  }
}
