import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { filled, oneOf, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { useView } from '../view/context.js';
import { SIZES } from './button-node.js';
import { useAction } from './use-action.js';
import { useWidget } from './widget-context.js';

type Control = HTMLInputElement | HTMLTextAreaElement;

/** What finds a field again after an update of its widget. */
export function fieldKey(node: WidgetNode): string {
  return filled(node.id) ?? text(node.name) ?? '';
}

/**
 * What every field has: its name, an id for labels, a name for screen readers when no label is there, and what
 * the user had entered before an update moved it.
 */
export function useField(node: WidgetNode) {
  const { fieldId, labelled, entered } = useWidget();
  const { busy, run } = useAction(node);
  const key = fieldKey(node);
  const [kept] = useState(() => entered.get(key));
  const name = text(node.name) ?? '';
  const ownName = filled(node.label) ?? filled(node.placeholder) ?? (name === '' ? node.type : name);
  return {
    name,
    ownName,
    kept,
    change: (element: Element, value: unknown): void => run(node.onChangeAction, element, { [name]: value }),
    enter: (value: string | boolean): void => void entered.set(key, value),
    shared: {
      id: fieldId(name),
      // Not the name itself: it could hide what a form has under that name.
      name: fieldId(name),
      'data-name': name,
      'data-key': key,
      disabled: node.disabled === true,
      required: node.required === true,
      'aria-busy': busy || undefined,
      'aria-label': labelled.has(name) ? undefined : ownName,
    },
  };
}

/** How a field looks. */
export function fieldClass(node: WidgetNode): string {
  const variant = oneOf(node.variant, ['solid', 'soft', 'outline', 'ghost'], 'outline');
  const gutter = oneOf(node.gutterSize, ['2xs', 'xs', 'sm', 'md', 'lg', 'xl', ''], '');
  const flags = ['pill', 'block'].filter((flag) => node[flag] === true).join(' ');
  return `field ${variant} size-${oneOf(node.size, SIZES, 'lg')} ${gutter && `gutter-${gutter}`} ${flags}`;
}

/** Attributes that tell browser and password managers whether to offer values. */
export function autofill(allowed: unknown, hint: unknown) {
  const autoComplete = filled(hint) ?? (allowed === true ? undefined : 'off');
  return allowed === true
    ? { autoComplete }
    : { autoComplete, 'data-1p-ignore': true, 'data-lpignore': true };
}

/** A pattern as browsers read it; undefined when it is none. */
export function patternOf(value: unknown): RegExp | undefined {
  const source = filled(value);
  if (source === undefined) return undefined;
  try {
    return new RegExp(`^(?:${source})$`, 'v');
  } catch {
    return undefined;
  }
}

/**
 * Gives a field that asks for it the focus when it arrives in an answer, as against one that was only loaded, but
 * never takes it from something that is being written or from the page around.
 */
export function useArrival(field: RefObject<Control | null>, { autoFocus, autoSelect }: WidgetNode): void {
  const { state, composer } = useView();
  useEffect(() => {
    const control = field.current;
    const root = control?.getRootNode();
    if (!control || !(root instanceof ShadowRoot)) return;
    const elsewhere = document.activeElement !== root.host && document.activeElement !== document.body;
    const free = state.value.active && !elsewhere && composer.value.text === '';
    if (autoFocus === true && free) control.focus();
    if (autoSelect === true) control.select();
  }, []);
}
