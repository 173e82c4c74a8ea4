import * as z from 'zod';
import { MAX_ID_LENGTH } from './lengths.js';

export { datetime, timestamp } from './datetime.js';

/** An optional field for which `null` means absent, as everywhere in the protocol. */
export function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => value ?? undefined, schema.optional());
}

const WHOLE = /^[+-]?\d+(_\d+)*(\.0+)?$/;
const DECIMAL = /^[+-]?(\d[\d_]*(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

function numeric(value: unknown, spelling: RegExp): unknown {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return spelling.test(text) ? Number(text.replaceAll('_', '')) : value;
}

/** Whole numbers, also as text or with a zero fraction: the reference coerces these. */
export const integer = z.preprocess((value) => numeric(value, WHOLE), z.int());

/** Numbers with fractions, also as text. */
export const number = z.preprocess((value) => numeric(value, DECIMAL), z.number());

const truths = new Map<unknown, boolean>([
  ...['true', 't', 'yes', 'y', 'on', '1'].map((text) => [text, true] as const),
  ...['false', 'f', 'no', 'n', 'off', '0'].map((text) => [text, false] as const),
  [1, true] as const,
  [0, false] as const,
]);

/** Booleans, also in the spellings the reference coerces (`"yes"`, `"off"`, `1`). */
export const boolean = z.preprocess(
  (value) => truths.get(typeof value === 'string' ? value.toLowerCase() : value) ?? value,
  z.boolean(),
);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Any JSON object; its content belongs to the integration, down to keys that a copy would lose (`__proto__`). */
export const jsonObject = z.custom<Record<string, unknown>>(isObject, 'Invalid input: expected an object');

/** An id sent by a client. */
export const id = z.string().max(MAX_ID_LENGTH);

/** An absolute URL in its normal form. */
export const url = z.url().transform((text) => new URL(text).href);

const count = (value: object): number => (Array.isArray(value) ? value : Object.keys(value)).length;

/** Refuses a list or an object of more entries than that, before it looks at any of them. */
export function atMost<T extends z.ZodType>(entries: number, schema: T) {
  return z
    .unknown()
    .refine(
      (value) => typeof value !== 'object' || value === null || count(value) <= entries,
      `Too big: expected at most ${entries} entries`,
    )
    .pipe(schema);
}
