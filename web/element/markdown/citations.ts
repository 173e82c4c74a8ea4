import type { Annotation, Source, TextPart } from '../session/wire.js';
import { safeLink } from './safe-url.js';

/** Private-use characters around a source number in the text; neither Markdown nor people use them. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARK = /\uE000(\d+)\uE001/;
const PRIVATE = /[\uE000\uE001]/g;
/** Characters of markup that a mark must not separate from the text they belong to. */
const WORD = /[\p{L}\p{N}]/u;
const MARKUP = /[*_~`)\]>"'”’]/;

function sourceKey(source: Source): string {
  if (source.type === 'url') return `url ${source.url}`;
  return source.type === 'file' ? `file ${source.filename}` : `entity ${source.id}`;
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
  const placed = annotations
    .filter(({ index }) => index !== undefined)
    .map(({ index, source }) => ({
      at: snap(clean, index ?? 0),
      number: keys.indexOf(sourceKey(source)) + 1,
    }))
    .filter(({ number }) => number > 0)
    .sort((a, b) => b.at - a.at || b.number - a.number);
  let out = clean;
  for (const { at, number } of placed) out = `${out.slice(0, at)}${OPEN}${number}${CLOSE}${out.slice(at)}`;
  return out;
}

function snap(text: string, index: number): number {
  let at = Math.min(index, text.length);
  while (at > 0 && at < text.length && WORD.test(text[at - 1] ?? '') && WORD.test(text[at] ?? '')) at += 1;
  while (at < text.length && MARKUP.test(text[at] ?? '')) at += 1;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  const fence = text.slice(0, at).split('```').length;
  if (fence % 2 === 0) {
    const end = text.indexOf('```', at);
    if (end !== -1) at = Math.min(text.length, end + 3);
  }
  return at;
}

/** Splits text at its marks: strings are text, numbers are source numbers. */
export function splitMarks(text: string): readonly (string | number)[] {
  const pieces = text.split(MARK);
  return pieces.map((piece, at) => (at % 2 === 0 ? piece : Number(piece))).filter((piece) => piece !== '');
}

export function stripMarks(text: string): string {
  return text.replace(/\uE000\d+\uE001/g, '');
}
