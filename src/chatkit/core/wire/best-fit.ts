import * as z from 'zod';

/** Objects whose keys are data of the integration rather than fields. */
const DATA = new Set(['payload', 'data', 'labels', 'metadata']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** How many fields of the input, at any depth, a schema knew: the others are not in its output. */
export function knownFields(input: unknown, output: unknown): number {
  if (!isObject(input) || !isObject(output)) return 0;
  if (Array.isArray(input)) {
    const outputs: unknown[] = Array.isArray(output) ? output : [];
    return input.reduce<number>((sum, entry, index) => sum + knownFields(entry, outputs[index]), 0);
  }
  let count = 0;
  for (const [key, value] of Object.entries(input)) {
    if (!Object.hasOwn(output, key)) continue;
    count += 1;
    if (!DATA.has(key)) count += knownFields(value, output[key]);
  }
  return count;
}

/** What a union made by `bestFit` chooses from, which its schema does not show. */
export const optionsOf = new WeakMap<object, readonly z.ZodType[]>();

/**
 * A union of objects without a discriminator. Of the options that fit, the one that knows most fields
 * of the input is taken, and the first of several that know as many.
 */
export function bestFit<const Options extends readonly z.ZodType[]>(
  options: Options,
): z.ZodType<z.output<Options[number]>> {
  const union = z.unknown().transform((value, context) => {
    let best: { data: unknown; fields: number } | undefined;
    for (const option of options) {
      const result = option.safeParse(value);
      if (!result.success) continue;
      const fields = knownFields(value, result.data);
      if (best === undefined || fields > best.fields) best = { data: result.data, fields };
    }
    if (best !== undefined) return best.data as z.output<Options[number]>;
    context.issues.push({ code: 'custom', message: 'Fits none of the allowed forms', input: value });
    return z.NEVER;
  });
  optionsOf.set(union, options);
  return union;
}
