import { isRecord } from './json.js';
import type { WidgetNode } from './wire.js';

type Change = (node: WidgetNode) => WidgetNode;

/** Bounds the walk over a tree that comes from outside. */
const MAX_DEPTH = 64;

function isNode(value: unknown): value is WidgetNode {
  return isRecord(value) && typeof value.type === 'string';
}

/**
 * Gives the tree with the component of that id changed. Every branch without it keeps its identity, so a
 * renderer can tell what stayed the same; a tree without the id is returned as it is.
 */
export function changeComponent(root: WidgetNode, id: string, change: Change, depth = 0): WidgetNode {
  if (root.id === id) return change(root);
  if (depth >= MAX_DEPTH) return root;
  const children = root.children;
  if (isNode(children)) {
    const next = changeComponent(children, id, change, depth + 1);
    return next === children ? root : { ...root, children: next };
  }
  if (!Array.isArray(children)) return root;
  let changed = false;
  const next = children.map((child: unknown) => {
    if (!isNode(child)) return child;
    const after = changeComponent(child, id, change, depth + 1);
    changed ||= after !== child;
    return after;
  });
  return changed ? { ...root, children: next } : root;
}

/** The visible words of a widget in reading order, for copying and for announcements. */
export function widgetText(node: WidgetNode, depth = 0): string {
  const own = [node.value, node.label].filter((part) => typeof part === 'string');
  const children = Array.isArray(node.children) ? node.children : [node.children];
  const below =
    depth >= MAX_DEPTH ? [] : children.filter(isNode).map((child) => widgetText(child, depth + 1));
  return [...own, ...below].filter((part) => part !== '').join('\n');
}

/** Names of the fields that a `Label` in the tree belongs to. */
export function labelledFields(node: WidgetNode, depth = 0): ReadonlySet<string> {
  const found = new Set<string>();
  if (node.type === 'Label' && typeof node.fieldName === 'string') found.add(node.fieldName);
  const children = Array.isArray(node.children) ? node.children : [node.children];
  if (depth >= MAX_DEPTH) return found;
  for (const child of children.filter(isNode)) {
    for (const name of labelledFields(child, depth + 1)) found.add(name);
  }
  return found;
}

/** Whether the test holds for a component below this one. */
export function someNode(node: WidgetNode, test: (node: WidgetNode) => boolean, depth = 0): boolean {
  const children = Array.isArray(node.children) ? node.children : [node.children];
  if (depth >= MAX_DEPTH) return false;
  return children.filter(isNode).some((child) => test(child) || someNode(child, test, depth + 1));
}
