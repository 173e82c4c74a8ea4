import * as fc from 'fast-check';
import { headerValue } from './values.js';

/** Types of content, most of which say JSON in one way or another. */
export const contentType: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; charset=utf-16',
    'application/json; charset=utf-16le',
    'application/json; charset=utf-32',
    'application/json; charset=utf-7',
    'application/json; charset=latin1',
    'application/json; charset=none',
    'application/json; charset=',
    'application/json;;;',
    'application/ld+json',
    'application/x-www-form-urlencoded',
    'text/json',
    'TEXT/PLAIN',
    'multipart/form-data',
    '*/*',
    '/',
  ),
  headerValue,
  headerValue.map((value) => `application/json; charset=${value}`),
);

/** A text in the bytes that its type of content says, as far as there are such. */
export function encoded(text: string, type: string): Uint8Array<ArrayBuffer> {
  if (/utf-?16/i.test(type)) return Buffer.from(text, 'utf16le');
  if (/utf-?32/i.test(type))
    return new Uint8Array(Uint32Array.from(text, (one) => one.codePointAt(0) ?? 0).buffer);
  return Buffer.from(text, /latin1/i.test(type) ? 'latin1' : 'utf8');
}
