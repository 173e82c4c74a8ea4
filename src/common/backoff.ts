import type { Clock } from './clock.js';

const FIRST = 100;
const LONGEST = 2000;

/** Milliseconds to wait before attempt `attempt` (from 0): doubling up to a bound, half of it by chance. */
export function backoff(attempt: number, clock: Pick<Clock, 'random'>): number {
  const bound = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10));
  return Math.round(bound * (0.5 + clock.random() / 2));
}
