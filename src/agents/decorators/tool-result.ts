import { cut } from '../../chatkit/core/cut.js';

/** What the SDK hands to the model as it is instead of as text. */
const MEDIA = new Set<unknown>(['image', 'file']);

/**
 * The result of a tool as the model gets it: cut, with a note, where its text is longer than `max` characters.
 * Images and files are passed as they are.
 */
export function limitedResult(result: unknown, max: number): unknown {
  if (holdsMedia(result)) return result;
  const text = typeof result === 'string' ? result : (JSON.stringify(result) ?? '');
  if (text.length <= max) return typeof result === 'string' ? cut(result, max) : result;
  return `${cut(text, max)}\n[cut: ${max} of ${text.length} characters]`;
}

function holdsMedia(result: unknown): boolean {
  if (Array.isArray(result)) return result.some(holdsMedia);
  return typeof result === 'object' && result !== null && 'type' in result && MEDIA.has(result.type);
}
