import type { RichText } from '../../session/rich-text.js';
import type { Span } from './selection.js';

/** A text as it was, and what was selected in it. */
export interface Snapshot {
  readonly rich: RichText;
  readonly span: Span;
}

const MAX_STEPS = 100;

/** Steps back and forth. The browser's own list knows nothing of tags, so it is not used. */
export class UndoSteps {
  #past: Snapshot[] = [];
  #future: Snapshot[] = [];
  /** Where typing has to go on to belong to the last step. */
  #typingAt: number | undefined;

  /**
   * Notes a change.
   *
   * @param typedTo where the caret is now, when the change was one of typing a word
   */
  note(before: Snapshot, typedTo?: number): void {
    const goesOn = typedTo !== undefined && this.#typingAt === before.span.start;
    this.#typingAt = typedTo;
    this.#future = [];
    if (goesOn && this.#past.length > 0) return;
    this.#past.push(before);
    if (this.#past.length > MAX_STEPS) this.#past.shift();
  }

  back(now: Snapshot): Snapshot | undefined {
    return this.#move(this.#past, this.#future, now);
  }

  forth(now: Snapshot): Snapshot | undefined {
    return this.#move(this.#future, this.#past, now);
  }

  forget(): void {
    this.#past = [];
    this.#future = [];
    this.#typingAt = undefined;
  }

  #move(from: Snapshot[], to: Snapshot[], now: Snapshot): Snapshot | undefined {
    this.#typingAt = undefined;
    const step = from.pop();
    if (step) to.push(now);
    return step;
  }
}
