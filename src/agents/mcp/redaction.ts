import { randomUUID } from 'node:crypto';

interface Secret {
  readonly value: string;
  readonly mark: string;
}

/**
 * Takes the secrets of one answer out of texts. In place of each stands a mark that nobody can guess, so
 * that a value the model has repeated can be put back where it belongs, and only there.
 */
export class Redaction {
  readonly #secrets: Secret[] = [];

  get isEmpty(): boolean {
    return this.#secrets.length === 0;
  }

  add(value: string): void {
    if (value === '' || this.#secrets.some((known) => known.value === value)) return;
    const mark = `[redacted-${randomUUID().slice(0, 8)}]`;
    this.#secrets.push({ value, mark });
    // the longest first: one may be part of another
    this.#secrets.sort((a, b) => b.value.length - a.value.length);
  }

  /** A text without secrets. */
  text(text: string): string {
    return this.#secrets.reduce((clean, { value, mark }) => clean.replaceAll(value, mark), text);
  }

  /** A plain value whose texts hold no secrets; the value itself where there were none. */
  value<T>(value: T): T {
    return mapTexts(value, (text) => this.text(text)) as T;
  }

  /** Puts one secret back where its mark stands. */
  restored<T>(value: T, secret: string): T {
    const known = this.#secrets.find((each) => each.value === secret);
    return known === undefined
      ? value
      : (mapTexts(value, (text) => text.replaceAll(known.mark, known.value)) as T);
  }

  /** How many characters at the end of a text could be the beginning of a secret. */
  pending(text: string): number {
    return Math.max(0, ...this.#secrets.map(({ value }) => overlap(text, value)));
  }
}

/** Length of the longest end of the text, shorter than the secret, that the secret begins with. */
function overlap(text: string, secret: string): number {
  const [first = ''] = secret;
  let at = text.indexOf(first, Math.max(0, text.length - secret.length + 1));
  while (at !== -1 && !secret.startsWith(text.slice(at))) at = text.indexOf(first, at + 1);
  return at === -1 ? 0 : text.length - at;
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) {
    const members = value.map((member) => mapTexts(member, map));
    return members.some((member, index) => member !== value[index]) ? members : value;
  }
  if (!isPlain(value)) return value;
  const entries = Object.entries(value);
  const mapped = entries.map(([key, member]) => [key, mapTexts(member, map)] as const);
  return mapped.some(([, member], index) => member !== entries[index]?.[1])
    ? Object.fromEntries(mapped)
    : value;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
