import { extname } from 'node:path';
import { DocumentError } from './document-error.js';

/** What documents can be. */
export type DocumentFormat = 'markdown' | 'html' | 'text' | 'pdf';

/** A document told apart by what it holds: bytes of a PDF, or text. */
export type Recognised =
  { readonly format: 'pdf' } | { readonly format: Exclude<DocumentFormat, 'pdf'>; readonly text: string };

const BY_EXTENSION: Readonly<Record<string, Exclude<DocumentFormat, 'pdf'>>> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.htm': 'html',
  '.html': 'html',
  '.xhtml': 'html',
  '.txt': 'text',
};

/** Endings of the files that a folder is searched for. */
export const EXTENSIONS: readonly string[] = [...Object.keys(BY_EXTENSION), '.pdf'];

const LOOKS_LIKE_HTML =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html|head|body)\b/i;
/** Formats of text that the library names; whatever else it names is not for reading. */
const TEXTUAL = new Set(['application/xml', 'text/html', 'text/plain']);

/**
 * Finds out what a file is. Its bytes decide; its name only tells kinds of text apart.
 *
 * @throws DocumentError when it is none of the formats, or text of an unknown encoding
 */
export async function recognise(bytes: Uint8Array, filename: string): Promise<Recognised> {
  const { fileTypeFromBuffer } = await import('file-type');
  // what is too broken to tell may still be text
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found?.mime === 'application/pdf') return { format: 'pdf' };
  if (found !== undefined && !TEXTUAL.has(found.mime)) {
    throw new DocumentError(`${found.mime} is none of the formats: Markdown, HTML, text, PDF`);
  }
  const text = decode(bytes);
  if (LOOKS_LIKE_HTML.test(text.slice(0, 5000))) return { format: 'html', text };
  return { format: BY_EXTENSION[extname(filename).toLowerCase()] ?? 'text', text };
}

/** Text in UTF-8, or in UTF-16 that says so by its first bytes; line ends as `\n`. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text.replaceAll(/\r\n?/g, '\n');
  } catch {
    // falls through to the same refusal
  }
  throw new DocumentError('the file is no text in UTF-8 or UTF-16, and no PDF');
}
