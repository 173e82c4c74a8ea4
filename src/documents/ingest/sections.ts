import { cut } from '../../chatkit/core/cut.js';
import { DocumentError } from './document-error.js';

/** Most sections of a document: however short, each is stored, searched and compared by itself. */
const MAX_SECTIONS = 10_000;
/** Longest title of a section: all sections below it repeat it. */
export const MAX_HEADING = 300;

/** A stretch of text below one heading. */
export interface Section {
  /** The headings above the text, outermost first; empty before the first heading. */
  readonly path: readonly string[];
  readonly text: string;
}

/** What a document says, whatever format it has. */
export interface ParsedDocument {
  /** Absent where the document does not name itself. */
  readonly title?: string | undefined;
  readonly sections: readonly Section[];
}

/**
 * Puts headings and texts, given in the order of the document, together to sections.
 *
 * @throws DocumentError from each method when there are too many
 */
export class SectionWriter {
  readonly #sections: Section[] = [];
  #path: { readonly level: number; readonly title: string }[] = [];
  #texts: string[] = [];

  heading(level: number, title: string): void {
    this.#close();
    this.#path = [
      ...this.#path.filter((above) => above.level < level),
      { level, title: cut(title.trim(), MAX_HEADING) },
    ];
  }

  text(text: string): void {
    if (text.trim() !== '') this.#texts.push(text.trim());
  }

  /** Everything so far. */
  finish(): Section[] {
    this.#close();
    return this.#sections;
  }

  #close(): void {
    if (this.#texts.length === 0) return;
    if (this.#sections.length >= MAX_SECTIONS) {
      throw new DocumentError(`the document has more than ${MAX_SECTIONS} sections`);
    }
    this.#sections.push({ path: this.#path.map(({ title }) => title), text: this.#texts.join('\n\n') });
    this.#texts = [];
  }
}
