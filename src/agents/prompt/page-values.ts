import { isRecord } from '../../common/is-record.js';

/** Parts of a list that are looked at, and how deep lists may stand within lists. */
const MAX_PARTS = 60;
const MAX_DEPTH = 3;
/** Longest JSON that is read out of a text. */
const MAX_JSON = 100_000;

/** Where objects that stand for a text have it, and where those that sort headings by level have them. */
const TEXT_KEYS = ['text', 'title', 'content', 'name', 'value', 'label'];
const LEVEL_KEYS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** What a text holds that is JSON of an object or a list; anything else as it is. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > MAX_JSON || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/**
 * The texts of a value in any shape that pages send: a text, a number, an object that has a text, headings by
 * level, or a list of such. Looks at a bounded part of it.
 */
export function textsOf(value: unknown): string[] {
  const found: string[] = [];
  for (const text of texts(value, 0)) if (found.push(text) === MAX_PARTS) break;
  return found;
}

/** The value under the first of these names that has a text. */
export function under(values: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  return valuesOf(values, names).find((value) => hasText(value, 0));
}

function* texts(value: unknown, depth: number): Generator<string, undefined, undefined> {
  if (typeof value === 'string' && value.trim() !== '') yield value;
  if (typeof value === 'number') yield String(value);
  if (depth === MAX_DEPTH) return;
  for (const part of partsOf(value, depth)) yield* texts(part, depth + 1);
}

function partsOf(value: unknown, depth: number): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, MAX_PARTS);
  if (!isRecord(value)) return [];
  const text = valuesOf(value, TEXT_KEYS).find((candidate) => hasText(candidate, depth + 1));
  return text === undefined ? valuesOf(value, LEVEL_KEYS) : [text];
}

function hasText(value: unknown, depth: number): boolean {
  return texts(value, depth).next().done === false;
}

function valuesOf(values: Readonly<Record<string, unknown>>, names: readonly string[]): unknown[] {
  return names.filter((name) => Object.hasOwn(values, name)).map((name) => values[name]);
}
