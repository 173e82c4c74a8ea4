import * as z from 'zod';
import { iconName } from '../icons.js';
import { boolean, integer, optional } from '../primitives.js';
import {
  base,
  bounds,
  color,
  measures,
  radius,
  size,
  textAlign,
  textSize,
  weight,
  wholeSize,
  wholeSpacing,
} from './props.js';

const editable = z.object({
  name: z.string(),
  autoFocus: boolean.optional(),
  autoSelect: boolean.optional(),
  autoComplete: z.string().optional(),
  allowAutofillExtensions: boolean.optional(),
  pattern: z.string().optional(),
  placeholder: z.string().optional(),
  required: boolean.optional(),
});

const flag = optional(boolean);

export const text = z.object({
  ...base,
  type: z.literal('Text'),
  value: z.string(),
  streaming: flag,
  italic: flag,
  lineThrough: flag,
  color,
  weight,
  width: optional(size),
  size: textSize,
  textAlign,
  truncate: flag,
  minLines: optional(integer),
  maxLines: optional(integer),
  editable: optional(z.union([z.literal(false), editable])),
});

export const title = z.object({
  ...base,
  type: z.literal('Title'),
  value: z.string(),
  color,
  weight,
  size: optional(z.enum(['sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'])),
  textAlign,
  truncate: flag,
  maxLines: optional(integer),
});

export const caption = z.object({
  ...base,
  type: z.literal('Caption'),
  value: z.string(),
  color,
  weight,
  size: optional(z.enum(['sm', 'md', 'lg'])),
  textAlign,
  truncate: flag,
  maxLines: optional(integer),
});

export const markdown = z.object({
  ...base,
  type: z.literal('Markdown'),
  value: z.string(),
  streaming: flag,
});

export const badge = z.object({
  ...base,
  type: z.literal('Badge'),
  label: z.string(),
  color: optional(z.enum(['secondary', 'success', 'danger', 'warning', 'info', 'discovery'])),
  variant: optional(z.enum(['solid', 'soft', 'outline'])),
  size: optional(z.enum(['sm', 'md', 'lg'])),
  pill: flag,
});

export const label = z.object({
  ...base,
  type: z.literal('Label'),
  value: z.string(),
  fieldName: z.string(),
  size: textSize,
  weight,
  textAlign,
  color,
});

export const icon = z.object({
  ...base,
  type: z.literal('Icon'),
  name: iconName,
  color,
  size: optional(z.enum(['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'])),
});

export const image = z.object({
  ...base,
  ...measures,
  ...bounds,
  type: z.literal('Image'),
  src: z.string(),
  alt: optional(z.string()),
  fit: optional(z.enum(['cover', 'contain', 'fill', 'scale-down', 'none'])),
  position: optional(
    z.enum([
      'top left',
      'top',
      'top right',
      'left',
      'center',
      'right',
      'bottom left',
      'bottom',
      'bottom right',
    ]),
  ),
  radius,
  frame: flag,
  flush: flag,
  margin: wholeSpacing,
  background: color,
  aspectRatio: optional(size),
  flex: optional(wholeSize),
});

export const divider = z.object({
  ...base,
  type: z.literal('Divider'),
  color,
  size: optional(wholeSize),
  spacing: optional(wholeSize),
  flush: flag,
});

export const spacer = z.object({ ...base, type: z.literal('Spacer'), minSize: optional(wholeSize) });
