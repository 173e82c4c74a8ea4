import { number, oneOf, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { borders, color, css, flex, radius, safeCss, size, space, spacing } from './css-values.js';
import type { Css } from './css-values.js';

const FLEX: Readonly<Record<string, string>> = {
  start: 'flex-start',
  end: 'flex-end',
  center: 'center',
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
  baseline: 'baseline',
  stretch: 'stretch',
};

function ratio(value: unknown): string | undefined {
  return number(value)?.toString() ?? safeCss(value);
}

/** Width, height, margin and corners of a component. */
export function blockStyle(node: WidgetNode): Record<string, string | undefined> {
  return {
    width: size(node.width ?? node.size),
    height: size(node.height ?? node.size),
    minWidth: size(node.minWidth ?? node.minSize),
    minHeight: size(node.minHeight ?? node.minSize),
    maxWidth: size(node.maxWidth ?? node.maxSize),
    maxHeight: size(node.maxHeight ?? node.maxSize),
    aspectRatio: ratio(node.aspectRatio),
    borderRadius: radius(node.radius),
    ...spacing('margin', node.margin),
  };
}

/** Direction, distances and alignment of what is inside. */
export function flowStyle(node: WidgetNode): Record<string, string | undefined> {
  return {
    gap: space(node.gap),
    alignItems: FLEX[text(node.align) ?? ''],
    justifyContent: FLEX[text(node.justify) ?? ''],
    flexWrap:
      node.wrap === undefined ? undefined : oneOf(node.wrap, ['nowrap', 'wrap', 'wrap-reverse'], 'nowrap'),
    ...spacing('padding', node.padding),
  };
}

/** Everything a box can have. */
export function boxStyle(node: WidgetNode, direction: 'row' | 'column', dark: boolean): Css {
  return css({
    display: 'flex',
    flexDirection: direction,
    flex: flex(node.flex),
    background: color(node.background, dark),
    ...blockStyle(node),
    ...flowStyle(node),
    ...borders(node.border, dark),
  });
}
