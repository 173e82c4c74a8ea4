import { statement } from '../../store/index.js';
import { FOUND, WORDS, type FoundRow } from '../search/search-statements.js';

/** How many of each kind are compared; the reciprocal ranks of those further down would hardly count. */
const CANDIDATES = 50;
/** Of reciprocal rank fusion, as its authors found it to serve. */
const RANK_CONSTANT = 60;

/** The statements on vectors, where pgvector is in that place. */
export function vectorStatements(place: string) {
  return {
    /** Of pieces that stand behind $5 others. */
    insert: statement<
      [tenantId: string, documentId: string, model: string, vectors: readonly string[], offset: number]
    >(
      'document_embeddings_save',
      `INSERT INTO document_embeddings (tenant_id, document_id, seq, model, embedding)
       SELECT $1, $2, $5::integer + given.seq, $3, given.embedding::${place}.vector
       FROM unnest($4::text[]) WITH ORDINALITY AS given (embedding, seq)`,
    ),
    /** As searchChunks, with what means something similar: both orders are fused by reciprocal ranks. */
    search: statement<
      [tenantId: string, question: string, hints: string, limit: number, model: string, vector: string],
      FoundRow
    >(
      'document_embeddings_search',
      `WITH ${WORDS}, near AS (
         SELECT document_id, seq,
           row_number() OVER (ORDER BY embedding OPERATOR(${place}.<=>) $6::${place}.vector) AS rank
         FROM document_embeddings WHERE tenant_id = $1 AND model = $5
         ORDER BY rank LIMIT ${CANDIDATES}
       ), ranked AS (
         (SELECT document_id, seq, row_number() OVER (ORDER BY score DESC) AS rank FROM words
          ORDER BY rank LIMIT ${CANDIDATES})
         UNION ALL SELECT document_id, seq, rank FROM near
       ), found AS (
         SELECT document_id, seq, sum(1.0 / (${RANK_CONSTANT} + rank))::float8 AS score
         FROM ranked GROUP BY document_id, seq
       ) ${FOUND}`,
    ),
  };
}
