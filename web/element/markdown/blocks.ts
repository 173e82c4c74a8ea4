import { Lexer } from 'marked';
import type { Token } from 'marked';
import { mathExtensions } from './math.js';
import { ChatTokenizer } from './tokenizer.js';

/** Blocks at the end that more text may still change: a paragraph before a setext line, a list, a table. */
const UNSETTLED_BLOCKS = 2;

/** Splits Markdown into block tokens. HTML is never interpreted; it is shown as the text it is. */
export function lex(source: string): readonly Token[] {
  const clean = source.replaceAll('\r\n', '\n');
  try {
    return new Lexer({ gfm: true, extensions: mathExtensions, tokenizer: new ChatTokenizer() }).lex(clean);
  } catch {
    // Nesting beyond what the lexer can follow: the words are still worth reading.
    return [{ type: 'text', raw: clean, text: clean }];
  }
}

/**
 * Splits text that grows at its end. Blocks that are settled keep their tokens, so each step costs only as
 * much as the end of the text.
 */
export class GrowingMarkdown {
  #settled: Token[] = [];
  #settledText = '';
  #shown: readonly Token[] = [];

  /** The blocks of the text so far. Once it is complete, late link references reach every block. */
  read(source: string, complete: boolean): readonly Token[] {
    const clean = source.replaceAll('\r\n', '\n');
    const blocks = complete ? this.#whole(clean) : this.#grown(clean);
    // Where a definition may give the same words another meaning, nothing is taken from before.
    const known = blocks.some(({ type }) => type === 'def') ? [] : this.#shown;
    this.#shown = blocks.map((block, at) => keep(known[at], block));
    return this.#shown;
  }

  #whole(clean: string): readonly Token[] {
    this.#settled = [];
    this.#settledText = '';
    return lex(clean);
  }

  #grown(clean: string): readonly Token[] {
    if (!clean.startsWith(this.#settledText)) {
      this.#settled = [];
      this.#settledText = '';
    }
    const tail = clean.slice(this.#settledText.length);
    const tokens = lex(tail);
    const blocks = [...this.#settled, ...tokens];
    this.#settle(tokens, tail);
    return blocks;
  }

  #settle(tokens: readonly Token[], tail: string): void {
    const ready = tokens.slice(0, Math.max(0, tokens.length - UNSETTLED_BLOCKS));
    const text = ready.map((token) => token.raw).join('');
    if (text === '' || !tail.startsWith(text)) return;
    this.#settled.push(...ready);
    this.#settledText += text;
  }
}

/** What has not changed keeps its identity, so that it is not rendered again. */
function keep(before: Token | undefined, after: Token): Token {
  return before && before.type === after.type && before.raw === after.raw ? before : after;
}
