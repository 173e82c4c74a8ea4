/** The beginning of a text, at most `max` UTF-16 units, without half a character at its end or anywhere else. */
export function cut(text: string, max: number): string {
  const splits = text.length > max && isHigh(text.charCodeAt(max - 1)) && isLow(text.charCodeAt(max));
  return text.slice(0, splits ? max - 1 : max).toWellFormed();
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
