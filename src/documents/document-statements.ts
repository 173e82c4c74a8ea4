import { statement } from '../store/index.js';

/** A document as it is listed. */
export interface DocumentRow {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly url: string | null;
  readonly filename: string;
  readonly format: string;
  readonly language: string;
  readonly characters: number;
  readonly chunks: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A piece that was found. */
export interface FoundRow {
  readonly document_id: string;
  readonly seq: number;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly url: string | null;
  readonly filename: string;
  readonly score: number;
}

const COLUMNS =
  'id, source, title, url, filename, format, language, characters, chunks, created_at, updated_at';
const OF_SOURCE = 'tenant_id = $1 AND source = $2';

/** Puts those who change a tenant's documents in line, so that its limits hold. */
export const lockDocuments = statement<[tenantId: string]>(
  'documents_lock',
  `SELECT pg_advisory_xact_lock(hashtextextended('chatkit:documents:' || $1, 0))`,
);

/** Creates or replaces by source; returns nothing where the tenant would have too much. */
export const upsertDocument = statement<
  [
    tenantId: string,
    source: string,
    id: string,
    title: string,
    url: string | null,
    filename: string,
    format: string,
    language: string,
    characters: number,
    chunks: number,
    maxDocuments: number,
    maxCharacters: number,
  ],
  DocumentRow
>(
  'document_save',
  `INSERT INTO documents (tenant_id, source, id, title, url, filename, format, language, characters, chunks)
   SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9::integer, $10::integer
   FROM (SELECT count(*) AS count, coalesce(sum(characters), 0) AS characters
         FROM documents WHERE tenant_id = $1 AND source <> $2) AS others
   WHERE others.count < $11::integer AND others.characters + $9::integer <= $12::integer
   ON CONFLICT (tenant_id, source) DO UPDATE
     SET title = excluded.title, url = excluded.url, filename = excluded.filename,
         format = excluded.format, language = excluded.language, characters = excluded.characters,
         chunks = excluded.chunks, updated_at = clock_timestamp()
   RETURNING ${COLUMNS}`,
);

export const deleteChunks = statement<[tenantId: string, documentId: string]>(
  'document_chunks_delete',
  'DELETE FROM document_chunks WHERE tenant_id = $1 AND document_id = $2',
);

/** Titles and headings count for more than what stands below them. */
export const insertChunks = statement<
  [tenantId: string, documentId: string, headings: readonly string[], texts: readonly string[]]
>(
  'document_chunks_save',
  `INSERT INTO document_chunks (tenant_id, document_id, seq, heading, text, search)
   SELECT $1, $2, piece.seq, piece.heading, piece.text,
     setweight(to_tsvector(language::regconfig, title), 'A') ||
     setweight(to_tsvector(language::regconfig, piece.heading), 'B') ||
     to_tsvector(language::regconfig, piece.text)
   FROM documents,
     unnest($3::text[], $4::text[]) WITH ORDINALITY AS piece (heading, text, seq)
   WHERE tenant_id = $1 AND id = $2`,
);

export const deleteDocument = statement<[tenantId: string, id: string], { readonly id: string }>(
  'document_delete',
  'DELETE FROM documents WHERE tenant_id = $1 AND id = $2 RETURNING id',
);

export const selectSource = statement<[tenantId: string, source: string], { readonly id: string }>(
  'document_of_source',
  `SELECT id FROM documents WHERE ${OF_SOURCE}`,
);

/** Whether $3 is part of title or source; nothing is part of every text. */
const NAMED = `strpos(lower(title || ' ' || source), lower($3)) > 0`;

/** The newest first. */
export const documentPage = statement<[tenantId: string, limit: number, search: string], DocumentRow>(
  'documents',
  `SELECT ${COLUMNS} FROM documents WHERE tenant_id = $1 AND ${NAMED} ORDER BY position DESC LIMIT $2`,
);

export const documentPageAfter = statement<
  [tenantId: string, limit: number, search: string, after: string],
  DocumentRow
>(
  'documents_after',
  `SELECT ${COLUMNS} FROM documents
   WHERE tenant_id = $1 AND ${NAMED}
     AND position < (SELECT position FROM documents WHERE tenant_id = $1 AND id = $4)
   ORDER BY position DESC LIMIT $2`,
);

/** A query that any of the words of a text answers, whatever it holds. */
const anyOf = (text: string): string =>
  `(SELECT string_agg('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery
    FROM unnest(tsvector_to_array(to_tsvector(language::regconfig, ${text}))) AS word)`;

/**
 * The pieces that hold any of the words of $2, as `words`: those first that hold all of them close together, and
 * many of them. $3 are words of the surroundings: they can find a piece, but hardly lift it above another.
 */
export const WORDS = `asked AS MATERIALIZED (
     SELECT language, plainto_tsquery(language::regconfig, $2) AS all_words,
       ${anyOf('$2')} AS words, ${anyOf('$3')} AS hints
     FROM (SELECT DISTINCT language FROM documents WHERE tenant_id = $1) AS used
   ), words AS (
     SELECT document_id, seq,
       ts_rank_cd(search, all_words) + coalesce(ts_rank(search, words), 0)
         + 0.05 * coalesce(ts_rank(search, hints), 0) AS score
     FROM asked
       JOIN documents AS document ON document.tenant_id = $1 AND document.language = asked.language
       JOIN document_chunks AS chunk ON chunk.tenant_id = $1 AND chunk.document_id = document.id
     WHERE search @@ words OR search @@ hints
   )`;

/** The best $4 of `found`, with their texts. */
export const FOUND = `SELECT document_id, seq, title, heading, text, url, filename, score
   FROM found
     JOIN document_chunks AS chunk USING (document_id, seq)
     JOIN documents AS document ON document.tenant_id = $1 AND document.id = document_id
   WHERE chunk.tenant_id = $1
   ORDER BY score DESC, position, seq
   LIMIT $4`;

export const searchChunks = statement<
  [tenantId: string, question: string, hints: string, limit: number],
  FoundRow
>(
  'document_chunks_search',
  `WITH ${WORDS}, found AS (SELECT * FROM words ORDER BY score DESC LIMIT $4) ${FOUND}`,
);
