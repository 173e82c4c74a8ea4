interface Part {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly refusal?: unknown;
  readonly thinking?: unknown;
}

/** Parts that hold what the model has thought. */
const THOUGHTS = new Set<unknown>(['thinking', 'reasoning']);
/** Parts may hold parts; deeper ones are nobody's. */
const MAX_DEPTH = 4;

/** The text that a provider has given: some give a list of parts where others give a string. Never anything else. */
export function textOf(given: unknown, depth = 0): string {
  if (typeof given === 'string') return given;
  if (depth > MAX_DEPTH || typeof given !== 'object' || given === null) return '';
  if (Array.isArray(given)) return given.map((part: unknown) => textOf(part, depth + 1)).join('');
  const { type, text, refusal } = given as Part;
  return THOUGHTS.has(type) ? '' : textOf(text ?? refusal, depth + 1);
}

/** What the parts of a text say that are thoughts of the model. */
export function thoughtsOf(given: unknown): string {
  if (!Array.isArray(given)) return '';
  return given
    .map((part: Part | null) => (THOUGHTS.has(part?.type) ? textOf(part?.thinking ?? part?.text) : ''))
    .join('');
}
