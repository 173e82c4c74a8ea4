import { readEntity } from './entity.js';
import type { EntityInfo } from './entity.js';
import { asError } from './failure.js';
import { readAll } from './json.js';
import type { Options } from './options.js';
import { Store } from './store.js';

export interface TagSearchState {
  /** Where the `@` stands that is being completed; undefined when there is none. */
  readonly start?: number;
  readonly query: string;
  /** `searching` while the entities are those of an earlier query. */
  readonly status: 'searching' | 'found' | 'failed';
  readonly entities: readonly EntityInfo[];
}

const CLOSED: TagSearchState = { query: '', status: 'found', entities: [] };
/** Entities shown for one query. */
const MAX_ENTITIES = 50;
// An `@` that begins a word, and what was typed of the word so far.
const TRIGGER = /(?:^|[\s([{\uFFFC])@([^\s@\uFFFC]{0,80})$/;
/** Characters before the caret that can belong to a trigger. */
const LOOK_BACK = 100;

/** Finds entities for the `@` word at the caret. */
export class TagSearch {
  readonly state = new Store<TagSearchState>(CLOSED);
  #serial = 0;
  #dismissed: number | undefined;

  constructor(
    private readonly options: Store<Options>,
    private readonly report: (error: Error) => void,
  ) {}

  /** Follows the caret; `undefined` when nothing is being written. */
  look(text: string, caret: number | undefined): void {
    const from = Math.max(0, (caret ?? 0) - LOOK_BACK);
    const match = caret === undefined ? null : TRIGGER.exec(text.slice(from, caret));
    const query = match?.[1];
    if (caret === undefined || query === undefined || !this.options.value.entities.search) {
      this.#dismissed = undefined;
      this.#close();
      return;
    }
    const start = caret - query.length - 1;
    const { state } = this;
    if (this.#dismissed === start || (state.value.start === start && state.value.query === query)) return;
    const entities = state.value.start === start ? state.value.entities : [];
    state.set({ start, query, status: 'searching', entities });
    void this.#search(query);
  }

  /** Closes the list until another `@` is begun. */
  dismiss(): void {
    this.#dismissed = this.state.value.start;
    this.#close();
  }

  #close(): void {
    this.#serial += 1;
    this.state.set(CLOSED);
  }

  async #search(query: string): Promise<void> {
    this.#serial += 1;
    const serial = this.#serial;
    try {
      const found = readAll(await this.options.value.entities.search?.(query), readEntity);
      if (serial === this.#serial) this.#show('found', found.slice(0, MAX_ENTITIES));
    } catch (thrown) {
      if (serial === this.#serial) this.#show('failed', []);
      this.report(asError(thrown));
    }
  }

  #show(status: 'found' | 'failed', entities: readonly EntityInfo[]): void {
    this.state.update((state) => ({ ...state, status, entities }));
  }
}
