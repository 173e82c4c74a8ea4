import { NotFoundError } from '../errors.js';
import type { Page } from '../wire/threads.js';

/** A page as a store reads it: JSON texts of its entries, joined by commas. */
export interface PageText<T> {
  /** Parsed when somebody looks at the entries. */
  readonly entries: () => T[];
  /** The entries as clients are shown them, where nothing has to be taken out or added. */
  readonly shown: string | undefined;
  readonly has_more: boolean;
  readonly after?: string | undefined;
}

/**
 * A page that a store may give instead of a plain one: its text goes to the client as it is, and objects are made only
 * for who looks at `data`. From then on the text counts no more, since the entries may have been changed; a copy never
 * has it.
 */
export class TextPage<T> implements Page<T> {
  readonly has_more: boolean;
  readonly after?: string | undefined;
  declare data: T[];
  readonly #entries: () => T[];
  #data: T[] | undefined;
  #shown: string | undefined;

  // one for all pages: functions of its own would give each a hidden class, which outlives it together with its text
  static readonly #DATA: ThisType<TextPage<unknown>> & PropertyDescriptor = {
    enumerable: true,
    configurable: true,
    get() {
      this.#shown = undefined;
      return (this.#data ??= this.#entries());
    },
    set(changed: unknown[]) {
      this.#shown = undefined;
      this.#data = changed;
    },
  };

  constructor({ entries, shown, has_more, after }: PageText<T>) {
    this.#entries = entries;
    Object.defineProperty(this, 'data', TextPage.#DATA);
    this.has_more = has_more;
    if (after !== undefined) this.after = after;
    this.#shown = shown;
  }

  /** What clients are shown of the page, as JSON; undefined where it has to be made of `data`. */
  static shownText(page: Page<unknown>): string | undefined {
    return page instanceof TextPage ? page.#wireText() : undefined;
  }

  #wireText(): string | undefined {
    if (this.#shown === undefined) return undefined;
    const after = this.after === undefined ? '' : `,"after":${JSON.stringify(this.after)}`;
    return `{"data":[${this.#shown}],"has_more":${this.has_more}${after}}`;
  }
}

/** Which part of a list: at most `limit` entries after the cursor `after`, in that order. */
export interface PageQuery {
  /** Whole number, at least 1. A store may cap it; `has_more` then tells that there is more. */
  limit: number;
  order: 'asc' | 'desc';
  /** Id of the last entry already seen. */
  after?: string | undefined;
}

/** That part of the rows, which come oldest first. */
export function pageOf<T extends { id: string }>(rows: T[], { limit, order, after }: PageQuery): Page<T> {
  if (order === 'desc') rows.reverse();
  const start = after === undefined ? 0 : rows.findIndex((row) => row.id === after) + 1;
  if (after !== undefined && start === 0) throw new NotFoundError('Cursor');
  const data = rows.slice(start, start + limit);
  const has_more = rows.length > start + limit;
  return { data, has_more, after: has_more ? data.at(-1)?.id : undefined };
}
