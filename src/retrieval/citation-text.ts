const OPEN = '【';
const MAX_MARKER = 60;
/** `【1】`, `【1, 2】`, and with what some models add of their own: `【1†source】`. */
const NUMBERS = /^【\s*(\d{1,3}(?:\s*[,;、]\s*\d{1,3})*)\s*(?:†[^【】]*)?】/;
const UNFINISHED = /^【[\d\s,;、]*(?:†[^【】]*)?$/;

/** A number that was taken out of a text, and how many UTF-16 units of the text that is left stand before it. */
export interface CitedAt {
  readonly number: number;
  readonly index: number;
}

/** Text that can be shown, and the citations in it. */
export interface Shown {
  readonly text: string;
  readonly cited: readonly CitedAt[];
}

/**
 * Takes the markers of citations out of a text that comes in parts. Holds back only what may be the beginning of
 * a marker, and one space before it; however a text is divided, the same comes out.
 */
export class CitationText {
  #held = '';
  /** Units shown, and taken in without what is held. */
  #shown = 0;
  #taken = 0;
  readonly #removed: { readonly at: number; readonly length: number }[] = [];

  push(delta: string): Shown {
    const text = this.#held + delta;
    if (text.endsWith(' ') || text.includes(OPEN)) return this.#scan(text, false);
    this.#taken += text.length;
    return this.#show(text, '', []);
  }

  /** The rest, when no more comes. */
  end(): Shown {
    return this.#scan(this.#held, true);
  }

  /** Where a place of the text as it came in is in the text as it is shown. */
  placeOf(index: number): number {
    return this.#removed.reduce(
      (place, { at, length }) => (index > at ? place - Math.min(length, index - at) : place),
      index,
    );
  }

  #scan(text: string, isLast: boolean): Shown {
    const cited: CitedAt[] = [];
    let shown = '';
    let from = 0;
    for (let at = text.indexOf(OPEN); at !== -1; at = text.indexOf(OPEN, Math.max(at + 1, from))) {
      const rest = text.slice(at, at + MAX_MARKER);
      const start = at > from && text[at - 1] === ' ' ? at - 1 : at;
      const marker = NUMBERS.exec(rest);
      if (marker !== null) {
        shown += text.slice(from, start);
        const index = this.#shown + shown.length;
        for (const number of (marker[1] ?? '').split(/\D+/)) cited.push({ number: Number(number), index });
        from = at + marker[0].length;
        this.#removed.push({ at: this.#taken + start, length: from - start });
      } else if (!isLast && rest.length < MAX_MARKER && UNFINISHED.test(rest)) {
        this.#taken += start;
        return this.#show(shown + text.slice(from, start), text.slice(start), cited);
      }
    }
    const end = !isLast && from < text.length && text.endsWith(' ') ? text.length - 1 : text.length;
    this.#taken += end;
    return this.#show(shown + text.slice(from, end), text.slice(end), cited);
  }

  #show(text: string, held: string, cited: readonly CitedAt[]): Shown {
    this.#held = held;
    this.#shown += text.length;
    return { text, cited };
  }
}
