import type { ThreadStreamEvent } from '../../chatkit/core/index.js';

/** What an event of a model is made into: at once for deltas, which come most often. */
export type Converted = readonly ThreadStreamEvent[] | Promise<readonly ThreadStreamEvent[]>;

/** Nothing is made of it. */
export const NOTHING: readonly ThreadStreamEvent[] = [];
