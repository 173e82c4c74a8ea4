import { asError } from './failure.js';
import { Store } from './store.js';

/** What can be chosen to take the place of the word that is being written. */
export interface WordEntry {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  readonly group?: string;
  readonly description?: string;
}

export interface WordSearchState<T extends WordEntry> {
  /** Where the word stands that is being completed; undefined when there is none. */
  readonly start?: number;
  readonly query: string;
  /** `searching` while the entries are those of an earlier query. */
  readonly status: 'searching' | 'found' | 'failed';
  readonly entries: readonly T[];
}

type Find<T> = (query: string) => Promise<readonly T[]> | readonly T[];

const CLOSED = { query: '', status: 'found', entries: [] } as const;
/** Entries shown for one query. */
const MAX_ENTRIES = 50;
/** Characters before the caret that can belong to a trigger. */
const LOOK_BACK = 100;

const TRIGGERS = {
  // An `@` that begins a word, and what was typed of the word so far.
  '@': /(?:^|[\s([{\uFFFC])@([^\s@\uFFFC]{0,80})$/,
  // A slash likewise; one more makes it a path.
  '/': /(?:^|[\s\uFFFC])\/([^\s/\uFFFC]{0,80})$/,
} as const;

export function fits({ title }: WordEntry, query: string): boolean {
  return title.toLocaleLowerCase().includes(query.toLocaleLowerCase());
}

/** Finds what completes the word at the caret that begins with a certain character. */
export class WordSearch<T extends WordEntry> {
  readonly state = new Store<WordSearchState<T>>(CLOSED);
  #serial = 0;
  #dismissed: number | undefined;
  #offered: readonly T[] | undefined;

  /** @param finder gives what finds entries; undefined when nothing is to be searched for */
  constructor(
    private readonly trigger: keyof typeof TRIGGERS,
    private readonly finder: () => Find<T> | undefined,
    private readonly report: (error: Error) => void,
  ) {}

  /** Follows the caret; `undefined` when nothing is being written. */
  look(text: string, caret: number | undefined): void {
    const from = Math.max(0, (caret ?? 0) - LOOK_BACK);
    const match = caret === undefined ? null : TRIGGERS[this.trigger].exec(text.slice(from, caret));
    const query = match?.[1];
    const find = this.#offered ? this.#among(this.#offered) : this.finder();
    if (caret === undefined || query === undefined || !find) {
      this.#dismissed = undefined;
      this.#close();
      return;
    }
    const start = caret - query.length - 1;
    const { state } = this;
    if (this.#dismissed === start || (state.value.start === start && state.value.query === query)) return;
    const entries = state.value.start === start ? state.value.entries : [];
    state.set({ start, query, status: 'searching', entries });
    void this.#search(query, find);
  }

  /** Closes the list until another word is begun. */
  dismiss(): void {
    this.#dismissed = this.state.value.start;
    this.#close();
  }

  /** The next word that is begun chooses among these. */
  offer(entries: readonly T[]): void {
    this.#offered = entries;
  }

  #among(entries: readonly T[]): Find<T> {
    return (query) => entries.filter((entry) => fits(entry, query));
  }

  #close(): void {
    this.#serial += 1;
    if (this.state.value.start !== undefined) this.#offered = undefined;
    this.state.set(CLOSED);
  }

  async #search(query: string, find: Find<T>): Promise<void> {
    this.#serial += 1;
    const serial = this.#serial;
    try {
      const found = await find(query);
      if (serial === this.#serial) this.#show('found', found.slice(0, MAX_ENTRIES));
    } catch (thrown) {
      if (serial === this.#serial) this.#show('failed', []);
      this.report(asError(thrown));
    }
  }

  #show(status: 'found' | 'failed', entries: readonly T[]): void {
    this.state.update((state) => ({ ...state, status, entries }));
  }
}

/** Entries under their groups, in the order in which the groups first appear. */
export function groupEntries<T extends WordEntry>(
  entries: readonly T[],
): readonly { readonly name: string | undefined; readonly members: readonly T[] }[] {
  const groups = Map.groupBy(entries, ({ group }) => group);
  return [...groups].map(([name, members]) => ({ name, members }));
}
