import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';
import type { Source } from '../session/wire.js';
import { stripMarks } from './citations.js';

export interface MarkdownProps {
  readonly text: string;
  /** True while more text may come. */
  readonly streaming?: boolean;
  /** Hosts that images may come from; absent means that the user is asked. */
  readonly imageDomains?: readonly string[] | undefined;
  /** What numbered marks in the text refer to. */
  readonly sources?: readonly Source[];
  /** Level for the highest heading found in the text. */
  readonly headingLevel?: number;
}

/** Markdown as elements; its plain text until the part that reads it is there. */
export const Markdown = lazy(
  parts.markdown,
  ({ MarkdownDocument }) => MarkdownDocument,
  ({ text }: MarkdownProps) => <div class="md plain">{stripMarks(text)}</div>,
);
