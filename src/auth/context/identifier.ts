const MAX_LENGTH = 255;

/** Controls, line ends and halves of characters. */
export const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Invisible characters: names are spelt with some of them, identifiers could be made to look alike. */
const INVISIBLE = /\p{Cf}/u;

/** Whether there is nothing that could identify anybody. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Whether a value can identify a tenant or a user as it is. */
export function isIdentifier(value: unknown): value is string {
  if (typeof value !== 'string' || isMissing(value)) return false;
  return value.length <= MAX_LENGTH && !CONTROL.test(value) && !INVISIBLE.test(value);
}
