import * as z from 'zod';
import { actionConfig } from '../actions.js';
import { bestFit } from '../best-fit.js';
import { iconName } from '../icons.js';
import { boolean, integer, optional } from '../primitives.js';
import {
  alignment,
  base,
  border,
  bounds,
  color,
  direction,
  radius,
  size,
  spacing,
  theme,
  wholeSize,
} from './props.js';

const flag = optional(boolean);

/** The fields of a box but for its children. */
export const boxProps = {
  ...base,
  ...bounds,
  align: alignment,
  justify: optional(z.enum(['start', 'center', 'end', 'between', 'around', 'evenly', 'stretch'])),
  wrap: optional(z.enum(['nowrap', 'wrap', 'wrap-reverse'])),
  flex: optional(wholeSize),
  gap: optional(wholeSize),
  height: optional(size),
  width: optional(size),
  size: optional(size),
  padding: spacing,
  margin: spacing,
  border,
  radius,
  background: color,
  aspectRatio: optional(size),
};

/** The containers but for their children, which are typed where the recursion closes. */
export const boxShell = z.object({ ...boxProps, type: z.literal('Box'), direction });
export const rowShell = z.object({ ...boxProps, type: z.literal('Row') });
export const colShell = z.object({ ...boxProps, type: z.literal('Col') });
export const formShell = z.object({
  ...boxProps,
  type: z.literal('Form'),
  onSubmitAction: optional(actionConfig),
  direction,
});
export const transitionShell = z.object({ ...base, type: z.literal('Transition') });
export const listViewItemShell = z.object({
  ...base,
  type: z.literal('ListViewItem'),
  onClickAction: optional(actionConfig),
  gap: optional(wholeSize),
  align: alignment,
});

const statusWithFavicon = z.object({
  text: z.string(),
  favicon: z.string().optional(),
  frame: boolean.optional(),
});
const statusWithIcon = z.object({ text: z.string(), icon: iconName.optional() });
const status = optional(bestFit([statusWithFavicon, statusWithIcon]));
const cardAction = optional(z.object({ label: z.string(), action: actionConfig }));

export const listViewShell = z.object({
  ...base,
  type: z.literal('ListView'),
  limit: optional(z.union([z.literal('auto'), integer])),
  status,
  theme,
});
export const cardShell = z.object({
  ...base,
  type: z.literal('Card'),
  asForm: flag,
  background: color,
  size: optional(z.enum(['sm', 'md', 'lg', 'full'])),
  padding: spacing,
  status,
  collapsed: flag,
  confirm: cardAction,
  cancel: cardAction,
  theme,
});
