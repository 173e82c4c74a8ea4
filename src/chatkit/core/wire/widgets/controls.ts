import * as z from 'zod';
import { actionConfig } from '../actions.js';
import { iconName } from '../icons.js';
import { boolean, datetime, integer, optional } from '../primitives.js';
import { base, direction } from './props.js';

const flag = optional(boolean);
const string = optional(z.string());
const onAction = optional(actionConfig);
const controlSize = optional(z.enum(['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl']));
const controlVariant = optional(z.enum(['solid', 'soft', 'outline', 'ghost']));
const fieldVariant = optional(z.enum(['soft', 'outline']));
const gutterSize = optional(z.enum(['2xs', 'xs', 'sm', 'md', 'lg', 'xl']));

export const button = z.object({
  ...base,
  type: z.literal('Button'),
  submit: flag,
  label: string,
  onClickAction: onAction,
  iconStart: optional(iconName),
  iconEnd: optional(iconName),
  style: optional(z.enum(['primary', 'secondary'])),
  iconSize: optional(z.enum(['sm', 'md', 'lg', 'xl', '2xl'])),
  color: optional(
    z.enum(['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger']),
  ),
  variant: controlVariant,
  size: controlSize,
  pill: flag,
  uniform: flag,
  block: flag,
  disabled: flag,
});

export const select = z.object({
  ...base,
  type: z.literal('Select'),
  name: z.string(),
  options: z.array(
    z.object({
      value: z.string(),
      label: z.string(),
      disabled: boolean.optional(),
      description: z.string().optional(),
    }),
  ),
  onChangeAction: onAction,
  placeholder: string,
  defaultValue: string,
  variant: controlVariant,
  size: controlSize,
  pill: flag,
  block: flag,
  clearable: flag,
  disabled: flag,
  searchable: flag,
});

export const datePicker = z.object({
  ...base,
  type: z.literal('DatePicker'),
  name: z.string(),
  onChangeAction: onAction,
  placeholder: string,
  defaultValue: optional(datetime),
  min: optional(datetime),
  max: optional(datetime),
  variant: controlVariant,
  size: controlSize,
  side: optional(z.enum(['top', 'bottom', 'left', 'right'])),
  align: optional(z.enum(['start', 'center', 'end'])),
  pill: flag,
  block: flag,
  clearable: flag,
  disabled: flag,
});

export const checkbox = z.object({
  ...base,
  type: z.literal('Checkbox'),
  name: z.string(),
  label: string,
  defaultChecked: flag,
  onChangeAction: onAction,
  disabled: flag,
  required: flag,
});

export const radioGroup = z.object({
  ...base,
  type: z.literal('RadioGroup'),
  name: z.string(),
  options: optional(
    z.array(z.object({ label: z.string(), value: z.string(), disabled: boolean.optional() })),
  ),
  ariaLabel: string,
  onChangeAction: onAction,
  defaultValue: string,
  direction,
  disabled: flag,
  required: flag,
});

const field = {
  ...base,
  name: z.string(),
  defaultValue: string,
  required: flag,
  pattern: string,
  placeholder: string,
  allowAutofillExtensions: flag,
  autoSelect: flag,
  autoFocus: flag,
  disabled: flag,
  variant: fieldVariant,
  size: controlSize,
  gutterSize,
};

export const input = z.object({
  ...field,
  type: z.literal('Input'),
  inputType: optional(z.enum(['number', 'email', 'text', 'password', 'tel', 'url'])),
  pill: flag,
});

export const textarea = z.object({
  ...field,
  type: z.literal('Textarea'),
  rows: optional(integer),
  autoResize: flag,
  maxRows: optional(integer),
});
