const OPEN = '<think>';
const CLOSE = '</think>';

/** A piece of an answer, divided. */
export interface Divided {
  readonly thoughts: string;
  readonly text: string;
}

/**
 * Divides an answer that begins with what the model thinks, in a tag, from its text, however the two are cut into
 * pieces. A tag further on is text.
 */
export class LeadingThoughts {
  #state: 'before' | 'inside' | 'after' | 'text' = 'before';
  /** What may be the beginning of a tag. */
  #held = '';

  /** Whether nothing but text can come. */
  get isPast(): boolean {
    return this.#state === 'text';
  }

  next(piece: string): Divided {
    switch (this.#state) {
      case 'before':
        return this.#before(this.#held + piece);
      case 'inside':
        return this.#inside(this.#held + piece);
      case 'after':
        return { thoughts: '', text: this.#after(piece) };
      default:
        return { thoughts: '', text: piece };
    }
  }

  /** The text that was held back, now that nothing follows. */
  end(): string {
    return this.#state === 'before' ? this.#held : '';
  }

  #before(given: string): Divided {
    const start = given.trimStart();
    if (start.startsWith(OPEN)) {
      this.#state = 'inside';
      return this.#inside(start.slice(OPEN.length));
    }
    this.#held = given;
    if (OPEN.startsWith(start)) return { thoughts: '', text: '' };
    this.#state = 'text';
    return { thoughts: '', text: given };
  }

  #inside(given: string): Divided {
    const end = given.indexOf(CLOSE);
    if (end === -1) {
      const thoughts = given.slice(0, given.length - beginningOf(CLOSE, given));
      this.#held = given.slice(thoughts.length);
      return { thoughts, text: '' };
    }
    this.#state = 'after';
    return { thoughts: given.slice(0, end), text: this.#after(given.slice(end + CLOSE.length)) };
  }

  /** Blank lines between the thoughts and the text are neither. */
  #after(given: string): string {
    const text = given.trimStart();
    if (text !== '') this.#state = 'text';
    return text;
  }
}

/** A whole answer without the thoughts that it begins with. */
export function withoutThoughts(answer: string): string {
  const thoughts = new LeadingThoughts();
  return thoughts.next(answer).text + thoughts.end();
}

/** How many characters at the end of the text the tag may begin with. */
function beginningOf(tag: string, text: string): number {
  let length = Math.min(tag.length - 1, text.length);
  while (!text.endsWith(tag.slice(0, length))) length -= 1;
  return length;
}
