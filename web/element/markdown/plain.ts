import type { Token, Tokens } from 'marked';
import { lex } from './blocks.js';

/** The words of a Markdown text without its markup, for announcements and labels. */
export function plainText(source: string): string {
  return lex(source).map(wordsOf).join(' ').replace(/\s+/g, ' ').trim();
}

function wordsOf(token: Token): string {
  if (token.type === 'list') return (token as Tokens.List).items.map(wordsOf).join(' ');
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].map((cells) => cells.map((cell) => cell.text).join(', ')).join('. ');
  }
  if ('tokens' in token && token.tokens) return token.tokens.map(wordsOf).join('');
  if (token.type === 'br') return ' ';
  return 'text' in token && typeof token.text === 'string' ? token.text : '';
}

/** The start of a text, cut at the end of a sentence where there is one. */
export function beginning(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit);
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('? '), cut.lastIndexOf('! '));
  return end > limit / 3 ? cut.slice(0, end + 1) : `${cut}…`;
}
