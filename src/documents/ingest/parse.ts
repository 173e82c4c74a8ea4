import { chunksOf, type Chunk } from './chunks.js';
import { DocumentError } from './document-error.js';
import { recognise, type DocumentFormat, type Recognised } from './format.js';
import { Inflation } from './inflation.js';
import type { ParsedDocument } from './sections.js';

/** A document ready to be stored. */
export interface ReadDocument {
  readonly format: DocumentFormat;
  /** Absent where the document does not name itself. */
  readonly title?: string | undefined;
  /** At least one. */
  readonly chunks: readonly Chunk[];
}

/** What one document may be. */
export interface DocumentLimits {
  readonly maxPages: number;
  /** Of all that is packed in it. */
  readonly maxInflatedBytes: number;
}

/** Most characters of text in one document. */
const MAX_CHARACTERS = 2_000_000;

/**
 * Reads a file of any of the formats, in a thread that has nothing else to do: some files keep it busy for long.
 *
 * @param onPage told how far it has come in a document of pages
 * @throws DocumentError when it is none of them, cannot be read, or says nothing or too much
 */
export async function readDocument(
  bytes: Uint8Array,
  filename: string,
  limits: DocumentLimits,
  onPage: (done: number, of: number) => void = () => undefined,
): Promise<ReadDocument> {
  const recognised = await recognise(bytes, filename);
  const { title, sections } = await readable(() => parse(recognised, bytes, limits, onPage));
  const characters = sections.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > MAX_CHARACTERS) {
    throw new DocumentError(`the document has more than ${MAX_CHARACTERS} characters of text`);
  }
  const chunks = chunksOf(sections);
  if (chunks.length === 0) throw new DocumentError('the document holds no text');
  return { format: recognised.format, title, chunks };
}

/** Loads what reads a format when there is a document of it: some of these libraries are large. */
async function parse(
  recognised: Recognised,
  bytes: Uint8Array,
  { maxPages, maxInflatedBytes }: DocumentLimits,
  onPage: (done: number, of: number) => void,
): Promise<ParsedDocument> {
  switch (recognised.format) {
    case 'pdf': {
      const inflation = new Inflation(maxInflatedBytes);
      inflation.watch();
      const { parsePdf } = await import('./pdf.js');
      return parsePdf(bytes, { maxPages, maxCharacters: MAX_CHARACTERS, inflation, onPage });
    }
    case 'html': {
      const { parseHtml } = await import('./html.js');
      return parseHtml(recognised.text);
    }
    case 'markdown': {
      const { parseMarkdown } = await import('./markdown.js');
      return parseMarkdown(recognised.text);
    }
    default:
      return { sections: [{ path: [], text: recognised.text }] };
  }
}

/** Nothing that a document says may be a defect of the server: what its library cannot read, nobody here can. */
async function readable(read: () => Promise<ParsedDocument>): Promise<ParsedDocument> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError('the file is damaged, or nested too deep to be read', { cause: error });
  }
}
