import { deflateSync } from 'node:zlib';
import { pdfOf } from './pdf.js';

/** A document as an attacker hands it in. */
export interface HostileDocument {
  readonly filename: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const document = (filename: string, text: string): HostileDocument => ({
  filename,
  bytes: Buffer.from(text),
});
const html = (text: string): HostileDocument => document('a.html', text);
const markdown = (text: string): HostileDocument => document('a.md', text);
const plain = (text: string): HostileDocument => document('a.txt', text);

const pack = (bytes: number): Uint8Array => deflateSync(Buffer.alloc(bytes, ' '), { level: 1 });
const SPACES = pack(5_000_000);

/** What a PDF is made of beside its stream. */
interface PdfParts {
  /** Entries of the stream's dictionary. */
  readonly stream?: string;
  /** Pages, which share the stream. */
  readonly pages?: number;
  /** Entries of each page. */
  readonly page?: string;
}

/** A PDF that holds one stream, the object 4. */
function pdf(content: Uint8Array, { stream = '', pages = 1, page = '' }: PdfParts = {}): HostileDocument {
  const numbers = Array.from({ length: pages }, (_, index) => 10 + index);
  const head =
    '%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n' +
    `2 0 obj<</Type/Pages/Kids[${numbers.map((number) => `${number} 0 R`).join(' ')}]/Count ${pages}>>endobj\n` +
    numbers
      .map(
        (number) =>
          `${number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R${page}>>endobj\n`,
      )
      .join('') +
    '5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\n' +
    `endstream endobj\n4 0 obj<</Length ${content.length}${stream}>>stream\n`;
  const end = '\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF';
  return { filename: 'a.pdf', bytes: Buffer.concat([Buffer.from(head), content, Buffer.from(end)]) };
}

/** A PDF whose page writes what lies in a stream of so many objects. */
function packedObjects(count: number): HostileDocument {
  const index = Array.from({ length: count }, (_, at) => `${at + 100} ${at * 5} `).join('');
  const packed = deflateSync(Buffer.from(index + 'null '.repeat(count)));
  const parts = [
    Buffer.from('%PDF-1.5\n'),
    Buffer.from('1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n'),
    Buffer.from('2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'),
    Buffer.from('3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 100 0 R>>endobj\n'),
    streamOf(4, `/Type/ObjStm/N ${count}/First ${index.length}/Filter/FlateDecode`, packed),
  ];
  const starts = parts.map((_, at) => Buffer.concat(parts.slice(0, at)).length);
  const table = Buffer.concat(parts).length;
  // where each object lies, and the object 100 in the stream 4
  const places = [...starts.slice(1), table].map((start) => [1, start, 0]);
  const rows = [[0, 0, 0], ...places, [2, 4, 0]].map(([type = 0, where = 0, at = 0]) => {
    const row = Buffer.alloc(7);
    row.writeUInt8(type);
    row.writeUInt32BE(where, 1);
    row.writeUInt16BE(at, 5);
    return row;
  });
  const entries = '/Type/XRef/W[1 4 2]/Index[0 6 100 1]/Size 101/Root 1 0 R';
  const end = Buffer.from(`startxref\n${table}\n%%EOF`);
  return {
    filename: 'a.pdf',
    bytes: Buffer.concat([...parts, streamOf(5, entries, Buffer.concat(rows)), end]),
  };
}

const streamOf = (number: number, entries: string, content: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`${number} 0 obj<</Length ${content.length}${entries}>>stream\n`),
    content,
    Buffer.from('\nendstream endobj\n'),
  ]);

const utf16 = (filename: string, text: string): HostileDocument => ({
  filename,
  bytes: Buffer.from(`\u{FEFF}${text}`, 'utf16le'),
});

/** Keeps a thread busy until it is stopped. */
export const ENDLESS = html('<div>'.repeat(500_000) + 'deep');

/** Those that keep a thread busy until a limit is reached. */
export const BUSY: Readonly<Record<string, HostileDocument>> = {
  'half a million elements in each other': ENDLESS,
  'lines of elements in Markdown': markdown('<div>\n'.repeat(120_000)),
  'lists in lists': markdown(
    Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n'),
  ),
  'emphasis without end': markdown('_a'.repeat(300_000)),
  'quotes in quotes': markdown('>'.repeat(500_000)),
  'a table of half a million cells': markdown(
    `${'|a'.repeat(100_000)}\n${'|-'.repeat(100_000)}\n${`${'|b'.repeat(1000)}\n`.repeat(500)}`,
  ),
  'emphasis in emphasis': markdown('**a *b '.repeat(100_000) + 'c* d**'.repeat(100_000)),
  'elements in each other, in UTF-16': utf16('a.html', `<html>${'<div>'.repeat(300_000)}`),
  'rules that are none': markdown(`${'* * '.repeat(1_000_000)}a`),
};

/** Takes more memory than the smallest limit, at once. */
export const LARGE = plain('a '.repeat(700_000));

const TOO_MUCH = /more than 2000000 characters/;
const SECTIONS = /more than 10000 sections/;
const NO_TEXT = /holds no text/;
const INFLATES = /inflates to more than 1048576 bytes/;

/** Each with what its refusal says, or with nothing where it can be read. */
export const BOUNDED: Readonly<Record<string, readonly [HostileDocument, RegExp?]>> = {
  'a cell over a billion cells': [html('<table><tr><td colspan=30000 rowspan=30000>x</td></tr></table>')],
  'a cell over all rows': [html('<table><tr><td rowspan=999999999>x</td></tr></table>')],
  'a cell over all columns': [html('<table><tr><td colspan=100000000>x</td></tr></table>')],
  '50,000 cells': [html(`<table>${`<tr>${'<td>x</td>'.repeat(1000)}</tr>`.repeat(50)}</table>`)],
  'half a million lists in a line': [markdown('- '.repeat(500_000))],
  '600 KB of underscores': [markdown('_'.repeat(600_000))],
  'opened brackets': [markdown('['.repeat(250_000))],
  'opened links': [markdown('[a]('.repeat(100_000))],
  'code without end': [markdown('`a'.repeat(150_000))],
  'settings without end': [markdown(`---\n${'a: b\n'.repeat(500_000)}`), TOO_MUCH],
  'spaces without end': [markdown(`# a\n${' '.repeat(5_000_000)}b`)],
  'a million attributes': [html(`<p ${'a=b '.repeat(1_000_000)}>hi</p>`)],
  'half a million entities': [html(`<p>${'&amp;'.repeat(500_000)}</p>`)],
  'a quarter of a million unfinished entities': [html(`<html>${'&#x'.repeat(250_000)}`)],
  'opened comments': [html('<!--'.repeat(500_000)), NO_TEXT],
  'opened parentheses': [markdown('('.repeat(600_000))],
  '600 KB of stars': [markdown('*'.repeat(600_000))],
  'links in links': [markdown('['.repeat(100_000) + ']()'.repeat(100_000))],
  'fifty thousand references': [
    markdown(`${Array.from({ length: 50_000 }, (_, index) => `[r${index}]: /x`).join('\n')}\n\nb`),
  ],
  'sections below a long heading, as a page': [
    html(`<html><h1>${'x'.repeat(300)}</h1>${'<h2>y</h2>b'.repeat(12_000)}`),
    SECTIONS,
  ],
  'sections below a long heading, in Markdown': [
    markdown(`# ${'x'.repeat(300)}\n${'## y\nb\n'.repeat(12_000)}`),
    SECTIONS,
  ],
  'sections below a heading of a megabyte': [
    markdown(`# ${'x'.repeat(1_000_000)}\n${'## y\nb\n'.repeat(1000)}`),
  ],
  'too many characters in UTF-16': [utf16('a.txt', 'ab cd '.repeat(400_000)), TOO_MUCH],
  'half of a character in UTF-16': [utf16('a.txt', '\u{D800}'.repeat(1000)), /no text in UTF-8 or UTF-16/],
  'a line of 5 MB': [plain('a'.repeat(5_000_000)), TOO_MUCH],
  'nine million empty lines': [plain(`${'\n'.repeat(9_000_000)}b`), TOO_MUCH],
  'a PDF that inflates to 5 MB': [pdf(SPACES, { stream: '/Filter/FlateDecode' }), INFLATES],
  'a PDF that inflates twice': [
    pdf(deflateSync(SPACES), { stream: '/Filter[/FlateDecode/FlateDecode]' }),
    INFLATES,
  ],
  'a PDF that inflates once it is no longer hexadecimal': [
    pdf(Buffer.from(`${Buffer.from(SPACES).toString('hex')}>`), {
      stream: '/Filter[/ASCIIHexDecode/FlateDecode]',
    }),
    INFLATES,
  ],
  'a PDF of runs': [
    pdf(Buffer.alloc(100_000, Buffer.from([129, 32])), { stream: '/Filter/RunLengthDecode' }),
    INFLATES,
  ],
  'a PDF whose pages inflate to too much together': [
    pdf(pack(500_000), { stream: '/Filter/FlateDecode', pages: 40 }),
    INFLATES,
  ],
  'a PDF of forty thousand packed objects': [packedObjects(40_000), NO_TEXT],
  'a PDF of packed objects that inflate to too much': [packedObjects(100_000), INFLATES],
  'a PDF that draws itself': [
    pdf(Buffer.from('/X Do'), { page: '/Resources<</XObject<</X 5 0 R>>>>' }),
    NO_TEXT,
  ],
  'a PDF of lists in lists': [pdf(Buffer.from('['.repeat(1_000_000))), NO_TEXT],
  'a PDF whose pages are a circle': [
    document(
      'a.pdf',
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n' +
        '2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
    ),
    /cannot be read/,
  ],
  'a PDF of 2,001 pages': [
    { filename: 'a.pdf', bytes: Buffer.from(pdfOf(Array.from({ length: 2001 }, () => 'a'))) },
    /more than 2000 pages/,
  ],
};
