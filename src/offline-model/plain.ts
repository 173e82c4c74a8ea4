import { cut } from '../chatkit/core/cut.js';

const MAX_QUOTE = 300;

function short(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ').trim();
  return line.length > MAX_QUOTE ? `${cut(line, MAX_QUOTE)}…` : line;
}

/** Text of others inside our Markdown: shown as it is, not as markup. */
export function plain(value: string): string {
  return short(value).replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`);
}
