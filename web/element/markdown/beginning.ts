/** The start of a text, cut at the end of a sentence where there is one. */
export function beginning(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit);
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('? '), cut.lastIndexOf('! '));
  return end > limit / 3 ? cut.slice(0, end + 1) : `${cut}…`;
}
