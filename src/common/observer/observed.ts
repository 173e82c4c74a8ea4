import type { ObservedOutcome } from './observer.port.js';

/**
 * Does something and tells how it ended and how long it took.
 *
 * @param signal what fails once it has fired was stopped
 * @throws what `work` throws
 */
export async function observed<T>(
  work: () => Promise<T>,
  tell: (end: { readonly outcome: ObservedOutcome; readonly milliseconds: number }) => void,
  signal?: AbortSignal,
): Promise<T> {
  const begun = performance.now();
  let outcome: ObservedOutcome = 'failed';
  try {
    const result = await work();
    outcome = signal?.aborted === true ? 'stopped' : 'completed';
    return result;
  } catch (error) {
    if (signal?.aborted === true) outcome = 'stopped';
    throw error;
  } finally {
    tell({ outcome, milliseconds: performance.now() - begun });
  }
}
