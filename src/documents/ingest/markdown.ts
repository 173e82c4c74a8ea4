import { marked, type Token, type Tokens } from 'marked';
import { SectionWriter, type ParsedDocument } from './sections.js';

/** Reads Markdown: its headings divide it, and its text stays Markdown, which a model reads well. */
export async function parseMarkdown(source: string): Promise<ParsedDocument> {
  const writer = new SectionWriter();
  const tokens = marked.lexer(withoutFrontMatter(source));
  // most documents hold none, and what reads it takes long to load
  const html = tokens.some(({ type }) => type === 'html') ? await import('./html.js') : undefined;
  let title: string | undefined;
  for (const token of tokens) {
    if (isHeading(token)) {
      const heading = plain(token.tokens);
      if (token.depth === 1) title ??= heading;
      writer.heading(token.depth, heading);
    } else if (token.type === 'html' && html !== undefined) {
      writer.text(html.plainTextOf(token.raw));
    } else {
      writer.text(token.raw);
    }
  }
  return { title, sections: writer.finish() };
}

/** Settings between two lines of dashes at the top are not part of what a document says. */
function withoutFrontMatter(source: string): string {
  return source.replace(/^---\n[\s\S]*?\n---\n/, '');
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === 'heading';
}

/** Text without its markup. */
function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if ('tokens' in token && token.tokens !== undefined) return plain(token.tokens);
      return 'text' in token && typeof token.text === 'string' ? token.text : '';
    })
    .join('');
}
