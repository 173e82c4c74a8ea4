import { getDocumentProxy, getMeta } from 'unpdf';
import { DocumentError } from './document-error.js';
import type { Inflation } from './inflation.js';
import type { ParsedDocument, Section } from './sections.js';

/** What bounds the reading of a PDF, and who hears how far it has come. */
export interface PdfReading {
  readonly maxPages: number;
  /** Characters of text. */
  readonly maxCharacters: number;
  readonly inflation: Inflation;
  readonly onPage: (done: number, of: number) => void;
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * Reads the text of a PDF, page by page.
 *
 * @throws DocumentError when it cannot be read, is locked, inflates too far, has too many pages or too much text, or
 *   holds pictures of text alone
 */
export async function parsePdf(bytes: Uint8Array, reading: PdfReading): Promise<ParsedDocument> {
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    const { maxPages } = reading;
    if (pdf.numPages > maxPages) throw new DocumentError(`the PDF has more than ${maxPages} pages`);
    const sections = await sectionsOf(pdf, reading);
    if (sections.length === 0) throw new DocumentError('the PDF holds no text, only pictures');
    return { title: await titleOf(pdf), sections };
  } catch (error) {
    // where something inflates too far, the library fails with an error of its own
    reading.inflation.assertWithin();
    if (error instanceof DocumentError) throw error;
    throw new DocumentError('the PDF cannot be read: it is damaged or locked', { cause: error });
  }
}

/** One page after the other: all at once would be in memory together. */
async function sectionsOf(pdf: Pdf, { maxCharacters, inflation, onPage }: PdfReading): Promise<Section[]> {
  const { numPages } = pdf;
  const sections: Section[] = [];
  let characters = 0;
  for (let number = 1; number <= numPages; number++) {
    const text = await textOf(pdf, number);
    // the library goes on with what it has where something cannot be had
    inflation.assertWithin();
    characters += text.length;
    if (characters > maxCharacters) {
      throw new DocumentError(`the document has more than ${maxCharacters} characters of text`);
    }
    if (text !== '') sections.push({ path: numPages > 1 ? [`Page ${number}`] : [], text });
    onPage(number, numPages);
  }
  return sections;
}

async function textOf(pdf: Pdf, number: number): Promise<string> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return items
    .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
    .join('')
    .trim();
}

async function titleOf(pdf: Pdf): Promise<string | undefined> {
  const { info } = await getMeta(pdf);
  const title: unknown = info['Title'];
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined;
}
