import { cleanLine, cleanText, dataBlock, dataLine } from '../../model-text/data-text.js';
import type { Passage } from '../../retrieval/retriever.js';

const MAX_TITLE = 300;
const NOTE =
  'Passages from documents of the organisation that may fit the last message, each with its number. Where you ' +
  'use one, put its number in the brackets 【 and 】 directly after the sentence, for instance 【1】, and only so. ' +
  'Leave out what does not fit, and do not speak of passages or numbers otherwise.';

/** The passages as a block of the instructions, numbered from 1; nothing when there are none. */
export function documentsBlock(passages: readonly Passage[]): string | undefined {
  if (passages.length === 0) return undefined;
  const lines = passages.map(({ title, text }, index) =>
    dataLine(`passage ${index + 1}`, {
      title: withoutMarkers(cleanLine(title, MAX_TITLE)),
      text: withoutMarkers(cleanText(text, text.length + 1)),
    }),
  );
  return dataBlock('documents-data', NOTE, lines);
}

/** A document that is quoted must not cite others by itself. */
function withoutMarkers(text: string): string {
  return text.replaceAll('【', '[').replaceAll('】', ']');
}
