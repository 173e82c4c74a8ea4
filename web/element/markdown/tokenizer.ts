import { Tokenizer } from 'marked';
import type { Tokens } from 'marked';
import { addressLength, LONGEST_MAILBOX } from './bare-address.js';
import { readSpans } from './emphasis.js';
import type { Span } from './emphasis.js';
import { isLineBreak } from './line-break.js';
import { endsWithFormula } from './math.js';

/** Reads Markdown as people write it who do not put spaces between words, and formulas as what they are. */
export class ChatTokenizer extends Tokenizer {
  #text: { readonly original?: RegExp; readonly bounded: RegExp } = { bounded: /^$/ };
  readonly #spans = new Map<string, ReadonlyMap<number, Span>>();

  override emStrong(src: string, maskedSrc: string): Tokens.Em | Tokens.Strong | undefined {
    if (src.startsWith('~')) return undefined;
    const found = this.#marked(src, maskedSrc);
    return found && { type: found.size === 2 ? 'strong' : 'em', ...found };
  }

  override del(src: string, maskedSrc: string): Tokens.Del | undefined {
    const found = src.startsWith('~') ? this.#marked(src, maskedSrc) : undefined;
    return found && { type: 'del', ...found };
  }

  override url(src: string): Tokens.Link | undefined {
    return super.url(src.slice(0, addressLength(src)));
  }

  /** As marked's, which for each piece of text looks through all that follows for the `@` of a mail address. */
  override inlineText(src: string): Tokens.Text | undefined {
    const { inline } = this.rules;
    if (inline.text !== this.#text.original) {
      const { source } = inline.text;
      this.#text = {
        original: inline.text,
        bounded: new RegExp(source.replaceAll(']+@', `]{1,${LONGEST_MAILBOX}}@`)),
      };
    }
    const [raw] = this.#text.bounded.exec(src) ?? [];
    return raw === undefined ? undefined : super.inlineText(raw);
  }

  override lheading(src: string): Tokens.Heading | undefined {
    const [, text = '', line = ''] = this.rules.block.lheading.exec(src) ?? [];
    return endsWithFormula(text, line) ? undefined : super.lheading(src);
  }

  /** A line break that stands alone begins a paragraph, not a block of HTML. */
  override html(src: string): Tokens.HTML | undefined {
    return isLineBreak(/^ {0,3}(<[^<>]*>)/.exec(src)?.[1] ?? '') ? undefined : super.html(src);
  }

  #marked(src: string, maskedSrc: string) {
    const start = maskedSrc.length - src.length;
    let spans = this.#spans.get(maskedSrc);
    if (!spans) {
      spans = readSpans(maskedSrc);
      this.#spans.set(maskedSrc, spans);
    }
    const span = spans.get(start);
    if (!span) return undefined;
    const raw = src.slice(0, span.end - start);
    const text = raw.slice(span.size, -span.size);
    return { raw, text, size: span.size, tokens: this.lexer.inlineTokens(text) };
  }
}
