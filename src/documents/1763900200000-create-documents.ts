import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../store/schema/names.js';
import { tableRules } from '../store/schema/table-rules.js';
import { searchTable } from './search/search-table.js';

const TABLES = ['documents', 'document_chunks'];

/**
 * The documents of a tenant, which all its members may read, in the pieces that are searched. What comes from the
 * `source` of a document again takes its place; `language` is a text search configuration, `heading` all that stand
 * above a piece.
 */
export class CreateDocuments1763900200000 implements MigrationInterface {
  readonly name = 'CreateDocuments1763900200000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    const role = await granteeOf(runner);
    await runner.query(`
      CREATE TABLE ${schema}."documents" (
        "tenant_id" text NOT NULL,
        "id" text NOT NULL,
        "source" text NOT NULL,
        "title" text NOT NULL,
        "url" text,
        "filename" text NOT NULL,
        "format" text NOT NULL,
        "language" text NOT NULL,
        "characters" integer NOT NULL,
        "chunks" integer NOT NULL,
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "updated_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "position" bigserial NOT NULL,
        CONSTRAINT "documents_key" PRIMARY KEY ("tenant_id", "id"),
        CONSTRAINT "documents_source" UNIQUE ("tenant_id", "source"),
        CONSTRAINT "documents_scope" CHECK ("tenant_id" <> '')
      )`);
    await runner.query(`
      CREATE INDEX "documents_in_order" ON ${schema}."documents" ("tenant_id", "position")`);
    await runner.query(`
      CREATE TABLE ${schema}."document_chunks" (
        "tenant_id" text NOT NULL,
        "document_id" text NOT NULL,
        "seq" integer NOT NULL,
        "heading" text NOT NULL,
        "text" text NOT NULL,
        CONSTRAINT "document_chunks_key" PRIMARY KEY ("tenant_id", "document_id", "seq"),
        CONSTRAINT "document_chunks_of_document" FOREIGN KEY ("tenant_id", "document_id")
          REFERENCES ${schema}."documents" ("tenant_id", "id") ON DELETE CASCADE
      )`);
    await runner.query(`GRANT USAGE ON SEQUENCE ${schema}."documents_position_seq" TO ${role}`);
    for (const table of TABLES) await runner.query(tableRules(schemaOf(runner), table, role));
    await runner.query(searchTable(schemaOf(runner), role));
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    for (const table of [...TABLES, 'document_search'].toReversed())
      await runner.query(`DROP TABLE ${schema}."${table}"`);
  }
}
