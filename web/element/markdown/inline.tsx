import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Source } from '../session/wire.js';
import { useView } from '../view/context.js';
import { sourceTitle, sourceUrl } from './citations.js';
import { useEntityButton } from '../view/use-entity-button.js';
import { judgeImage, readDeeplink, safeLink } from './safe-url.js';

/** A link to an allowed address; any other address leaves only the text. */
export function Link(props: { href: string; title?: string | undefined; children: ComponentChildren }) {
  const { session } = useView();
  const url = safeLink(props.href, document.baseURI);
  if (!url) return <span>{props.children}</span>;
  if (url.protocol === 'chatkit-link:') {
    const follow = (event: Event): void => {
      event.preventDefault();
      session.deeplink(readDeeplink(url));
    };
    return (
      <a href="#" title={props.title} onClick={follow}>
        {props.children}
      </a>
    );
  }
  return (
    <a href={url.href} title={props.title} target="_blank" rel="noopener noreferrer">
      {props.children}
    </a>
  );
}

/** An image from an address that text named; elsewhere than allowed it loads only when the user asks. */
export function MarkdownImage(props: { src: string; alt: string; domains: readonly string[] | undefined }) {
  const { t } = useView();
  const [asked, setAsked] = useState(false);
  const verdict = judgeImage(props.src, props.domains, document.baseURI);
  if (verdict.kind === 'refuse') return <span class="quiet">{props.alt}</span>;
  if (verdict.kind === 'ask' && !asked) {
    return (
      <button type="button" class="chip" onClick={() => setAsked(true)}>
        {t('showImage', { host: verdict.host })}
        {props.alt ? `: ${props.alt}` : ''}
      </button>
    );
  }
  return <img src={verdict.src} alt={props.alt} loading="lazy" referrerpolicy="no-referrer" />;
}

/** The numbered mark of a source inside the text. */
export function Citation({ number, source }: { number: number; source: Source }) {
  const { t } = useView();
  const name = t('sourceNumber', { number, title: sourceTitle(source) });
  const url = sourceUrl(source);
  if (url) {
    return (
      <a
        class="cite"
        href={url.href}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={name}
        title={name}
      >
        {number}
      </a>
    );
  }
  if (source.type === 'entity' && source.interactive) {
    return <EntityCite source={source} name={name} number={number} />;
  }
  return (
    <span class="cite" role="img" aria-label={name} title={name}>
      {number}
    </span>
  );
}

interface EntityCiteProps {
  readonly source: Extract<Source, { type: 'entity' }>;
  readonly name: string;
  readonly number: number;
}

function EntityCite({ source, name, number }: EntityCiteProps) {
  return (
    <button type="button" class="cite" aria-label={name} {...useEntityButton(source)}>
      {source.inline_label ?? number}
    </button>
  );
}
