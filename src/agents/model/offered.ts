import { CustomStreamError, InvalidRequestError } from '../../chatkit/core/index.js';

/** A field of the user's message, below `inference_options`. */
type Field = 'model' | 'tool_choice.id';

const REFUSAL = 'what was chosen is not offered here';

/**
 * What the user has chosen in the composer, if it may be chosen.
 *
 * @throws CustomStreamError naming the field, when what is chosen is not offered
 */
export function offered(
  field: Field,
  chosen: string | undefined,
  names: readonly string[],
): string | undefined {
  if (chosen === undefined || names.includes(chosen)) return chosen;
  throw new CustomStreamError(`inference_options.${field}: ${REFUSAL}`);
}

/**
 * The same, of a message that has not been stored yet.
 *
 * @throws InvalidRequestError naming the field, when what is chosen is not offered
 */
export function assertOffered(field: Field, chosen: string | undefined, names: readonly string[]): void {
  if (chosen === undefined || names.includes(chosen)) return;
  const path = `params.input.inference_options.${field}`;
  throw new InvalidRequestError(`${path}: ${REFUSAL}`, path);
}
