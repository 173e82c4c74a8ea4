import * as fc from 'fast-check';
import { text } from './values.js';

/** Bytes of a file, from nothing like a document to almost one. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  text.map((value) => Buffer.from(value)),
  fc
    .tuple(fc.constantFrom('%PDF-1.4\n', '%PDF-1.7\n1 0 obj<<', '\u0089PNG\r\n'), text)
    .map((parts) => Buffer.from(parts.join(''))),
  fc
    .array(
      fc.oneof(
        text,
        fc.constantFrom(
          '<table>',
          '<tr>',
          '<h1>',
          '</table>',
          '<html>',
          '<main>',
          '<ul><li>',
          '<pre>',
          '# ',
          '> ',
          '|a|b|\n|-|-|\n',
        ),
        fc
          .tuple(
            fc.constantFrom('colspan', 'rowspan'),
            fc.constantFrom('-1', '0', '2', '1e9', '100000', 'NaN', '0.5', 'Infinity'),
          )
          .map(([name, span]) => `<td ${name}=${span}>cell`),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.from(`<html><body>${parts.join('')}`)),
  fc
    .constantFrom('<div>', '> ', '- ', '[', '*', '<table><tr><td>')
    .map((piece) => Buffer.from(piece.repeat(5000))),
);
const filenames = fc.oneof(
  text,
  fc.constantFrom('a.html', 'a.md', 'a.txt', 'a.pdf', '.', '/', 'a/../b.md', 'a.png'),
);
/** Fields beside the file of a form. */
export const formFields = fc.array(
  fc.tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom('source', 'title', 'url', 'language') }, text),
    fc.oneof(
      text,
      text.map((value) => `https://a.example/${value}`),
      fc.constantFrom('german', 'simple', 'klingon'),
    ),
  ),
  { maxLength: 3 },
);
/** A file as a form has it. */
export type File = readonly [content: Uint8Array, name: string, type: string];
/** Files of any content, name and type. */
export const files: fc.Arbitrary<File> = fc.tuple(
  contents,
  filenames,
  fc.oneof(fc.constantFrom('text/plain', 'image/png', 'application/json', 'application/pdf', ''), text),
);

/** A form that holds a file, after other fields. */
export function formOf(
  [content, name, type]: File,
  others: readonly (readonly [string, string])[] = [],
): FormData {
  const form = new FormData();
  for (const [field, value] of others) form.append(field, value);
  form.append('file', new Blob([new Uint8Array(content)], { type }), name);
  return form;
}
