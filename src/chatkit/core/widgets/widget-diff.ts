import { OperatorError } from '../errors.js';
import type { ThreadItemUpdate } from '../wire/updates.js';
import type { WidgetRoot } from '../wire/widgets.js';

type Component = Readonly<Record<string, unknown>>;

/**
 * The updates that turn one state of a widget into the next: text that grew in a Text or Markdown with
 * an id becomes deltas, any other change replaces the root. Follows `diff_widget` of the reference.
 *
 * @throws Error when a growing text was not there before, or did not only grow
 */
export function diffWidget(before: WidgetRoot, after: WidgetRoot): ThreadItemUpdate[] {
  if (needsReplacement({ ...before }, { ...after })) return [{ type: 'widget.root.updated', widget: after }];
  const shown = streamingTexts({ ...before });
  const updates: ThreadItemUpdate[] = [];
  for (const [component_id, component] of streamingTexts({ ...after })) {
    const earlier = shown.get(component_id);
    if (earlier === undefined)
      throw new OperatorError(`text ${component_id} was not there when the widget was first shown`);
    const [old, now] = [earlier.value, component.value];
    if (old === now) continue;
    if (!now.startsWith(old)) throw new OperatorError(`text ${component_id} may only grow`);
    updates.push({
      type: 'widget.streaming_text.value_delta',
      component_id,
      delta: now.slice(old.length),
      done: component.streaming !== true,
    });
  }
  return updates;
}

function isObject(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isComponent(value: unknown): value is Component {
  return isObject(value) && typeof value['type'] === 'string';
}

function isStreamingText(value: Component): value is Component & { value: string } {
  return (value['type'] === 'Markdown' || value['type'] === 'Text') && typeof value['value'] === 'string';
}

function needsReplacement(before: Component, after: Component): boolean {
  if (['type', 'id', 'key'].some((name) => before[name] !== after[name])) return true;
  const grew = isStreamingText(before) && isStreamingText(after) && after.value.startsWith(before.value);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].some(
    (name) => !(grew && name === 'value') && differs(before[name], after[name]),
  );
}

function differs(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length !== after.length || before.some((value, at) => differs(value, after[at]));
  }
  if (isComponent(before) && isComponent(after)) return needsReplacement(before, after);
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].some((name) =>
      differs(before[name], after[name]),
    );
  }
  return before !== after;
}

function streamingTexts(root: Component): Map<string, Component & { value: string }> {
  const found = new Map<string, Component & { value: string }>();
  const visit = (component: Component): void => {
    const { id, children } = component;
    if (isStreamingText(component) && typeof id === 'string' && id !== '') found.set(id, component);
    for (const child of Array.isArray(children) ? (children as unknown[]) : [children]) {
      if (isObject(child)) visit(child);
    }
  };
  visit(root);
  return found;
}
