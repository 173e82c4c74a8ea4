import { storableText } from '../../chatkit/core/text.js';
import { MAX_HEADING, type Section } from './sections.js';
import { cut } from '../../chatkit/core/cut.js';

/** A piece of a document, small enough to be given to a model among others. */
export interface Chunk {
  /** The headings above it, outermost first, divided by `›`. */
  readonly heading: string;
  readonly text: string;
}

/** Longest text of a piece, in UTF-16 units. */
export const CHUNK_CHARACTERS = 1500;

/** Where a text that is too long may be divided, the best place first. */
const SEAMS = [/\n{2,}/g, /\n/g, /(?<=[.!?…。！？])\s+/g, /\s+/g];

/** Divides sections at paragraphs, else at lines, sentences or words. */
export function chunksOf(sections: readonly Section[]): Chunk[] {
  return sections.flatMap(({ path, text }) => {
    const heading = cut(storableText(path.join(' › ')).trim(), MAX_HEADING);
    return divide(storableText(text).trim()).map((piece) => ({ heading, text: piece }));
  });
}

function divide(text: string, seams: readonly RegExp[] = SEAMS): string[] {
  if (text.length <= CHUNK_CHARACTERS) return text === '' ? [] : [text];
  const [seam, ...finer] = seams;
  if (seam === undefined) return byLength(text);
  const pieces: string[] = [];
  let start = 0;
  let end = 0;
  const close = (to: number): void => {
    pieces.push(...divide(text.slice(start, to).trim(), finer));
  };
  const gaps = Array.from(text.matchAll(seam), ({ index, 0: gap }) => ({ index, next: index + gap.length }));
  for (const { index, next } of [...gaps, { index: text.length, next: text.length }]) {
    if (index - start > CHUNK_CHARACTERS && end > start) {
      close(end);
      start = end;
    }
    end = next;
  }
  close(text.length);
  return pieces;
}

/** A single word without end. */
function byLength(text: string): string[] {
  const characters = Array.from(text);
  const half = CHUNK_CHARACTERS / 2;
  return Array.from({ length: Math.ceil(characters.length / half) }, (_, index) =>
    characters.slice(index * half, (index + 1) * half).join(''),
  );
}
