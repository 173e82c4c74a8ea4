import * as z from 'zod';
import { knownFields } from '../best-fit.js';
import { optional } from '../primitives.js';
import { chart } from './chart.js';
import {
  boxShell,
  cardShell,
  colShell,
  formShell,
  listViewItemShell,
  listViewShell,
  rowShell,
  transitionShell,
} from './containers.js';
import { badge, caption, divider, icon, image, label, markdown, spacer, text, title } from './content.js';
import { button, checkbox, datePicker, input, radioGroup, select, textarea } from './controls.js';
import { declaredFields, dynamicComponent, type DynamicComponent } from './dynamic.js';

const leaves = [
  text,
  title,
  caption,
  chart,
  badge,
  markdown,
  divider,
  icon,
  image,
  button,
  checkbox,
  spacer,
  select,
  datePicker,
  input,
  label,
  radioGroup,
  textarea,
] as const;

interface Children {
  children?: Component[] | undefined;
}
/** A box around other components. */
export interface Box extends z.infer<typeof boxShell>, Children {}
/** Components beside each other. */
export interface Row extends z.infer<typeof rowShell>, Children {}
/** Components below each other. */
export interface Col extends z.infer<typeof colShell>, Children {}
/** Controls whose values are sent together. */
export interface Form extends z.infer<typeof formShell>, Children {}
/** An entry of a ListView. */
export interface ListViewItem extends z.infer<typeof listViewItemShell> {
  children: Component[];
}
/** Animates the change from one component to another. */
export interface Transition extends z.infer<typeof transitionShell> {
  children?: Component | undefined;
}
/** A widget: one card. */
export interface Card extends z.infer<typeof cardShell> {
  children: Component[];
}
/** A widget: a list. */
export interface ListView extends z.infer<typeof listViewShell> {
  children: ListViewItem[];
}

/** A component of a known type, its fields checked. */
export type KnownComponent =
  z.infer<(typeof leaves)[number]> | Box | Row | Col | Form | ListViewItem | Transition;

/** A component of a known type, or one that is handed on unchecked. */
export type Component = KnownComponent | DynamicComponent;

/** Components refer to each other, so the schema of one is looked up when it is used. */
const child: z.ZodType<Component> = z.lazy(() => component);
const children = z.array(child);

const listViewItem = listViewItemShell.extend({ children });

const known = z.discriminatedUnion('type', [
  ...leaves,
  boxShell.extend({ children: optional(children) }),
  rowShell.extend({ children: optional(children) }),
  colShell.extend({ children: optional(children) }),
  formShell.extend({ children: optional(children) }),
  listViewItem,
  transitionShell.extend({ children: child.nullable().transform((value) => value ?? undefined) }),
]);

/** Whether the component was given children that its type does not have. */
function hasStrayChildren(input: unknown, output: object): boolean {
  return typeof input === 'object' && input !== null && 'children' in input && !('children' in output);
}

/**
 * A component as its type declares it, or unchecked. One that fits its type is handed on unchecked too
 * when its type has no children and that would drop more than the type knows.
 */
export const component: z.ZodType<Component> = z.unknown().transform((value, context) => {
  const strict = known.safeParse(value);
  if (strict.success && !hasStrayChildren(value, strict.data)) return strict.data;
  const dynamic = dynamicComponent.safeParse(value);
  if (strict.success) {
    return dynamic.success && declaredFields(dynamic.data) > knownFields(value, strict.data)
      ? dynamic.data
      : strict.data;
  }
  if (dynamic.success) return dynamic.data;
  for (const { message, path } of dynamic.error.issues) {
    context.issues.push({ code: 'custom', message, path, input: value });
  }
  return z.NEVER;
});
export const card: z.ZodType<Card> = cardShell.extend({ children });
export const listView: z.ZodType<ListView> = listViewShell.extend({
  children: z.array(listViewItem.extend({ type: listViewItem.shape.type.default('ListViewItem') })),
});
