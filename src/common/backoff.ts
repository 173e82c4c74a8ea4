import type { Clock } from './clock.js';

/** The first wait and the longest one, in milliseconds, before chance shortens them. */
interface Pauses {
  readonly first: number;
  readonly longest: number;
}

const SHORT: Pauses = { first: 100, longest: 2000 };

/** Milliseconds to wait before attempt `attempt` (from 0): doubling up to a bound, half of it by chance. */
export function backoff(
  attempt: number,
  clock: Pick<Clock, 'random'>,
  { first, longest }: Pauses = SHORT,
): number {
  const bound = Math.min(longest, first * 2 ** Math.min(attempt, 10));
  return Math.round(bound * (0.5 + clock.random() / 2));
}
