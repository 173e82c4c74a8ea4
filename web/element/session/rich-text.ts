import type { UserContent } from './wire.js';

/** Stands for one tag in the text, so that a caret position is an index and a tag is one character. */
export const TAG_MARK = '\uFFFC';

export type Tag = Extract<UserContent, { type: 'input_tag' }>;

/** Text with tags in it; the marks in the text and the tags are in the same order. */
export interface RichText {
  readonly text: string;
  readonly tags: readonly Tag[];
}

export const EMPTY_TEXT: RichText = { text: '', tags: [] };

/** Text that holds no tags, whatever was pasted into it. */
export function plainRich(text: string): RichText {
  return { text: text.replaceAll(TAG_MARK, ''), tags: [] };
}

export function tagRich(tag: Tag): RichText {
  return { text: TAG_MARK, tags: [tag] };
}

export function joinRich(...parts: readonly RichText[]): RichText {
  return { text: parts.map(({ text }) => text).join(''), tags: parts.flatMap(({ tags }) => tags) };
}

function countTags(text: string): number {
  return text.split(TAG_MARK).length - 1;
}

export function sliceRich({ text, tags }: RichText, start: number, end: number = text.length): RichText {
  const skipped = countTags(text.slice(0, start));
  const part = text.slice(start, end);
  return { text: part, tags: tags.slice(skipped, skipped + countTags(part)) };
}

/** The text with everything from `start` to `end` replaced. */
export function replaceRich(rich: RichText, start: number, end: number, insert: RichText): RichText {
  return joinRich(sliceRich(rich, 0, start), insert, sliceRich(rich, end));
}

export function trimRich(rich: RichText): RichText {
  const start = rich.text.length - rich.text.trimStart().length;
  return sliceRich(rich, start, Math.max(start, rich.text.trimEnd().length));
}

/** The parts of a message, in order; empty texts are left out. */
export function partsOf({ text, tags }: RichText): readonly UserContent[] {
  const parts: UserContent[] = [];
  for (const [at, words] of text.split(TAG_MARK).entries()) {
    const tag = at === 0 ? undefined : tags[at - 1];
    if (tag) parts.push(tag);
    if (words !== '') parts.push({ type: 'input_text', text: words });
  }
  return parts;
}

export function richOf(parts: readonly UserContent[]): RichText {
  return joinRich(...parts.map((part) => (part.type === 'input_tag' ? tagRich(part) : plainRich(part.text))));
}
