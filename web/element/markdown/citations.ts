import type { Annotation, Source, TextPart } from '../session/wire.js';
import { safeLink } from './safe-url.js';
import { FOREIGN_PUNCTUATION } from './scripts.js';

/** Private-use characters around a source number in the text; neither Markdown nor people use them. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARK = /\uE000(\d+)\uE001/;
const PRIVATE = /[\uE000\uE001]/g;
/** Characters of markup that a mark must not separate from the text they belong to. */
const WORD = /[\p{L}\p{N}]/u;
/** What a mark may stand behind but not in: blocks and spans of code, links, images, addresses. */
const WHOLE = new RegExp(
  /```[^]*?(?:```|$)|`[^`\n]*`|!?\[[^[\]\n]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^[\]\n]*\])|<[^<>\s]*>|https?:\/\//
    .source + `(?:(?!${FOREIGN_PUNCTUATION})[^\\s)])*`,
  'gu',
);
const FENCE = '```';
/** What is longer than that, of letters, markup or spaces, may be divided. */
const LONGEST_WORD = 200;
const MARKUP = /[*_~`)\]>"'”’]/;

function sourceKey(source: Source): string {
  if (source.type === 'url') return `url ${source.url}`;
  return source.type === 'file' ? `file ${source.filename}` : `entity ${source.id}`;
}

/** The address of a source in the web; anything else that a source may name is text. */
export function sourceUrl(source: Source): URL | undefined {
  const url = source.type === 'url' ? safeLink(source.url) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}

/** What a source is called where it is listed. */
export function sourceTitle(source: Source): string {
  if (source.title !== '') return source.title;
  if (source.type === 'url') return safeLink(source.url)?.host ?? source.url;
  return source.type === 'file' ? source.filename : (source.label ?? source.id);
}

/** The sources of a message, each once, in the order they are first named. */
export function sourcesOf(parts: readonly TextPart[]): readonly Source[] {
  const found = new Map<string, Source>();
  for (const { annotations } of parts) {
    for (const { source } of annotations) {
      const key = sourceKey(source);
      if (!found.has(key)) found.set(key, source);
    }
  }
  return [...found.values()];
}

/** Puts numbered marks into the source text where annotations point; those without a place get none. */
export function placeMarks(
  text: string,
  annotations: readonly Annotation[],
  sources: readonly Source[],
): string {
  const clean = text.replace(PRIVATE, '\uFFFD');
  const keys = sources.map(sourceKey);
  const ends = endsOfWholes(clean);
  const placed = new Map<string, { readonly at: number; readonly number: number }>();
  for (const { index, source } of annotations) {
    const number = keys.indexOf(sourceKey(source)) + 1;
    if (index === undefined || number === 0) continue;
    const at = snap(clean, index, ends);
    placed.set(`${at} ${number}`, { at, number });
  }
  let out = '';
  let from = 0;
  for (const { at, number } of [...placed.values()].sort((a, b) => a.at - b.at || a.number - b.number)) {
    out += clean.slice(from, at);
    // Behind a block of code it stands in a line of its own: the fence would not end the block otherwise.
    const gap = clean.endsWith(FENCE, at) ? '\n\n' : '';
    out += `${gap}${markOf(number)}${gap}`;
    from = at;
  }
  return out + clean.slice(from);
}

/** For each place in something that is whole, where that ends; zero for all others. */
function endsOfWholes(text: string): Uint32Array {
  const ends = new Uint32Array(text.length);
  for (const { index, 0: whole } of text.matchAll(WHOLE)) {
    const end = index + whole.length;
    ends.fill(end, index + 1, end);
  }
  return ends;
}

/** Where a mark may stand, at a place or behind it. */
function snap(text: string, index: number, ends: Uint32Array): number {
  let at = Math.min(index, text.length);
  const farthest = Math.min(at + LONGEST_WORD, text.length);
  while (at > 0 && at < farthest && WORD.test(text[at - 1] ?? '') && WORD.test(text[at] ?? '')) at += 1;
  while (at < farthest && MARKUP.test(text[at] ?? '')) at += 1;
  // The last bar of a row closes its last cell.
  if (text[at - 1] === '|' && (text[at] ?? '\n') === '\n') at -= 1;
  const nearest = Math.max(at - LONGEST_WORD, 0);
  while (at > nearest && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return ends[at] || at;
}

/** Splits text at its marks: strings are text, numbers are source numbers. */
export function splitMarks(text: string): readonly (string | number)[] {
  const pieces = text.split(MARK);
  return pieces.map((piece, at) => (at % 2 === 0 ? piece : Number(piece))).filter((piece) => piece !== '');
}

/** The mark of a source, as it stands in a text. */
export function markOf(number: number): string {
  return `${OPEN}${number}${CLOSE}`;
}

export function stripMarks(text: string): string {
  return text.replace(/\uE000\d+\uE001/g, '');
}
