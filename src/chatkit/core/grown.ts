/** Characters that may be kept in pieces, and the part of a text that may where it is long. */
const IN_PIECES = 4096;
const PART = 1 / 8;

/**
 * A text that has grown by a piece. V8 keeps a sum of texts as its pieces, which take three times the memory of the text where each
 * is a word or two: as it grows it is written as one from time to time.
 */
export function grown(text: string, piece: string): string {
  const step = Math.max(IN_PIECES, 2 ** Math.floor(Math.log2(text.length)) * PART);
  const after = text.length + piece.length;
  const isDue = Math.floor(text.length / step) !== Math.floor(after / step);
  return isDue ? [text, piece].join('') : text + piece;
}
