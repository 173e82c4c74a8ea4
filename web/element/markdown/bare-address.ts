import { FOREIGN_PUNCTUATION, JOINED } from './scripts.js';

const START = /^(?:(?:https?|ftp):\/\/|www\.)/i;
/** A host of ASCII that words follow at once, without a path between them. */
const HOST = new RegExp(`^[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?::\\d+)?(?=[${JOINED}])`, 'iu');
/** What may belong to an address: all up to a space, or to what belongs to the sentence around it. */
const ADDRESS = new RegExp(`^(?:(?!${FOREIGN_PUNCTUATION})[^\\s<])*`, 'u');

/** Longest address of mail, and longest part of it before the `@`. */
const LONGEST_MAIL = 320;
export const LONGEST_MAILBOX = 64;

/** How much of a text may belong to the address, of a page or of mail, that it begins with. */
export function addressLength(text: string): number {
  const start = START.exec(text)?.[0].length;
  if (start === undefined) return LONGEST_MAIL;
  const rest = text.slice(start);
  return start + (HOST.exec(rest) ?? ADDRESS.exec(rest) ?? [''])[0].length;
}
