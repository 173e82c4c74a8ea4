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

/** A PDF of one page whose content is packed so many times. */
function packedPdf(bytes: number, times = 1): HostileDocument {
  let content: Uint8Array = Buffer.alloc(bytes, ' ');
  for (let time = 0; time < times; time++) content = deflateSync(content);
  const filters = '/FlateDecode '.repeat(times);
  const head =
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n' +
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n' +
    `4 0 obj<</Length ${content.length}/Filter[${filters}]>>stream\n`;
  const end = '\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF';
  return { filename: 'a.pdf', bytes: Buffer.concat([Buffer.from(head), content, Buffer.from(end)]) };
}

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
  'rules that are none': markdown(`${'* * '.repeat(1_000_000)}a`),
};

const TOO_MUCH = /more than 2000000 characters/;
const INFLATES = /inflates to more than 134217728 bytes/;

/** Each with what its refusal says, or with nothing where it can be read. */
export const BOUNDED: Readonly<Record<string, readonly [HostileDocument, RegExp?]>> = {
  'a cell over a billion cells': [html('<table><tr><td colspan=30000 rowspan=30000>x</td></tr></table>')],
  'a cell over all rows': [html('<table><tr><td rowspan=999999999>x</td></tr></table>')],
  'a cell over all columns': [html('<table><tr><td colspan=100000000>x</td></tr></table>')],
  '400,000 cells': [html(`<table>${`<tr>${'<td>x</td>'.repeat(1000)}</tr>`.repeat(400)}</table>`)],
  'a million lists in a line': [markdown('- '.repeat(1_000_000))],
  '600 KB of underscores': [markdown('_'.repeat(600_000))],
  'opened brackets': [markdown('['.repeat(500_000))],
  'opened links': [markdown('[a]('.repeat(200_000))],
  'code without end': [markdown('`a'.repeat(300_000))],
  'settings without end': [markdown(`---\n${'a: b\n'.repeat(500_000)}`), TOO_MUCH],
  'spaces without end': [markdown(`# a\n${' '.repeat(5_000_000)}b`)],
  'a million attributes': [html(`<p ${'a=b '.repeat(1_000_000)}>hi</p>`)],
  'a million entities': [html(`<p>${'&amp;'.repeat(1_000_000)}</p>`)],
  'opened comments': [html('<!--'.repeat(500_000)), /holds no text/],
  'a line of 5 MB': [plain('a'.repeat(5_000_000)), TOO_MUCH],
  'nine million empty lines': [plain(`${'\n'.repeat(9_000_000)}b`), TOO_MUCH],
  'a PDF that inflates to 400 MB': [packedPdf(400_000_000), INFLATES],
  'a PDF that inflates twice': [packedPdf(400_000_000, 2), INFLATES],
  'a PDF of 2,001 pages': [
    { filename: 'a.pdf', bytes: Buffer.from(pdfOf(Array.from({ length: 2001 }, () => 'a'))) },
    /more than 2000 pages/,
  ],
};
