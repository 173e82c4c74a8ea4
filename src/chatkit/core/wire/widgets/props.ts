import * as z from 'zod';
import { bestFit } from '../best-fit.js';
import { integer, number, optional } from '../primitives.js';

/** Fields every component has. `key` and `id` identify it across updates of its widget. */
export const base = { key: optional(z.string()), id: optional(z.string()) };

/** A colour per theme. */
export const themeColor = z.object({ dark: z.string(), light: z.string() });

/** A token, a CSS colour, or one colour per theme. */
export const color = optional(z.union([z.string(), themeColor]));

/** A spacing unit (or pixels) as a whole number, or a CSS length. */
export const wholeSize = z.union([z.string(), integer]);
/** As `wholeSize`, with fractions. */
export const size = z.union([z.string(), number]);

const side = size.optional();
const spacingSides = z.object({
  top: side,
  right: side,
  bottom: side,
  left: side,
  x: side,
  y: side,
});
/** One size for all sides, or one per side or axis. */
export const spacing = optional(z.union([z.string(), number, spacingSides]));
/** As `spacing`, but a size for all sides is a whole number. */
export const wholeSpacing = optional(z.union([z.string(), integer, spacingSides]));

const borderLine = z.object({
  size: integer,
  color: z.union([z.string(), themeColor]).optional(),
  style: z.enum(['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset']).optional(),
});
const borderSide = z.union([integer, borderLine]).optional();
const borderSides = z.object({
  top: borderSide,
  right: borderSide,
  bottom: borderSide,
  left: borderSide,
  x: borderSide,
  y: borderSide,
});
/** A thickness in pixels, one line for all sides, or one per side or axis. */
export const border = optional(z.union([integer, bestFit([borderLine, borderSides])]));

export const radius = optional(
  z.enum(['2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', 'full', '100%', 'none']),
);
export const textAlign = optional(z.enum(['start', 'center', 'end']));
export const textSize = optional(z.enum(['xs', 'sm', 'md', 'lg', 'xl']));
export const weight = optional(z.enum(['normal', 'medium', 'semibold', 'bold']));
export const alignment = optional(z.enum(['start', 'center', 'end', 'baseline', 'stretch']));
export const direction = optional(z.enum(['row', 'col']));
export const theme = optional(z.enum(['light', 'dark']));

/** Lower and upper bounds of a box, whole pixels or CSS lengths. */
export const bounds = {
  minHeight: optional(wholeSize),
  minWidth: optional(wholeSize),
  minSize: optional(wholeSize),
  maxHeight: optional(wholeSize),
  maxWidth: optional(wholeSize),
  maxSize: optional(wholeSize),
};

/** Exact measures of a box, whole pixels or CSS lengths. */
export const measures = {
  height: optional(wholeSize),
  width: optional(wholeSize),
  size: optional(wholeSize),
};
