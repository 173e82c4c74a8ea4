import type { Token, Tokens } from 'marked';
import { useMemo, useRef } from 'preact/hooks';
import type { Source } from '../session/wire.js';
import { pure } from '../view/pure.js';
import { GrowingMarkdown } from './blocks.js';
import type { MarkdownProps } from './markdown.js';
import { Block } from './render.js';

const NO_SOURCES: readonly Source[] = [];

function depthOf(token: Token): number {
  return token.type === 'heading' ? (token as Tokens.Heading).depth : 0;
}

/** The heading depths in use, so that levels follow each other without a gap. */
function depthsOf(blocks: readonly Token[]): readonly number[] {
  const depths = blocks.map(depthOf).filter((depth) => depth > 0);
  return [...new Set(depths)].sort((a, b) => a - b);
}

/** Markdown as elements. No HTML is ever parsed: tags in the text are shown as text. */
export const MarkdownDocument = pure(function MarkdownDocument(props: MarkdownProps) {
  const { text, streaming = false, imageDomains, sources = NO_SOURCES, headingLevel = 4 } = props;
  const growing = useRef<GrowingMarkdown>(undefined);
  growing.current ??= new GrowingMarkdown();
  const reader = growing.current;
  const blocks = useMemo(() => reader.read(text, !streaming), [text, streaming]);
  const depths = depthsOf(blocks);
  return (
    <div class="md">
      {blocks.map((token, at) => {
        const level = Math.min(6, headingLevel + Math.max(0, depths.indexOf(depthOf(token))));
        return <Block key={at} token={token} domains={imageDomains} sources={sources} level={level} />;
      })}
    </div>
  );
});
