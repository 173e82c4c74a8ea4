import { judgeImage } from '../markdown/safe-url.js';
import type { GeneratedImageItem } from '../session/wire.js';
import { useView } from './context.js';
import { Icon } from './icon.js';

/** An image the assistant makes: a placeholder, partial previews, then the image itself. */
export function GeneratedImage({ item }: { item: GeneratedImageItem }) {
  const { viewing, t } = useView();
  const { image, progress } = item;
  const verdict = image && judgeImage(image.url, undefined, document.baseURI);
  const src = verdict && verdict.kind !== 'refuse' ? verdict.src : undefined;
  return (
    <figure class="generated">
      {src === undefined ? (
        <div class="skeleton image" role="img" aria-label={t('imageCreating')} />
      ) : (
        <button
          type="button"
          class="thumb"
          aria-label={t('enlarge', { name: t('imageReady') })}
          onClick={() => (viewing.value = { src, name: t('imageReady') })}
        >
          <img src={src} alt={t('imageReady')} />
        </button>
      )}
      {progress !== undefined && progress < 1 && (
        <progress value={Math.max(0, progress)} max={1} aria-label={t('imageCreating')} />
      )}
      {src !== undefined && (
        <a
          class="icon-button plain download"
          href={src}
          download=""
          target="_blank"
          rel="noopener noreferrer"
        >
          <Icon name="share" />
          <span class="sr">{t('download')}</span>
        </a>
      )}
    </figure>
  );
}
