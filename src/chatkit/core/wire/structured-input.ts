import * as z from 'zod';
import { atMost, boolean, id, optional } from './primitives.js';

export const structuredInputAnswer = z.object({
  values: z.array(z.string()).default([]),
  skipped: boolean.default(false),
});
/** The answer to one question; skipped, it has no values. */
export type StructuredInputAnswer = z.infer<typeof structuredInputAnswer>;

const base = { id: z.string(), question: z.string(), answer: optional(structuredInputAnswer) };

/** A question the user answers in a form. */
export const structuredInput = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('multiple_choice'),
    options: z.array(z.object({ value: z.string() })),
    multiple: boolean.default(false),
  }),
  z.object({ ...base, type: z.literal('freeform'), description: optional(z.string()) }),
]);
/** One question of a form. */
export type StructuredInput = z.infer<typeof structuredInput>;

/** Most answers one submission may hold, and most values one answer may. */
export const MAX_ANSWERS = 1000;

const submittedAnswer = structuredInputAnswer.extend({
  values: atMost(MAX_ANSWERS, z.array(z.string())).default([]),
});

export const structuredInputSubmission = z.object({
  status: z.enum(['answered', 'skipped']).default('answered'),
  answers: atMost(MAX_ANSWERS, z.record(id, submittedAnswer)).default({}),
});
/** The answers to the questions of one item, by the id of the question. */
export type StructuredInputSubmission = z.infer<typeof structuredInputSubmission>;
