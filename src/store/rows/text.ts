/** The text as a `text` column can hold it: what cannot be stored becomes the replacement character. */
export function plainText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{FFFD}');
}
