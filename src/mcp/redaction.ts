import { randomUUID } from 'node:crypto';

/** A secret in one of its forms. */
interface Form {
  readonly secret: string;
  readonly value: string;
  readonly mark: string;
}

/** How deep values are looked into; what lies deeper is left out. */
const MAX_DEPTH = 100;
/** Shorter pieces of base64 stand for too much else. */
const MIN_ENCODED = 8;

/**
 * Takes the secrets of one answer out of texts. In place of each stands a mark that nobody can guess, so
 * that a value the model has repeated can be put back where it belongs, and only there.
 */
export class Redaction {
  readonly #forms: Form[] = [];

  get isEmpty(): boolean {
    return this.#forms.length === 0;
  }

  /** Adds a secret as it is, and as it stands in addresses, in JSON, and in base64 whatever comes before it. */
  add(secret: string): void {
    if (secret === '') return;
    for (const value of formsOf(secret)) {
      if (this.#forms.some((known) => known.value === value)) continue;
      const mark = `[redacted-${randomUUID().slice(0, 8)}]`;
      this.#forms.push({ secret, value, mark });
    }
    // the longest first: one may be part of another
    this.#forms.sort((a, b) => b.value.length - a.value.length);
  }

  /** A text without secrets. */
  text(text: string): string {
    return this.#forms.reduce((clean, { value, mark }) => clean.replaceAll(value, mark), text);
  }

  /** A plain value whose texts hold no secrets; the value itself where there were none. */
  value<T>(value: T): T {
    return mapTexts(value, (text) => this.text(text)) as T;
  }

  /** Puts one secret back where its marks stand, each in its form. */
  restored<T>(value: T, secret: string): T {
    const known = this.#forms.filter((form) => form.secret === secret);
    const restore = (text: string): string =>
      known.reduce((restored, { mark, value: form }) => restored.replaceAll(mark, () => form), text);
    return mapTexts(value, restore) as T;
  }

  /** How many characters at the end of a text could be the beginning of a secret. */
  pending(text: string): number {
    return Math.max(0, ...this.#forms.map(({ value }) => overlap(text, value)));
  }
}

function formsOf(secret: string): Set<string> {
  const encoded = [0, 1, 2].flatMap((before) => base64Of(secret, before));
  return new Set([
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    ...encoded.filter(({ length }) => length >= MIN_ENCODED),
  ]);
}

/** The characters of base64, and of its form for addresses, that the secret alone decides after so many bytes. */
function base64Of(secret: string, before: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  const [first, end] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  return (['base64', 'base64url'] as const).map((form) => bytes.toString(form).slice(first, end));
}

/** Length of the longest end of the text, shorter than the secret, that the secret begins with. */
function overlap(text: string, secret: string): number {
  const [first = ''] = secret;
  let at = text.indexOf(first, Math.max(0, text.length - secret.length + 1));
  while (at !== -1 && !secret.startsWith(text.slice(at))) at = text.indexOf(first, at + 1);
  return at === -1 ? 0 : text.length - at;
}

/** A plain value with each of its texts, and each name in it, as it is mapped; the value itself where none changes. */
export function mapTexts(value: unknown, map: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) {
    if (depth === MAX_DEPTH) return [];
    const members = value.map((member) => mapTexts(member, map, depth + 1));
    return members.some((member, index) => member !== value[index]) ? members : value;
  }
  if (!isPlain(value)) return value;
  if (depth === MAX_DEPTH) return {};
  const entries = Object.entries(value);
  const mapped = entries.map(([key, member]) => [map(key), mapTexts(member, map, depth + 1)] as const);
  const isChanged = mapped.some(([key, member], index) => {
    const [before, was] = entries[index] ?? [];
    return key !== before || member !== was;
  });
  return isChanged ? Object.fromEntries(mapped) : value;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
