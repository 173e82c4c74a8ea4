import { statement } from '../../store/index.js';

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

/** Words of a question and of its surroundings that are searched for: ranking costs time for each. */
const MAX_WORDS = 16;
const MAX_HINTS = 8;

/**
 * What the words of a tenant in a `language` begin with in the index. The tenant is that of the transaction, whatever
 * the statement says.
 */
export const MARK = `left(encode(sha256(convert_to(
  current_setting('chatkit.tenant') || ':' || language, 'UTF8')), 'base64'), 11)`;

/** The words of a text in a `language`, the longest where there are too many: they tell most. */
const wordsOf = (text: string, max: number): string =>
  `(SELECT word FROM unnest(tsvector_to_array(to_tsvector(language::regconfig, ${text}))) AS word
    ORDER BY length(word) DESC, word LIMIT ${max})`;

/** The same as they are in the index. */
const markedWordsOf = (text: string, max: number): string =>
  `ARRAY(SELECT ${MARK} || word FROM ${wordsOf(text, max)} AS word)`;

/** A query that any of the words of a text answers, whatever it holds. */
const anyOf = (text: string, max: number): string =>
  `(SELECT string_agg('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery
    FROM ${wordsOf(text, max)} AS word)`;

const LANGUAGES = '(SELECT DISTINCT language FROM documents WHERE tenant_id = $1)';

/**
 * How long each of the statements after it may take. They are to use the index: the planner does not count what it costs to
 * unpack the words of every row.
 */
export const beginSearch = statement<[milliseconds: string]>(
  'document_search_begin',
  `SELECT set_config('statement_timeout', $1, true), set_config('enable_seqscan', 'off', true)`,
);

/**
 * The pieces that hold words of $2, as `words`: those first that hold all of them close together, and
 * many of them. $3 are words of the surroundings: they can find a piece, but hardly lift it above another. Covers are
 * looked for only where all words are, since that takes long.
 */
export const WORDS = `asked AS MATERIALIZED (
     SELECT language, plainto_tsquery(language::regconfig, $2) AS all_words,
       ${anyOf('$2', MAX_WORDS)} AS any_word, ${anyOf('$3', MAX_HINTS)} AS hints,
       ${markedWordsOf('$2', MAX_WORDS)} AS marked, ${markedWordsOf('$3', MAX_HINTS)} AS marked_hints
     FROM ${LANGUAGES} AS used
   ), pieces AS MATERIALIZED (
     SELECT DISTINCT ON (document_id, seq) piece.*, all_words, any_word, hints
     FROM asked, LATERAL document_pieces($1, marked, marked_hints) AS piece
     ORDER BY document_id, seq, has_all DESC
   ), words AS (
     SELECT document_id, seq,
       CASE WHEN has_all THEN ts_rank_cd(search, all_words) ELSE 0 END
         + coalesce(ts_rank(search, any_word), 0) + 0.05 * coalesce(ts_rank(search, hints), 0) AS score
     FROM pieces
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
