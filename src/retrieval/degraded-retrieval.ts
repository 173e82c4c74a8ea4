import type { Passage } from './retriever.js';

/**
 * Thrown by a retriever that has found something, but not in all the ways it should: the passages are used, and
 * health is degraded by the name of the cause.
 */
export class DegradedRetrieval extends Error {
  override readonly name = 'DegradedRetrieval';

  constructor(
    readonly passages: readonly Passage[],
    override readonly cause: unknown,
  ) {
    super('found less than there may be');
  }
}
