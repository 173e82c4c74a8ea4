import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';
import { isRecord, oneOf, text } from '../session/json.js';
import { Markdown } from '../markdown/markdown.js';
import { Icon } from '../view/icon.js';
import { color, css } from './css-values.js';
import type { NodeProps } from './node.js';
import { textClass, textStyle } from './text-style.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

const EditableText = lazy(parts.forms, (part) => part.EditableText, PlainText);

export function TextNode({ node, depth }: Props) {
  return isRecord(node.editable) ? (
    <EditableText node={node} depth={depth} />
  ) : (
    <PlainText node={node} depth={depth} />
  );
}

function PlainText({ node }: Props) {
  const { dark } = useWidget();
  return (
    <p class={textClass('w-text', node)} style={textStyle(node, dark)}>
      {text(node.value)}
    </p>
  );
}

/** A title inside a widget is strong text: the conversation keeps its own outline of headings. */
export function TitleNode({ node }: Props) {
  const { dark } = useWidget();
  return (
    <p class={textClass('w-title', node)} style={textStyle(node, dark)}>
      {text(node.value)}
    </p>
  );
}

export function CaptionNode({ node }: Props) {
  const { dark } = useWidget();
  return (
    <p class={textClass('w-caption', node)} style={textStyle(node, dark)}>
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
  return <span class={`w-badge tone-${tone} ${variant} badge-${big}${shape}`}>{text(node.label)}</span>;
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
