import { MAX_ID_LENGTH } from './wire/lengths.js';

/** Whether PostgreSQL can hold the text as it is: NUL it refuses, and lone surrogates would come back as others. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Whether the text can be an id; no other was ever stored. */
export function isStorableId(id: string): boolean {
  return id !== '' && id.length <= MAX_ID_LENGTH && isStorableText(id);
}

/** The text as PostgreSQL can hold it: what cannot be stored becomes the replacement character. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{FFFD}');
}
