import { filled, oneOf, record, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { judgeImage } from '../markdown/safe-url.js';
import type { ImageVerdict } from '../markdown/safe-url.js';
import { useView } from '../view/context.js';
import { Icon } from '../view/icon.js';
import { blockStyle } from './box-style.js';
import { color, css, flex } from './css-values.js';
import type { NodeProps } from './node.js';
import { useWidget } from './widget-context.js';
import type { WidgetScope } from './widget-context.js';

const FITS = ['cover', 'contain', 'fill', 'scale-down', 'none'] as const;
const POSITIONS = [
  'top left',
  'top',
  'top right',
  'left',
  'center',
  'right',
  'bottom left',
  'bottom',
  'bottom right',
] as const;

/** Whether an image of a widget may load; from elsewhere than allowed only once the user has asked for it. */
export function judge(src: unknown, scope: WidgetScope): ImageVerdict {
  const verdict = judgeImage(text(src) ?? '', scope.imageDomains, document.baseURI);
  if (verdict.kind !== 'ask') return verdict;
  if (scope.shownHosts.has(verdict.host)) return { kind: 'show', src: verdict.src };
  return scope.showHost ? verdict : { kind: 'refuse' };
}

export function ImageNode({ node }: Required<NodeProps>) {
  const { t } = useView();
  const scope = useWidget();
  const verdict = judge(node.src, scope);
  const alt = filled(node.alt) ?? '';
  if (verdict.kind === 'refuse') return alt === '' ? null : <span class="quiet">{alt}</span>;
  const look = `w-image${node.frame === true ? ' frame' : ''}${node.flush === true ? ' flush' : ''}`;
  if (verdict.kind === 'ask') {
    const { host } = verdict;
    const name = `${t('showImage', { host })}${alt === '' ? '' : `: ${alt}`}`;
    return (
      <button
        type="button"
        class={`${look} asks`}
        style={imageStyle(node, scope.dark)}
        aria-label={name}
        title={name}
        onClick={() => scope.showHost?.(host)}
      >
        <Icon name="square-image" />
      </button>
    );
  }
  return (
    <img
      class={look}
      src={verdict.src}
      alt={alt}
      style={imageStyle(node, scope.dark)}
      loading="lazy"
      referrerpolicy="no-referrer"
    />
  );
}

function imageStyle(node: WidgetNode, dark: boolean) {
  return css({
    ...blockStyle(node),
    background: color(node.background, dark),
    flex: flex(node.flex),
    objectFit: oneOf(node.fit, FITS, 'cover'),
    objectPosition: node.position === undefined ? undefined : oneOf(node.position, POSITIONS, 'center'),
  });
}

/** The line above a card or a list, with its icon or the small image of where it comes from. */
export function Status({ status }: { status: unknown }) {
  const scope = useWidget();
  const { text: line, icon, favicon, frame } = record(status);
  const words = filled(line);
  if (words === undefined) return null;
  const image = filled(favicon);
  const verdict = image === undefined ? undefined : judge(image, scope);
  const drawing = filled(icon) ?? (verdict ? 'globe' : undefined);
  return (
    <div class="w-status">
      {verdict?.kind === 'show' ? (
        <img
          class={`w-favicon${frame === true ? ' frame' : ''}`}
          src={verdict.src}
          alt=""
          referrerpolicy="no-referrer"
        />
      ) : (
        drawing !== undefined && <Icon name={drawing} />
      )}
      <span>{words}</span>
    </div>
  );
}
