import type { Token, Tokens } from 'marked';
import { lex } from './blocks.js';
import { isLineBreak } from './line-break.js';

/** The words of a Markdown text without its markup, for announcements and labels. */
export function plainText(source: string): string {
  return lex(source).map(wordsOf).join(' ').replace(/\s+/g, ' ').trim();
}

function wordsOf(token: Token): string {
  if (token.type === 'list') return (token as Tokens.List).items.map(wordsOf).join(' ');
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows]
      .map((cells) => cells.map(({ tokens }) => tokens.map(wordsOf).join('')).join(', '))
      .join('. ');
  }
  if ('tokens' in token && token.tokens) return token.tokens.map(wordsOf).join('');
  if (token.type === 'br' || isLineBreak(token.raw)) return ' ';
  return 'text' in token && typeof token.text === 'string' ? token.text : '';
}
