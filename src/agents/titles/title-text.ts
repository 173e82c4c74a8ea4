import type { UserMessageItem } from '../../chatkit/core/index.js';
import { withoutThoughts } from '../convert/leading-thoughts.js';
import { cleanLine } from '../../model-text/data-text.js';
import { userText } from '../prompt/item-text.js';
import { cut } from '../../chatkit/core/cut.js';

/** Longest title, in characters. */
const MAX_TITLE = 60;
const MAX_READ = 1000;

/** A title from the first words of a message, on one line, else from its first file; undefined without either. */
export function titleFrom(message: UserMessageItem): string | undefined {
  const [file] = message.attachments;
  const said = userText({ ...message, attachments: [] });
  const words = said.trim() === '' ? (file?.name ?? '') : said;
  return shortened(cleanLine(words, MAX_READ).replace(/^[\s#>*\-`]+/, ''));
}

/** The title in what a model has written when it was asked for one; undefined when there is none. */
export function titleFromModel(text: string): string | undefined {
  const [line = ''] = withoutThoughts(text).trim().split('\n', 1);
  const title = cleanLine(line, MAX_READ)
    .replace(/^[\s#>*\-`]*(?:title\s*:\s*)?["'“„«‹*`]*/iu, '')
    .replace(/(?<!["'”“»›*`.\s])["'”“»›*`.\s]+$/u, '');
  return shortened(title);
}

function shortened(line: string): string | undefined {
  if (line.length <= MAX_TITLE) return line === '' ? undefined : line;
  const short = cut(line, MAX_TITLE - 1);
  const lastSpace = short.lastIndexOf(' ');
  return `${(lastSpace > MAX_TITLE / 2 ? short.slice(0, lastSpace) : short).trimEnd()}…`;
}
