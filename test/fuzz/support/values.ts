import * as fc from 'fast-check';

const RARE = String.fromCodePoint(
  ...Array.from({ length: 1000 }, (_, index) => 0x1_0000 + ((index * 7919) % 0xf_0000)),
);

/** Texts that have been too much for one server or another. */
export const NOTORIOUS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\uD800',
  'a\uDC00b',
  '\u202E\u200B\uFEFF',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '%00',
  '%',
  "'; DROP TABLE threads; --",
  '0000-01-01T00:00:00.000000Z',
  '2026-02-30T00:00:00.000000Z',
  '2026-02-30',
  '2026-13-01T25:61:61Z',
  '9999-12-31T23:59:59Z',
  '-1',
  '1e999',
  'NaN',
  'null',
  '<table><td rowspan=-1 colspan=1e9>',
  'x'.repeat(300),
  'x'.repeat(10_001),
  RARE,
];

/** Any character. The library's own kind makes a table of all million of them. */
const character = fc
  .integer({ min: 0, max: 0x10_f7ff })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800));

/** Any text: ordinary, of any code units, or notorious. */
export const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: character, maxLength: 40 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom(...NOTORIOUS),
);

/** Any value JSON can say, and some it is rarely made to say. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.jsonValue({ stringUnit: character, maxDepth: 3 }),
  fc.constantFrom<unknown>(null, -1, 0, 1.5, 1e308, 2 ** 53, -0, true, [], {}, [[]], [null]),
  fc.dictionary(text, text, { maxKeys: 3 }),
  fc.constantFrom(20, 99, 101, 5000).map(nested),
);

/** Lists in lists, as deep as that. Built from inside out, as a call would not get that deep. */
export function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < depth; level++) value = [value];
  return value;
}

/** JSON text of any depth, where `JSON.stringify` gives up. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return `{"deep":${'['.repeat(5000)}${']'.repeat(5000)}}`;
  }
}

/** JSON that is hardly any, or that says what an object of JavaScript takes for more than a member. */
export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '{"__proto__":{"type":"threads.list","limit":1}}',
    '{"constructor":{"prototype":{"a":1}},"tenant_id":"x"}',
    '{"type":"threads.list","type":"threads.create","params":{}}',
    '{"to":"row","to":"schema"}',
    '{"tenant_id":"\\ud800"}',
    '{"user_id":"\\udc00\\ud800","reason":"\\u0000"}',
    '\uFEFF{"type":"threads.list","params":{}}',
    '{"a":NaN}',
    "{'a':1}",
    '{"a":1,}',
    '{"a":01}',
    '{"a":1e99999}',
    `{"limit":${'9'.repeat(5000)}}`,
    `{"a":-${'0'.repeat(5000)}1}`,
    `"${'\\u0000'.repeat(5000)}"`,
  ),
  fc.constantFrom(500, 20_000, 100_000).map((width) => `[${'0,'.repeat(width)}0]`),
  fc
    .constantFrom(500, 20_000)
    .map((width) => `{${Array.from({ length: width }, (_, at) => `"k${at}":${at}`).join(',')}}`),
  fc.constantFrom(100, 5000, 100_000).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  fc.constantFrom(100, 5000, 100_000).map((depth) => '['.repeat(depth)),
);

type Path = readonly (string | number)[];

function* pathsOf(value: unknown, above: Path = []): Generator<Path> {
  yield above;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield* pathsOf(member, [...above, Array.isArray(value) ? Number(key) : key]);
  }
}

const REMOVED = Symbol('removed');
/** Names that every object has already. */
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toJSON', 'then'];

function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const at = Number(key);
    return at in value ? value.with(at, changed(value[at], rest, to)) : value;
  }
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    name === key ? changed(member, rest, to) : member,
  ]);
  return Object.fromEntries(entries.filter(([, member]) => member !== REMOVED));
}

/** The value with a few of its members, at any depth, replaced by others, or gone. */
export function disfigured(value: object): fc.Arbitrary<unknown> {
  const paths = [...pathsOf(value)];
  const change = fc.tuple(
    fc.constantFrom(...paths),
    fc.oneof(
      { weight: 4, arbitrary: json },
      fc.constant(REMOVED),
      fc.dictionary(fc.constantFrom(...PROTOTYPE_KEYS), json, { maxKeys: 2 }),
    ),
  );
  return fc.array(change, { maxLength: 3 }).map((changes) =>
    changes.reduce<unknown>((now, [path, to]) => {
      const next = changed(now, path, to === REMOVED && path.length === 0 ? null : to);
      return next === REMOVED ? null : next;
    }, value),
  );
}

/** Node itself refuses a request line and headers of more than 16 KiB. */
const MAX_ENCODED = 1200;

/** The bytes of a text as they can stand in a path or a query, whichever they are, as far as they fit there. */
export function percentEncoded(value: string): string {
  return [...Buffer.from(value, 'utf8').subarray(0, MAX_ENCODED)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
}

/** Values of a header: what the client of the tests lets through. */
export const headerValue = text.map((value) =>
  value
    .replaceAll(/[^\t\u0020-\u007E\u0080-\u00FF]/gu, '?')
    .trim()
    .slice(0, 500),
);
