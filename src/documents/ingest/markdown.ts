import { marked, type Token, type Tokens } from 'marked';
import { plainTextOf } from './html.js';
import { SectionWriter, type ParsedDocument } from './sections.js';

/** Reads Markdown: its headings divide it, and its text stays Markdown, which a model reads well. */
export function parseMarkdown(source: string): ParsedDocument {
  const writer = new SectionWriter();
  let title: string | undefined;
  for (const token of marked.lexer(withoutFrontMatter(source))) {
    if (isHeading(token)) {
      const heading = plain(token.tokens);
      if (token.depth === 1) title ??= heading;
      writer.heading(token.depth, heading);
    } else if (token.type === 'html') {
      writer.text(plainTextOf(token.raw));
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
