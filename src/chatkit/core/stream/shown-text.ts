import type { ThreadItemUpdate } from '../wire/updates.js';
import { GrowingText } from './growing-text.js';

type Delta = Extract<ThreadItemUpdate, { type: 'assistant_message.content_part.text_delta' }>;

/** A delta that knows the text it was added to, so that whoever shows it keeps no second one. */
export class TextDelta implements Delta {
  readonly type = 'assistant_message.content_part.text_delta';
  readonly #text: GrowingText;
  readonly #before: number;
  readonly #added: string;

  /** Adds the delta to the text of whoever writes it. */
  constructor(
    readonly content_index: number,
    readonly delta: string,
    text: GrowingText,
  ) {
    this.#text = text;
    this.#before = text.length;
    this.#added = delta;
    text.add(delta);
  }

  /** The text that the delta was added to, if that was what was shown before, and the delta is still what was added. */
  static textOf(update: Delta, shown: GrowingText, length: number): GrowingText | undefined {
    if (!(#text in update) || update.delta !== update.#added || length !== update.#before) return undefined;
    return length === 0 || shown === update.#text ? update.#text : undefined;
  }
}

/** What was shown of a part's text: its writer's own text as far as it was shown, or where deltas say something else, its own. */
export class ShownText {
  #text: GrowingText;
  #isOwn = true;
  #length: number;

  constructor(text: string) {
    this.#text = new GrowingText(text);
    this.#length = text.length;
  }

  add(update: Delta): void {
    const written = TextDelta.textOf(update, this.#text, this.#length);
    if (written !== undefined) {
      this.#text = written;
      this.#isOwn = false;
    } else {
      if (!this.#isOwn) this.#text = new GrowingText(this.toString());
      this.#isOwn = true;
      this.#text.add(update.delta);
    }
    this.#length += update.delta.length;
  }

  toString(): string {
    return this.#text.upTo(this.#length);
  }
}
