import * as z from 'zod';
import { bestFit } from './best-fit.js';
import { iconName } from './icons.js';
import { boolean, integer, jsonObject, optional } from './primitives.js';

const base = {
  title: z.string(),
  description: optional(z.string()),
  timestamp: optional(z.string()),
  group: optional(z.string()),
};

/** A file. */
export const fileSource = z.object({
  ...base,
  type: z.literal('file').default('file'),
  filename: z.string(),
});
/** A page of the web. */
export const urlSource = z.object({
  ...base,
  type: z.literal('url').default('url'),
  url: z.string(),
  attribution: optional(z.string()),
});
/** An entity of the integration’s. */
export const entitySource = z.object({
  ...base,
  type: z.literal('entity').default('entity'),
  id: z.string(),
  icon: optional(iconName),
  label: optional(z.string()),
  inline_label: optional(z.string()),
  interactive: boolean.default(false),
  data: jsonObject.default({}),
  preview: optional(z.literal('lazy')),
});

/** Where an answer, or a task, took something from. */
export const source = bestFit([urlSource, fileSource, entitySource]);
/** A page, a file or an entity of the integration’s. */
export type Source = z.infer<typeof source>;

/** A citation; `index` is the character offset in its part's text. */
export const annotation = z.object({
  type: z.literal('annotation').default('annotation'),
  source,
  index: optional(integer),
});
/** A citation within an answer. */
export type Annotation = z.infer<typeof annotation>;
