import * as z from 'zod';
import type { RequestView } from './request-view.js';
import { cut } from '../chatkit/core/cut.js';

const MAX_QUOTE = 600;
const passage = z.object({ title: z.string(), text: z.string() });

/** The passage that fits best, as a quotation with its citation; undefined when none was found. */
export function quotedPassage({ passages: [best] }: RequestView): string | undefined {
  const parsed = passage.safeParse(best);
  if (!parsed.success) return undefined;
  const { title, text } = parsed.data;
  return `In “${title}” I found:\n\n${quotation(text)}【1】`;
}

function quotation(text: string): string {
  const short = text.length > MAX_QUOTE ? `${cut(text, MAX_QUOTE).trimEnd()} …` : text;
  return short
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
