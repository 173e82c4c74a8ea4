import { chunksOf, type Chunk } from './chunks.js';
import { DocumentError } from './document-error.js';
import { recognise, type DocumentFormat, type Recognised } from './format.js';
import type { ParsedDocument } from './sections.js';

/** A document ready to be stored. */
export interface ReadDocument {
  readonly format: DocumentFormat;
  /** Absent where the document does not name itself. */
  readonly title?: string | undefined;
  /** At least one. */
  readonly chunks: readonly Chunk[];
}

/** Most characters of text in one document. */
const MAX_CHARACTERS = 2_000_000;

/**
 * Reads a file of any of the formats.
 *
 * @throws DocumentError when it is none of them, cannot be read, or says nothing or too much
 */
export async function readDocument(bytes: Uint8Array, filename: string): Promise<ReadDocument> {
  const recognised = await recognise(bytes, filename);
  const { title, sections } = await parse(recognised, bytes);
  const characters = sections.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > MAX_CHARACTERS) {
    throw new DocumentError(`the document has more than ${MAX_CHARACTERS} characters of text`);
  }
  const chunks = chunksOf(sections);
  if (chunks.length === 0) throw new DocumentError('the document holds no text');
  return { format: recognised.format, title, chunks };
}

/** Loads what reads a format when there is a document of it: some of these libraries are large. */
async function parse(recognised: Recognised, bytes: Uint8Array): Promise<ParsedDocument> {
  switch (recognised.format) {
    case 'pdf':
      return (await import('./pdf.js')).parsePdf(bytes);
    case 'html':
      return (await import('./html.js')).parseHtml(recognised.text);
    case 'markdown':
      return (await import('./markdown.js')).parseMarkdown(recognised.text);
    default:
      return { sections: [{ path: [], text: recognised.text }] };
  }
}
