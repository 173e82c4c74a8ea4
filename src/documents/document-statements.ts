import { statement } from '../store/index.js';
import { MARK } from './search/search-statements.js';

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
    bytes: number | null,
    maxDocuments: number,
    maxCharacters: number,
  ],
  DocumentRow
>(
  'document_save',
  `INSERT INTO documents (tenant_id, source, id, title, url, filename, format, language, characters, chunks, bytes)
   SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9::integer, $10::integer, $11::bigint
   FROM (SELECT count(*) AS count, coalesce(sum(characters), 0) AS characters
         FROM documents WHERE tenant_id = $1 AND source <> $2) AS others
   WHERE others.count < $12::integer AND others.characters + $9::integer <= $13::integer
   ON CONFLICT (tenant_id, source) DO UPDATE
     SET title = excluded.title, url = excluded.url, filename = excluded.filename,
         format = excluded.format, language = excluded.language, characters = excluded.characters,
         chunks = excluded.chunks, bytes = excluded.bytes, updated_at = clock_timestamp()
   RETURNING ${COLUMNS}`,
);

export const deleteChunks = statement<[tenantId: string, documentId: string]>(
  'document_chunks_delete',
  'DELETE FROM document_chunks WHERE tenant_id = $1 AND document_id = $2',
);

/** Pieces that stand behind $5 others. Titles and headings count for more than what stands below them. */
export const insertChunks = statement<
  [
    tenantId: string,
    documentId: string,
    headings: readonly string[],
    texts: readonly string[],
    offset: number,
  ]
>(
  'document_chunks_save',
  `WITH pieces AS (
     SELECT $5::integer + seq AS seq, language, heading, text, ${MARK} AS mark,
       setweight(to_tsvector(language::regconfig, title), 'A') ||
       setweight(to_tsvector(language::regconfig, heading), 'B') ||
       to_tsvector(language::regconfig, text) AS search
     FROM documents, unnest($3::text[], $4::text[]) WITH ORDINALITY AS piece (heading, text, seq)
     WHERE tenant_id = $1 AND id = $2
   ), kept AS (
     INSERT INTO document_chunks (tenant_id, document_id, seq, heading, text)
     SELECT $1, $2, seq, heading, text FROM pieces
   )
   INSERT INTO document_search (tenant_id, document_id, seq, language, words, search)
   SELECT $1, $2, seq, language, ARRAY(SELECT mark || word FROM unnest(tsvector_to_array(search)) AS word), search
   FROM pieces`,
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
