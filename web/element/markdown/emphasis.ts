import { JOINED } from './scripts.js';

const RUN = /\*+|_+|~+/g;
const SPACE = /^\s?$/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;
/** Numbers of sources are in private-use characters, and hinder no markup either. */
const JOINING = new RegExp(`[${JOINED}\\uE000\\uE001]`, 'u');
/** Chooses between forms of the character before it. */
const VARIANT = /[\uFE00-\uFE0E\u{E0100}-\u{E01EF}]$/u;

/** What a stretch of delimiters surrounds, from its first delimiter to behind its last. */
export interface Span {
  readonly end: number;
  /** How many delimiters are on each side. */
  readonly size: number;
}

interface Run {
  readonly mark: string;
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  /** What is left of it: closing takes from the start, opening from the end. */
  start: number;
  end: number;
}

type Side = 'space' | 'punctuation' | 'joined' | 'other';

function sideOf(character: string): Side {
  if (SPACE.test(character)) return 'space';
  if (JOINING.test(character)) return 'joined';
  return character !== '~' && PUNCTUATION.test(character) ? 'punctuation' : 'other';
}

function before(text: string, at: number): string {
  const ahead = text.slice(Math.max(0, at - 4), at).replace(VARIANT, '');
  return /.$/su.exec(ahead)?.[0] ?? '';
}

/**
 * A run of delimiters and what it may do. Beside punctuation CommonMark wants a space or more punctuation on the other
 * side, which writing without spaces does not have: there a character of such a script will do.
 */
function readRun(text: string, start: number, run: string): Run {
  const end = start + run.length;
  const previous = before(text, start);
  const next = String.fromCodePoint(text.codePointAt(end) ?? 32);
  const [left, right] = [sideOf(previous), sideOf(next)];
  const opens = right !== 'space' && (right !== 'punctuation' || left !== 'other');
  const closes = left !== 'space' && (left !== 'punctuation' || right !== 'other');
  const mark = run.charAt(0);
  // An underscore inside of a word is part of it.
  const inWord = mark === '_' && opens && closes;
  return {
    mark,
    length: run.length,
    canOpen: opens && (!inWord || PUNCTUATION.test(previous)),
    canClose: closes && (!inWord || PUNCTUATION.test(next)),
    start,
    end,
  };
}

function fits(opener: Run, closer: Run): boolean {
  if (opener.mark !== closer.mark) return false;
  if (opener.mark === '~') return opener.length === closer.length && opener.length < 3;
  const ambiguous = opener.canClose || closer.canOpen;
  const byThree = (opener.length + closer.length) % 3 === 0 && opener.length % 3 !== 0;
  return !(ambiguous && byThree);
}

/** What is emphasised or struck out in a text whose code and links are masked, by the place where it begins. */
export function readSpans(text: string): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  const openers: Run[] = [];
  /** Before these places nothing opens what a closing run of the kind could close: keeps the time linear. */
  const barren = new Map<string, number>();
  for (const { index, 0: characters } of text.matchAll(RUN)) {
    const run = readRun(text, index, characters);
    const kind = `${run.mark}${run.canOpen} ${run.mark === '~' ? run.length : run.length % 3}`;
    while (run.canClose && run.start < run.end) {
      const floor = barren.get(kind) ?? 0;
      const at = openers.findLastIndex((opener) => opener.start < floor || fits(opener, run));
      const opener = openers[at];
      if (!opener || opener.start < floor) {
        barren.set(kind, index);
        break;
      }
      openers.length = at + 1;
      const both = opener.end - opener.start > 1 && run.end - run.start > 1;
      const size = both ? 2 : 1;
      opener.end -= size;
      run.start += size;
      spans.set(opener.end, { end: run.start, size });
      if (opener.start === opener.end) openers.pop();
    }
    if (run.canOpen && run.start < run.end) openers.push(run);
  }
  return spans;
}
