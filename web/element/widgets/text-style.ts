import { index, oneOf, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { color, css, size } from './css-values.js';
import type { Css } from './css-values.js';

const WEIGHTS: Readonly<Record<string, string>> = {
  normal: '400',
  medium: '500',
  semibold: '600',
  bold: '700',
};
const SIZES = ['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'] as const;

export function textStyle(node: WidgetNode, dark: boolean): Css {
  const most = index(node.maxLines);
  const least = index(node.minLines);
  return css({
    color: color(node.color, dark),
    fontWeight: WEIGHTS[text(node.weight) ?? ''],
    textAlign:
      node.textAlign === undefined ? undefined : oneOf(node.textAlign, ['start', 'center', 'end'], 'start'),
    fontStyle: node.italic === true ? 'italic' : undefined,
    textDecoration: node.lineThrough === true ? 'line-through' : undefined,
    width: size(node.width),
    minHeight: least === undefined ? undefined : `${least}lh`,
    '-webkit-line-clamp': most === undefined ? undefined : String(most),
  });
}

export function textClass(kind: string, node: WidgetNode): string {
  const clamp = index(node.maxLines) === undefined ? '' : ' clamp';
  return `${kind} text-${oneOf(node.size, SIZES, 'md')}${node.truncate === true ? ' truncate' : ''}${clamp}`;
}
