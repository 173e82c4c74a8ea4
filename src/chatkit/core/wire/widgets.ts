import * as z from 'zod';
import { card, component, listView, type Card, type Component, type ListView } from './widgets/component.js';
import { dynamicRoot, type DynamicRoot } from './widgets/dynamic.js';

/** Widgets are sent without any `null`; only lists of components keep their place. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((entry) => entry !== null).map(withoutNulls);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => key === 'children' || (entry !== null && entry !== undefined))
      .map(([key, entry]) => [key, withoutNulls(entry)]),
  );
}

/** Any component of a widget. */
export type WidgetComponent = Component;
/** A whole widget. */
export type WidgetRoot = Card | ListView | DynamicRoot;

/**
 * A component as it is sent: of a known type with its defaults filled in and unknown fields dropped,
 * or, when it does not fit the known type, unchanged.
 */
export const widgetComponent: z.ZodType<WidgetComponent> = component.transform(
  (value) => withoutNulls(value) as WidgetComponent,
);

/** A widget as it is sent; its root is a `Card`, a `ListView` or a `Basic`. */
export const widgetRoot: z.ZodType<WidgetRoot> = z
  .union([card, listView, dynamicRoot])
  .transform((value) => withoutNulls(value) as WidgetRoot);

export type {
  Box,
  Card,
  Col,
  Form,
  KnownComponent,
  ListView,
  ListViewItem,
  Row,
  Transition,
} from './widgets/component.js';
export type { DynamicComponent, DynamicRoot } from './widgets/dynamic.js';
