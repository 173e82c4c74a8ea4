import * as z from 'zod';
import { optional } from '../primitives.js';

/**
 * A component whose fields are not checked: one that newer clients know, or one whose fields the
 * known component of its type does not allow. It is handed on as it is.
 */
export interface DynamicComponent {
  type: string;
  key?: string | undefined;
  id?: string | undefined;
  children?: DynamicComponent | DynamicComponent[] | undefined;
  [field: string]: unknown;
}

/** An unchecked component that may stand at the root. */
export interface DynamicRoot extends DynamicComponent {
  type: 'Card' | 'ListView' | 'Basic';
}

const children: z.ZodType<DynamicComponent | DynamicComponent[]> = z.lazy(() =>
  z.union([dynamicComponent, z.array(dynamicComponent)]),
);
const fields = {
  key: optional(z.string()),
  id: optional(z.string()),
  children: optional(children),
};

export const dynamicComponent: z.ZodType<DynamicComponent> = z.looseObject({ ...fields, type: z.string() });

export const dynamicRoot: z.ZodType<DynamicRoot> = z.looseObject({
  ...fields,
  type: z.enum(['Card', 'ListView', 'Basic']),
});

/** How many of the fields that every component has are set, in a component and those below it. */
export function declaredFields(component: DynamicComponent): number {
  const own = ['type', 'key', 'id', 'children'].filter((key) => Object.hasOwn(component, key)).length;
  const children = component.children ?? [];
  return [children].flat().reduce((sum, child) => sum + declaredFields(child), own);
}
