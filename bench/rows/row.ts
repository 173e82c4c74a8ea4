import type { Requests } from '../load/requests.js';
import type { Running, Stage } from '../stage.js';

/** One figure of one server. */
export interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** Which way is better. */
  readonly better: 'more' | 'less';
}

/** How much there is, and how much is asked. */
export interface Sizes {
  /** Factor of all counts of requests. */
  readonly scale: number;
  /** Threads that each server has. */
  readonly threads: number;
  /** Turns of each, of two items. */
  readonly turns: number;
  /** Open streams. */
  readonly streams: readonly number[];
  /** Items of the long thread. */
  readonly longThread: number;
  /** Threads of one member. */
  readonly threadCounts: readonly number[];
  /** Tenants in the same tables. */
  readonly tenants: readonly number[];
  /** Tenants with a schema of their own each. */
  readonly schemas: readonly number[];
}

/** A server with conversations in it. */
export interface Seeded extends Running {
  readonly requests: Requests;
  readonly threads: readonly string[];
}

/** One row of the table. */
export interface Row {
  readonly name: string;
  readonly about: string;
  /** Whether it is measured in each round; else once. */
  readonly repeated: boolean;
  /** Whether it needs this project's tables. */
  readonly chatkit: boolean;
  /** Whether each part is measured in a server that has just been started, whose memory has no room from before. Default false. */
  readonly fresh?: boolean;
  /** What is measured one after the other, so that one part that fails takes no other with it. Default: all at once. */
  readonly parts?: (sizes: Sizes) => readonly Sizes[];
  readonly measure: (server: Seeded, stage: Stage, sizes: Sizes) => Promise<readonly Measure[]>;
}

export function times(count: number, scale: number): number {
  return Math.max(2, Math.round(count * scale));
}
