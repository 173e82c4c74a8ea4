import { filled, index, isRecord, oneOf, text } from '../session/json.js';
import type { JsonRecord } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { judgeImage } from '../markdown/safe-url.js';
import { Markdown } from '../markdown/markdown.js';
import { Icon } from '../view/icon.js';
import { blockStyle } from './box-style.js';
import { color, css, size } from './css-values.js';
import type { Css } from './css-values.js';
import type { NodeProps } from './node.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

const WEIGHTS: Readonly<Record<string, string>> = {
  normal: '400',
  medium: '500',
  semibold: '600',
  bold: '700',
};

function textStyle(node: WidgetNode, dark: boolean): Css {
  const lines = index(node.maxLines);
  return css({
    color: color(node.color, dark),
    fontWeight: WEIGHTS[text(node.weight) ?? ''],
    textAlign:
      node.textAlign === undefined ? undefined : oneOf(node.textAlign, ['start', 'center', 'end'], 'start'),
    fontStyle: node.italic === true ? 'italic' : undefined,
    textDecoration: node.lineThrough === true ? 'line-through' : undefined,
    width: size(node.width),
    minHeight: index(node.minLines) === undefined ? undefined : `${index(node.minLines)}lh`,
    '-webkit-line-clamp': lines === undefined ? undefined : String(lines),
  });
}

function textClass(kind: string, node: WidgetNode, fallback: string): string {
  const clamp = index(node.maxLines) === undefined ? '' : ' clamp';
  return `${kind} ${text(node.size)?.replace(/\W/g, '') ?? fallback}${node.truncate === true ? ' truncate' : ''}${clamp}`;
}

export function TextNode({ node }: Props) {
  const { dark } = useWidget();
  if (isRecord(node.editable)) return <EditableText node={node} editable={node.editable} />;
  return (
    <p class={textClass('w-text', node, 'md')} style={textStyle(node, dark)}>
      {text(node.value)}
    </p>
  );
}

function EditableText({ node, editable }: { node: WidgetNode; editable: JsonRecord }) {
  const { dark, fieldId } = useWidget();
  const name = text(editable.name) ?? '';
  const placeholder = text(editable.placeholder);
  return (
    <textarea
      class={textClass('w-text editable', node, 'md')}
      style={textStyle(node, dark)}
      id={fieldId(name)}
      name={name}
      rows={index(node.minLines) ?? 1}
      defaultValue={text(node.value) ?? ''}
      placeholder={placeholder}
      aria-label={placeholder ?? name}
      required={editable.required === true}
    />
  );
}

/** A title inside a widget is strong text: the conversation keeps its own outline of headings. */
export function TitleNode({ node }: Props) {
  const { dark } = useWidget();
  return (
    <p class={textClass('w-title', node, 'md')} style={textStyle(node, dark)}>
      {text(node.value)}
    </p>
  );
}

export function CaptionNode({ node }: Props) {
  const { dark } = useWidget();
  return (
    <p class={textClass('w-caption', node, 'md')} style={textStyle(node, dark)}>
      {text(node.value)}
    </p>
  );
}

export function MarkdownNode({ node }: Props) {
  const { imageDomains } = useWidget();
  return (
    <Markdown text={text(node.value) ?? ''} streaming={node.streaming === true} imageDomains={imageDomains} />
  );
}

export function BadgeNode({ node }: Props) {
  const tone = oneOf(
    node.color,
    ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'],
    'secondary',
  );
  const variant = oneOf(node.variant, ['solid', 'soft', 'outline'], 'soft');
  const big = oneOf(node.size, ['sm', 'md', 'lg'], 'sm');
  const shape = node.pill === true ? ' pill' : '';
  return <span class={`w-badge tone-${tone} ${variant} ${big}${shape}`}>{text(node.label)}</span>;
}

const ICON_SIZES: Readonly<Record<string, string>> = {
  xs: '12px',
  sm: '14px',
  md: '18px',
  lg: '20px',
  xl: '24px',
  '2xl': '28px',
  '3xl': '32px',
};

export function IconNode({ node }: Props) {
  const { dark } = useWidget();
  return (
    <span class="w-icon" style={css({ color: color(node.color, dark) })}>
      <Icon name={text(node.name) ?? ''} size={ICON_SIZES[text(node.size) ?? 'md'] ?? '18px'} />
    </span>
  );
}

export function ImageNode({ node }: Props) {
  const { imageDomains } = useWidget();
  const verdict = judgeImage(text(node.src) ?? '', imageDomains, document.baseURI);
  const alt = filled(node.alt) ?? '';
  if (verdict.kind === 'refuse') return <span class="quiet">{alt}</span>;
  const fit = ['cover', 'contain', 'fill', 'scale-down', 'none'] as const;
  const style = css({
    ...blockStyle(node),
    objectFit: oneOf(node.fit, fit, 'cover'),
    objectPosition: /^[a-z]+( [a-z]+)?$/.test(text(node.position) ?? '') ? text(node.position) : undefined,
  });
  const frame = node.frame === true ? ' frame' : '';
  const flush = node.flush === true ? ' flush' : '';
  return <img class={`w-image${frame}${flush}`} src={verdict.src} alt={alt} style={style} loading="lazy" />;
}
