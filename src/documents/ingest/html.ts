import { convert, type FormatCallback } from 'html-to-text';
import { SectionWriter, type ParsedDocument } from './sections.js';

/** Stands before a heading in the converted text, followed by its level. No text of a page holds it. */
const MARK = '\u{E000}';
const HEADING = new RegExp(String.raw`^${MARK}(\d)(.*)$`, 'u');
const MAX_DEPTH = 200;

const heading: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  builder.addLiteral(`${MARK}${String(element.name).slice(1)}`);
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 2 });
};

/**
 * A row of a table is a line. The library's own tables would be aligned, in a grid as large as a page says that
 * its cells reach.
 */
const row: FormatCallback = (element, walk, builder) => {
  builder.openBlock();
  walk(element.children, builder);
  builder.closeBlock();
};

const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder);
  builder.addLiteral('   ');
};

/** Reads a page: what its main part says, without navigation, scripts and addresses of links. */
export function parseHtml(source: string): ParsedDocument {
  const html = source.replaceAll(MARK, '');
  const text = convert(html, {
    wordwrap: false,
    baseElements: { selectors: ['main', 'article', 'body'], orderBy: 'selectors', returnDomByDefault: true },
    limits: { maxDepth: MAX_DEPTH, maxBaseElements: 1 },
    formatters: { heading, row, cell },
    selectors: [
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, format: 'heading' })),
      ...['nav', 'script', 'style', 'noscript', 'template', 'img', 'svg'].map((selector) => ({
        selector,
        format: 'skip',
      })),
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'table', format: 'block' },
      { selector: 'tr', format: 'row' },
      { selector: 'th', format: 'cell' },
      { selector: 'td', format: 'cell' },
    ],
  });
  return { title: titleOf(html), ...sectionsOf(text) };
}

/** Text of a piece of HTML, without its markup. */
export function plainTextOf(html: string): string {
  return convert(html, { wordwrap: false, limits: { maxDepth: MAX_DEPTH } }).trim();
}

function sectionsOf(text: string): Pick<ParsedDocument, 'sections'> {
  const writer = new SectionWriter();
  for (const block of text.split(/\n{2,}/)) {
    const [, level, title] = HEADING.exec(block.replaceAll('\n', ' ')) ?? [];
    if (level === undefined || title === undefined) writer.text(block);
    else writer.heading(Number(level), title);
  }
  return { sections: writer.finish() };
}

function titleOf(html: string): string | undefined {
  const inner = /<title[^<>]{0,200}>([^<]{1,2000})<\/title>/i.exec(html)?.[1];
  const title = inner === undefined ? '' : plainTextOf(inner);
  return title === '' ? undefined : title;
}
