import { EMPTY_TEXT, sliceRich } from './rich-text.js';
import type { RichText, Tag } from './rich-text.js';
import { Store } from './store.js';
import type { Upload } from './uploads.js';

/** What the user has typed but not sent. */
export interface Draft {
  /** Holds a `TAG_MARK` for each tag. */
  readonly text: string;
  readonly tags?: readonly Tag[];
  readonly reply?: string;
  /** The tool and the files that a draft was to be sent with when sending it failed. */
  readonly toolId?: string;
  readonly uploads?: readonly Upload[];
}

export interface ComposerState extends Omit<Draft, 'toolId' | 'uploads'> {
  readonly tags: readonly Tag[];
  /** Raised when the text was set by code, so that the input follows it. */
  readonly revision: number;
}

const MAX_DRAFTS = 50;
/** Characters a draft may hold. */
export const MAX_DRAFT_LENGTH = 100_000;

/** The composer's draft, with one kept in memory for each thread. */
export class Composer {
  readonly state = new Store<ComposerState>({ ...EMPTY_TEXT, revision: 0 });
  readonly #drafts = new Map<string, Draft>();
  #key = '';

  /** Follows the user's typing. */
  type(text: string, tags: readonly Tag[] = []): void {
    this.state.update((state) => ({ ...state, ...bounded({ text, tags }) }));
  }

  /** Replaces the given parts of the draft; absent ones stay. */
  put(change: { text?: string; tags?: readonly Tag[]; reply?: string | null }): void {
    const { reply, ...before } = this.state.value;
    const content = change.text === undefined ? before : { text: change.text, tags: change.tags ?? [] };
    const nextReply = change.reply === undefined ? reply : (change.reply ?? undefined);
    this.#show({ text: content.text, tags: content.tags, ...(nextReply ? { reply: nextReply } : {}) });
  }

  clear(): void {
    this.#show(EMPTY_TEXT);
  }

  /** Brings a draft back after a failure, unless the user has begun another one. Tells whether it did. */
  restore(draft: Draft): boolean {
    if (this.state.value.text !== '') return false;
    this.#show(draft);
    return true;
  }

  /** Keeps the current draft for its thread and shows the other thread's. */
  switchTo(threadId: string | null): void {
    const { revision: _, ...draft } = this.state.value;
    this.#drafts.delete(this.#key);
    if (draft.text !== '' || draft.reply !== undefined) this.#drafts.set(this.#key, draft);
    const oldest = this.#drafts.size > MAX_DRAFTS ? this.#drafts.keys().next().value : undefined;
    if (oldest !== undefined) this.#drafts.delete(oldest);
    this.#key = threadId ?? '';
    this.#show(this.#drafts.get(this.#key) ?? EMPTY_TEXT);
  }

  /** The thread that the current draft belongs to got an id of its own. */
  adopt(threadId: string): void {
    this.#key = threadId;
  }

  #show({ text, tags = [], reply }: Draft): void {
    const revision = this.state.value.revision + 1;
    this.state.set({ ...bounded({ text, tags }), ...(reply === undefined ? {} : { reply }), revision });
  }
}

function bounded(rich: RichText): RichText {
  return rich.text.length > MAX_DRAFT_LENGTH ? sliceRich(rich, 0, MAX_DRAFT_LENGTH) : rich;
}
