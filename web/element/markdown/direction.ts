import type { Token } from 'marked';
import { insideOf } from './inside.js';

export type Direction = 'ltr' | 'rtl';

const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Rohg}]/u;
/** What is read from left to right within any text. */
const CODE = new Set(['code', 'codespan', 'math', 'html']);

/**
 * The direction of the first letter that is no code, for what holds blocks: `dir="auto"` passes over what is inside and
 * has a direction of its own.
 */
export function directionOf(token: Token): Direction | undefined {
  if (CODE.has(token.type)) return undefined;
  const inside = insideOf(token);
  for (const part of inside) {
    const found = directionOf(part);
    if (found) return found;
  }
  if (inside.length > 0) return undefined;
  const letter = 'text' in token ? LETTER.exec(String(token.text))?.[0] : undefined;
  return letter === undefined ? undefined : RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}
