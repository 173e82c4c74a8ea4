import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { DocumentError } from './document-error.js';
import type { ParsedDocument } from './sections.js';

const MAX_PAGES = 2000;

/**
 * Reads the text of a PDF, page by page.
 *
 * @throws DocumentError when it cannot be read, is locked, or holds pictures of text alone
 */
export async function parsePdf(bytes: Uint8Array): Promise<ParsedDocument> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 }).catch((error: unknown) => {
    throw new DocumentError('the PDF cannot be read: it is damaged or locked', { cause: error });
  });
  try {
    if (pdf.numPages > MAX_PAGES) throw new DocumentError(`the PDF has more than ${MAX_PAGES} pages`);
    const { text } = await extractText(pdf);
    const sections = text
      .map((page, index) => ({ path: text.length > 1 ? [`Page ${index + 1}`] : [], text: page.trim() }))
      .filter((section) => section.text !== '');
    if (sections.length === 0) throw new DocumentError('the PDF holds no text, only pictures');
    return { title: await titleOf(pdf), sections };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function titleOf(pdf: Awaited<ReturnType<typeof getDocumentProxy>>): Promise<string | undefined> {
  const { info } = await getMeta(pdf);
  const title: unknown = info['Title'];
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined;
}
