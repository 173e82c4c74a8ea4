import { cut } from '../chatkit/core/cut.js';

/** The blocks of the instructions that hold what somebody else wrote. */
const BLOCKS = [
  'organisation-data',
  'organisation-instructions',
  'user-data',
  'conversation-data',
  'documents-data',
  'page-data',
  'credentials-data',
] as const;
export type DataBlock = (typeof BLOCKS)[number];

const ANY_BLOCK_TAG = new RegExp(String.raw`<(?=[\s/]*(?:${BLOCKS.join('|')}))`, 'gi');
const TAB = 0x09;
const NEWLINE = 0x0a;

/** Controls, and characters that hide text or turn it around: nobody can see them in a message. */
function isInvisible(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0x200b ||
    code === 0x2060 ||
    code === 0xfeff ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    (code >= 0xe0000 && code <= 0xe007f)
  );
}

/**
 * Text without invisible characters and lone surrogates, line ends as `\n`, at most `max` UTF-16 units
 * (never cut inside a character; `…` shows where it was cut).
 */
export function cleanText(text: string, max: number): string {
  // four times: invisible characters may make up much of a text, but what is read stays bounded
  const wellFormed = cut(text, max * 4).replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  let clean = '';
  for (const character of wellFormed) {
    const code = character.codePointAt(0) ?? 0;
    if (isInvisible(code) && code !== TAB && code !== NEWLINE) continue;
    if (clean.length + character.length > max - 1) return `${clean}…`;
    clean += character;
  }
  return clean;
}

/** As cleanText, on one line. */
export function cleanLine(text: string, max: number): string {
  return cleanText(cut(text, max * 4).replaceAll(/\s+/g, ' '), max).trim();
}

/**
 * One line of a block, `name: value` with the value as JSON. Line ends become escapes and angle
 * brackets too, so no value can begin a line, close its block or open another.
 */
export function dataLine(name: string, value: unknown): string {
  const json = JSON.stringify(value)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('>', String.raw`\u003e`);
  return `${name}: ${json}`;
}

/** A block of the instructions: what it is, in our words, then its lines. */
export function dataBlock(name: DataBlock, note: string, lines: readonly string[]): string {
  return [`<${name}>`, note, ...lines, `</${name}>`].join('\n');
}

/** A message as it is given to the model outside the instructions: as typed, but without our delimiters. */
export function messageText(text: string, max: number): string {
  return cleanText(text, max).replaceAll(ANY_BLOCK_TAG, '‹');
}
