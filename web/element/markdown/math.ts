import type { TokenizerExtension, Tokens } from 'marked';

/** Characters of the longest formula; longer ones stay text. */
const LONGEST = 4_000;
/** Sums of money, with words after them: `$5 and 10$`. */
const PRICE = /^\d[\d.,]*\s+[a-z]{2,}/i;

interface Found {
  readonly raw: string;
  readonly tex: string;
  readonly display: boolean;
}

const FORMS: readonly { readonly pattern: RegExp; readonly display: boolean }[] = [
  { pattern: /^\$\$((?:\\[^]|[^\\$])+?)\$\$/, display: true },
  // What opens stands before a character and what closes behind one, and no figure follows: else it is money.
  {
    pattern: /^\$(?![\s$])((?:\\[^]|[^\\$`\n])*?[^\s\\$`]|(?:\\[^]|[^\\$`\n])*?\\[^\s])\$(?![\d$])/,
    display: false,
  },
  { pattern: /^\\\[((?:(?!\\\[)[^])+?)\\\]/, display: true },
  { pattern: /^\\\(((?:(?!\\\()[^])+?)\\\)/, display: false },
];
/** How each of them begins. */
const OPENING = /^(?:\$|\\[[(])/;

/** The formula that a text begins with, once it is complete. A blank line ends what could be one. */
export function formulaAt(text: string): Found | undefined {
  // asked at every place of a text, where few have one
  if (!OPENING.test(text)) return undefined;
  const near = text.slice(0, LONGEST);
  const part = near.slice(0, /\n[ \t]*\n/.exec(near)?.index);
  for (const { pattern, display } of FORMS) {
    const [raw, inside = ''] = pattern.exec(part) ?? [];
    const tex = inside.trim();
    if (raw === undefined) continue;
    return tex === '' || (raw.startsWith('$') && PRICE.test(tex)) ? undefined : { raw, tex, display };
  }
  return undefined;
}

function tokenFrom(source: string, level: 'block' | 'inline'): Tokens.Generic | undefined {
  const found = formulaAt(source);
  if (!found) return undefined;
  return { type: 'math', raw: found.raw, text: found.tex, display: found.display, level };
}

/** The formula that a text begins with, if nothing stands behind it in its last line. */
function displayedAt(source: string): Tokens.Generic | undefined {
  if (!/^(?:\$\$|\\\[)/.test(source)) return undefined;
  const token = tokenFrom(source, 'block');
  const rest = token && /^[ \t]*(?:\n+|$)/.exec(source.slice(token.raw.length));
  return token && rest ? { ...token, raw: token.raw + rest[0] } : undefined;
}

const DISPLAYED = /(?:^|\n)(?=\$\$|\\\[)/g;

/** Whether a line of dashes below a text is a rule below a formula, and makes no heading of it. */
export function endsWithFormula(text: string, line: string): boolean {
  if (!/[$\\]/.test(text)) return false;
  const starts = [...text.matchAll(DISPLAYED)].map(({ index, 0: start }) => index + start.length);
  if (starts.some((start) => displayedAt(text.slice(start)))) return true;
  const last = text.slice(text.lastIndexOf('\n') + 1).trim();
  return line.startsWith('-') && [text.trim(), last].some((part) => formulaAt(part)?.raw === part);
}

/** Formulas that fill lines of their own. */
const block: TokenizerExtension = {
  name: 'math',
  level: 'block',
  start: (source) => {
    const found = /\n(?:\$\$|\\\[|[ \t]*\n)/.exec(source);
    // it is asked for a paragraph, which ends where a line is blank
    return found?.[0].trim() === '' ? undefined : found?.index;
  },
  tokenizer: displayedAt,
};

/** Formulas inside of a line. */
const inline: TokenizerExtension = {
  name: 'math',
  level: 'inline',
  start: (source) => /\$|\\[([]/.exec(source)?.index,
  tokenizer: (source) => tokenFrom(source, 'inline'),
};

/** What the lexer has to know besides Markdown itself. */
export const mathExtensions = {
  renderers: {},
  childTokens: {},
  block: [block.tokenizer],
  inline: [inline.tokenizer],
  startBlock: block.start ? [block.start] : [],
  startInline: inline.start ? [inline.start] : [],
};
