import { quoted } from '../../store/schema/names.js';
import { boundBy } from '../../store/schema/table-rules.js';

const POLICIES = {
  document_search_found: `FOR SELECT USING (
      "words" && nullif(current_setting('chatkit.words', true), '')::text[]
      AND "tenant_id" || '' = current_setting('chatkit.tenant', true))`,
  document_search_added: `FOR INSERT WITH CHECK ("tenant_id" = current_setting('chatkit.tenant', true))`,
};

/**
 * The statements that make the table which pieces are searched in, apart from their texts.
 *
 * Row-level security keeps a condition that is not leakproof, as the overlap of arrays is, from using an index: it
 * looks at rows only after the policy has. Here the policy itself asks for the words, which the transaction names in
 * `chatkit.words`, so that the GIN index serves it, and nobody sees a row by anything but its words. Words begin
 * with a mark of their tenant (see `MARK`): those of others are passed by. The comparison of the tenant, which decides,
 * is written so that no other index is taken for it.
 *
 * @param schema name of the schema
 * @param grantee who the table is for, as SQL text
 */
export function searchTable(schema: string, grantee: string): string {
  const table = `${quoted(schema)}."document_search"`;
  return `
    CREATE TABLE ${table} (
      "tenant_id" text NOT NULL,
      "document_id" text NOT NULL,
      "seq" integer NOT NULL,
      "language" text NOT NULL,
      "words" text[] COLLATE "C" NOT NULL,
      "search" tsvector NOT NULL,
      CONSTRAINT "document_search_key" PRIMARY KEY ("tenant_id", "document_id", "seq"),
      CONSTRAINT "document_search_of_chunk" FOREIGN KEY ("tenant_id", "document_id", "seq")
        REFERENCES ${quoted(schema)}."document_chunks" ("tenant_id", "document_id", "seq") ON DELETE CASCADE
    );
    -- what waits to be sorted in is read by every search
    CREATE INDEX "document_search_words" ON ${table} USING gin ("words") WITH (gin_pending_list_limit = 512);
    ${boundBy(table, POLICIES, 'SELECT, INSERT', grantee)}`;
}
