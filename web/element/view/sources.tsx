import { sourceTitle, sourceUrl } from '../markdown/citations.js';
import type { Source } from '../session/wire.js';
import { useView } from './context.js';
import { Icon } from './icon.js';
import { useEntityButton } from './use-entity-button.js';

/** The sources of an answer, folded under it. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  const { t } = useView();
  return (
    <details class="sources">
      <summary>
        <Icon name="globe" />
        {t('sources')}
        <span class="count">{sources.length}</span>
      </summary>
      <ol>
        {sources.map((source) => (
          <li>
            <SourceLine source={source} />
          </li>
        ))}
      </ol>
    </details>
  );
}

export function SourceLine({ source }: { source: Source }) {
  const title = sourceTitle(source);
  if (source.type === 'url') {
    const url = sourceUrl(source);
    if (!url) return <span>{title}</span>;
    return (
      <a href={url.href} target="_blank" rel="noopener noreferrer">
        {title} <small>{source.attribution ?? url.host}</small>
      </a>
    );
  }
  if (source.type === 'file') {
    return (
      <span>
        {title} {source.filename !== title && <small>{source.filename}</small>}
      </span>
    );
  }
  if (!source.interactive) return <span>{title}</span>;
  return <EntitySource source={source} title={title} />;
}

function EntitySource({ source, title }: { source: Extract<Source, { type: 'entity' }>; title: string }) {
  return (
    <button type="button" class="text-button" {...useEntityButton(source)}>
      {title}
    </button>
  );
}
