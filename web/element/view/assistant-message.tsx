import { useMemo } from 'preact/hooks';
import { placeMarks, sourcesOf } from '../markdown/citations.js';
import { Markdown } from '../markdown/markdown.js';
import type { AssistantMessageItem } from '../session/wire.js';
import { useView } from './context.js';
import { pure } from './pure.js';
import { Sources } from './sources.js';

interface Props {
  readonly item: AssistantMessageItem;
  readonly streaming: boolean;
  readonly imageDomains: readonly string[] | undefined;
}

/** An answer: Markdown with numbered marks, and the sources they name. */
export const AssistantMessage = pure(function AssistantMessage({ item, streaming, imageDomains }: Props) {
  const { headingLevel } = useView();
  const cited = item.content.map((part) => part.annotations.length).join();
  // Text deltas leave annotations alone, so the list of sources keeps its identity while text grows.
  const sources = useMemo(() => sourcesOf(item.content), [cited]);
  return (
    <div class={`assistant${streaming ? ' streaming' : ''}`}>
      {item.content.map((part, at) => (
        <Markdown
          key={at}
          text={placeMarks(part.text, part.annotations, sources)}
          streaming={streaming}
          imageDomains={imageDomains}
          sources={sources}
          headingLevel={headingLevel.value + 2}
        />
      ))}
      {!streaming && sources.length > 0 && <Sources sources={sources} />}
    </div>
  );
});
