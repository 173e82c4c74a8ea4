import { CustomStreamError } from '../../chatkit/core/index.js';

/**
 * What the user has chosen in the composer, if it may be chosen.
 *
 * @param field of the user's message, for the error
 * @throws CustomStreamError naming the field, when what is chosen is not offered
 */
export function offered(
  field: 'model' | 'tool_choice.id',
  chosen: string | undefined,
  names: readonly string[],
): string | undefined {
  if (chosen === undefined || names.includes(chosen)) return chosen;
  throw new CustomStreamError(`inference_options.${field}: what was chosen is not offered here`);
}
