import * as z from 'zod';
import { iconName } from './icons.js';
import { boolean, integer, optional } from './primitives.js';
import { fileSource, urlSource } from './sources.js';

const base = { status_indicator: z.enum(['none', 'loading', 'complete']).default('none') };

/** One step of work shown to the user, alone or within a workflow. */
export const task = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('custom'),
    title: optional(z.string()),
    icon: optional(iconName),
    content: optional(z.string()),
  }),
  z.object({
    ...base,
    type: z.literal('web_search'),
    title: optional(z.string()),
    title_query: optional(z.string()),
    queries: z.array(z.string()).default([]),
    sources: z.array(urlSource).default([]),
  }),
  z.object({ ...base, type: z.literal('thought'), title: optional(z.string()), content: z.string() }),
  z.object({
    ...base,
    type: z.literal('file'),
    title: optional(z.string()),
    sources: z.array(fileSource).default([]),
  }),
  z.object({ ...base, type: z.literal('image'), title: optional(z.string()) }),
]);
/** One step of work: words, a search, thinking, a file or an image. */
export type Task = z.infer<typeof task>;

const workflowSummary = z.union([
  z.object({ title: z.string(), icon: optional(iconName) }),
  z.object({ duration: integer }),
]);

/** A list of tasks with an optional summary; a duration is in whole seconds. */
export const workflow = z.object({
  type: z.enum(['custom', 'reasoning']),
  tasks: z.array(task),
  summary: optional(workflowSummary),
  expanded: boolean.default(false),
});
/** Steps of work with a summary. */
export type Workflow = z.infer<typeof workflow>;
