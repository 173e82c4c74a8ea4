import { DocumentError } from '../../src/documents/ingest/document-error.js';
import { CHUNK_CHARACTERS, chunksOf } from '../../src/documents/ingest/chunks.js';
import { DocumentsConfig } from '../../src/config/documents.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { DocumentReader } from '../../src/documents/reading/document-reader.js';
import { pdfOf } from './support/pdf.js';

const reader = new DocumentReader(loadConfig(DocumentsConfig, {}));

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('reading a document', () => {
  it('divides Markdown at its headings, which give the pieces their titles', async () => {
    const source = [
      '---\nlayout: page\n---\nWelcome.',
      '# Visiting *us*',
      'Come in.',
      '## Hours',
      'Nine to **five**.\n\n- not on Sundays',
      '```\n# no heading\n```',
      '## Rules\n<!-- secret -->\nNo dogs.',
      '# Contact\nWrite.',
    ].join('\n\n');
    expect(await reader.read(bytes(source), 'visit.md')).toEqual({
      format: 'markdown',
      title: 'Visiting us',
      chunks: [
        { heading: '', text: 'Welcome.' },
        { heading: 'Visiting us', text: 'Come in.' },
        {
          heading: 'Visiting us › Hours',
          text: 'Nine to **five**.\n\n- not on Sundays\n\n```\n# no heading\n```',
        },
        { heading: 'Visiting us › Rules', text: 'No dogs.' },
        { heading: 'Contact', text: 'Write.' },
      ],
    });
  });

  it('takes from HTML what the main part says', async () => {
    const html = `<!doctype html><html><head><title>Opening &amp; closing</title><style>p{}</style></head><body>
      <nav><a href="/">Home</a></nav><script>alert(1)</script>
      <main><h1>Visiting</h1><p>Come <a href="/in">in</a>.</p>
      <h2>Hours</h2><table><tr><th>Day</th><th>Time</th></tr><tr><td>Monday</td><td>9 to 5</td></tr></table>
      <ul><li>not on Sundays</li></ul></main></body></html>`;
    const { format, title, chunks } = await reader.read(bytes(html), 'page');
    expect({ format, title }).toEqual({ format: 'html', title: 'Opening & closing' });
    expect(chunks.map(({ heading }) => heading)).toEqual(['Visiting', 'Visiting › Hours']);
    expect(chunks[0]?.text).toBe('Come in.');
    expect(chunks[1]?.text).toMatch(/Day\s+Time\s+Monday\s+9 to 5[^]*not on Sundays/);
    expect(JSON.stringify(chunks)).not.toMatch(/Home|alert|p\{\}/);
  });

  it('takes the text of a PDF, page by page', async () => {
    const pdf = pdfOf(['Open from nine to five', 'Closed on Sundays'], 'House rules');
    expect(await reader.read(pdf, 'misleading.md')).toEqual({
      format: 'pdf',
      title: 'House rules',
      chunks: [
        { heading: 'Page 1', text: 'Open from nine to five' },
        { heading: 'Page 2', text: 'Closed on Sundays' },
      ],
    });
  });

  it.each([
    ['UTF-8', Buffer.from('\u{FEFF}Öffnungszeiten\r\nneun', 'utf8')],
    ['UTF-16', Buffer.from('\u{FEFF}Öffnungszeiten\r\nneun', 'utf16le')],
    ['big-endian UTF-16', Buffer.from('\u{FEFF}Öffnungszeiten\r\nneun', 'utf16le').swap16()],
  ])('reads plain text in %s', async (_, file) => {
    const chunks = [{ heading: '', text: 'Öffnungszeiten\nneun' }];
    expect(await reader.read(file, 'a.txt')).toEqual({ format: 'text', title: undefined, chunks });
  });

  it.each([
    ['text of an unknown encoding', Buffer.from([0x4f, 0xf6, 0x66]), /UTF-8/],
    ['bytes of no meaning', Buffer.from([1, 0, 2, 0, 0]), /UTF-8/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'), /image\/png/],
    ['a damaged PDF', Buffer.from('%PDF-1.4\nnothing'), /cannot be read/],
    ['a PDF without text', pdfOf(['']), /no text/],
    ['nothing', Buffer.from(' \n '), /no text/],
  ])('refuses %s', async (_, file, message) => {
    await expect(reader.read(file, 'a.md')).rejects.toThrow(message);
  });

  it.each([
    ['opened titles', '<html>' + '<title'.repeat(100_000)],
    ['opened comments', '# A\n\n<div>' + '<!--'.repeat(100_000)],
    ['tags in tags', '<html><body>' + '<div>'.repeat(50_000) + 'deep'],
    ['spaces without end', '<html><pre>' + ' '.repeat(300_000) + 'x</pre>'],
    ['brackets without end', '# A\n\n' + '<'.repeat(100_000)],
  ])('gets through %s', async (_, source) => {
    const read = await reader.read(bytes(source), 'a.md').catch((error: unknown) => {
      expect(error).toBeInstanceOf(DocumentError);
    });
    for (const { text } of read?.chunks ?? []) expect(text.length).toBeLessThanOrEqual(CHUNK_CHARACTERS);
  });

  it('divides long texts at paragraphs, else at sentences, else at words, and loses none', () => {
    const sentence = 'This is a sentence of some length that stands here. ';
    const paragraphs = Array.from({ length: 12 }, (_, index) => `${index} ${sentence.repeat(6).trim()}`);
    const pieces = chunksOf([{ path: ['A', 'B'], text: paragraphs.join('\n\n') }]);
    expect(pieces.length).toBeGreaterThan(1);
    for (const { heading, text } of pieces) {
      expect(heading).toBe('A › B');
      expect(text.length).toBeLessThanOrEqual(CHUNK_CHARACTERS);
      expect(text).toMatch(/^\d+ This/);
    }
    expect(pieces.map(({ text }) => text).join('\n\n')).toBe(paragraphs.join('\n\n'));

    for (const text of [sentence.repeat(100).trim(), 'word '.repeat(1000).trim(), '💥'.repeat(2000)]) {
      const parts = chunksOf([{ path: [], text }]).map((piece) => piece.text);
      expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(CHUNK_CHARACTERS);
      expect(parts.every((piece) => piece.isWellFormed())).toBe(true);
      expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });
});
