import { FOREIGN_PUNCTUATION, JOINED } from './scripts.js';

const START = /^(?:(?:https?|ftp):\/\/|www\.)/i;
/** A host of ASCII that words follow at once, without a path between them. */
const HOST = new RegExp(`^[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?::\\d+)?(?=[${JOINED}])`, 'iu');
/** What may belong to an address: all up to a space, or to what belongs to the sentence around it. */
const ADDRESS = new RegExp(`^(?:(?!${FOREIGN_PUNCTUATION})[^\\s<])*`, 'u');

/** How much of a text may belong to the address that it begins with; all of it where it begins with none. */
export function addressLength(text: string): number {
  const start = START.exec(text)?.[0].length;
  if (start === undefined) return text.length;
  const rest = text.slice(start);
  return start + (HOST.exec(rest) ?? ADDRESS.exec(rest) ?? [''])[0].length;
}
