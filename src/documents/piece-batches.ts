import type { Chunk } from './ingest/chunks.js';

/** Characters of the pieces that one statement stores: some tenths of a second of work for the database. */
const BATCH_CHARACTERS = 250_000;

/** Pieces of a document that are stored by one statement. */
export interface PieceBatch {
  /** How many stand before them. */
  readonly offset: number;
  readonly headings: readonly string[];
  readonly texts: readonly string[];
  /** Of each piece; none where they are not searched by meaning. */
  readonly vectors: readonly string[];
}

/**
 * Divides the pieces of a document so that no statement takes longer than the database allows, however long the document
 * is. There is always a batch, and the last one may be small.
 *
 * @param vectors of each piece, or none
 */
export function pieceBatches(chunks: readonly Chunk[], vectors: readonly string[]): readonly PieceBatch[] {
  const ends: number[] = [];
  let characters = 0;
  for (const [at, { heading, text }] of chunks.entries()) {
    if (characters > 0 && characters + heading.length + text.length > BATCH_CHARACTERS) {
      ends.push(at);
      characters = 0;
    }
    characters += heading.length + text.length;
  }
  return [...ends, chunks.length].map((end, index) => {
    const offset = ends[index - 1] ?? 0;
    const part = chunks.slice(offset, end);
    return {
      offset,
      headings: part.map(({ heading }) => heading),
      texts: part.map(({ text }) => text),
      vectors: vectors.slice(offset, end),
    };
  });
}
