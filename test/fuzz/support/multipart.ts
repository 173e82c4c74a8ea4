import * as fc from 'fast-check';
import { text } from './values.js';

/** A form in bytes, and the header that goes with it. */
export interface RawForm {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

const LONG = 'b'.repeat(70);
const boundaries = fc.oneof(
  fc.constantFrom('x', LONG, `${LONG}${LONG}`, "a'()+_,-./:=?", ' a ', '-', '--', ''),
  fc.string({ minLength: 1, maxLength: 20 }).map((value) => value.replaceAll(/[^\u0020-\u007E]/g, '-')),
);

const quoted = (value: string): string => value.toWellFormed().replaceAll(/[\r\n"]/g, '_');

/** The line that names a part: a field, a file, both, or nothing that can be read. */
const dispositions = fc.oneof(
  text.map((name) => `form-data; name="${quoted(name)}"`),
  text.map((name) => `form-data; name="file"; filename="${quoted(name)}"`),
  fc.constantFrom(
    'form-data; name="file"; filename="a.md"',
    'form-data; name="file"; filename="../../a.md"',
    'form-data; name="file"; filename="a\\"b.md"',
    'form-data; name="file"; filename=""',
    'form-data; name="file"; filename',
    'form-data; name=file; filename=a.md',
    `form-data; name="file"; filename*=UTF-8''%F0%9F%92%A9.md`,
    `form-data; name="file"; filename*=UTF-8''%ff%00.md`,
    `form-data; name="file"; filename*=none''a.md`,
    'form-data; name="file"; filename="a.md"; filename="b.md"',
    'form-data; name="source[a][b][c]"',
    'form-data; name="__proto__"',
    'form-data; name="constructor[prototype]"',
    'form-data; name="title[]"',
    `form-data; name="${'n'.repeat(2000)}"`,
    'form-data',
    'attachment; filename="a.md"',
    '',
  ),
);

const partTypes = fc.constantFrom(
  '',
  'Content-Type: text/markdown\r\n',
  'Content-Type: multipart/mixed; boundary=y\r\n',
  'Content-Type: text/plain; charset=utf-16\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Transfer-Encoding: quoted-printable\r\n',
  `X-Long: ${'h'.repeat(20_000)}\r\n`,
  'X-Many: 1\r\n'.repeat(3000),
  'No colon\r\n',
);

const values = fc.oneof(
  text.map((value) => Buffer.from(value)),
  fc.uint8Array({ maxLength: 100 }),
  fc.constantFrom(9000, 120_000).map((size) => Buffer.alloc(size, 'v')),
);

const ends = fc.constantFrom('--x--\r\n', '--x--', '--x', '', '\r\n', '--x--\r\n--x\r\n');

/** Forms that a browser would never make. */
export const rawForms: fc.Arbitrary<RawForm> = fc
  .record({
    boundary: boundaries,
    announced: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, boundaries),
    parts: fc.array(fc.tuple(dispositions, partTypes, values), { maxLength: 4 }),
    end: ends,
    lines: fc.constantFrom('\r\n', '\r\n', '\r\n', '\n'),
  })
  .map(({ boundary, announced = boundary, parts, end, lines }) => {
    const bytes = parts.flatMap(([disposition, type, value]) => [
      Buffer.from(`--${boundary}${lines}Content-Disposition: ${disposition}${lines}${type}${lines}`),
      Buffer.from(value),
      Buffer.from(lines),
    ]);
    return {
      type: `multipart/form-data; boundary=${/^\w+$/.test(announced) ? announced : `"${announced.trim()}"`}`,
      body: Buffer.concat([...bytes, Buffer.from(end.replaceAll('x', boundary))]),
    };
  });
