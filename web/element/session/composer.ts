import { Store } from './store.js';

/** What the user has typed but not sent. */
export interface Draft {
  readonly text: string;
  readonly reply?: string;
}

export interface ComposerState extends Draft {
  /** Raised when the text was set by code, so that the input follows it. */
  readonly revision: number;
}

const EMPTY_DRAFT: Draft = { text: '' };
const MAX_DRAFTS = 50;
/** Characters a draft may hold. */
export const MAX_DRAFT_LENGTH = 100_000;

/** The composer's draft, with one kept in memory for each thread. */
export class Composer {
  readonly state = new Store<ComposerState>({ ...EMPTY_DRAFT, revision: 0 });
  readonly #drafts = new Map<string, Draft>();
  #key = '';

  /** Follows the user's typing. */
  type(text: string): void {
    this.state.update((state) => ({ ...state, text: text.slice(0, MAX_DRAFT_LENGTH) }));
  }

  /** Replaces the given parts of the draft; absent ones stay. */
  put(change: { text?: string; reply?: string | null }): void {
    const { text, reply, revision } = this.state.value;
    const nextReply = change.reply === undefined ? reply : (change.reply ?? undefined);
    this.#show({ text: change.text ?? text, ...(nextReply ? { reply: nextReply } : {}) }, revision + 1);
  }

  clear(): void {
    this.#show(EMPTY_DRAFT, this.state.value.revision + 1);
  }

  /** Brings a draft back after a failure, unless the user has begun another one. */
  restore(draft: Draft): void {
    if (this.state.value.text === '') this.#show(draft, this.state.value.revision + 1);
  }

  /** Keeps the current draft for its thread and shows the other thread's. */
  switchTo(threadId: string | null): void {
    const { text, reply, revision } = this.state.value;
    this.#drafts.delete(this.#key);
    if (text !== '') this.#drafts.set(this.#key, reply === undefined ? { text } : { text, reply });
    const oldest = this.#drafts.size > MAX_DRAFTS ? this.#drafts.keys().next().value : undefined;
    if (oldest !== undefined) this.#drafts.delete(oldest);
    this.#key = threadId ?? '';
    this.#show(this.#drafts.get(this.#key) ?? EMPTY_DRAFT, revision + 1);
  }

  /** The thread that the current draft belongs to got an id of its own. */
  adopt(threadId: string): void {
    this.#key = threadId;
  }

  #show(draft: Draft, revision: number): void {
    this.state.set({ ...draft, text: draft.text.slice(0, MAX_DRAFT_LENGTH), revision });
  }
}
