import type { Clock } from '../common/clock.js';

const COMMAND = /\bbench deltas=(\d{1,6}) delay=(\d{1,6})\b/;
const DELTA = 'the quick brown fox jump ';
const MAX_DELTAS = 10_000;
const MAX_DELAY = 60_000;

/** A load test's order: this many deltas, this many milliseconds apart. */
export interface BenchOrder {
  readonly deltas: number;
  readonly delay: number;
}

/** The order in a message, if there is one. */
export function benchOrder(message: string): BenchOrder | undefined {
  const match = COMMAND.exec(message);
  if (match === null) return undefined;
  return {
    deltas: Math.min(Number(match[1]), MAX_DELTAS),
    delay: Math.min(Number(match[2]), MAX_DELAY),
  };
}

/**
 * Texts of 25 characters. With a delay, the n-th (from 1) is due n delays after the start and begins
 * with the time it was due, in milliseconds since the epoch, so that a client can tell its lateness.
 */
export async function* benchDeltas(
  { deltas, delay }: BenchOrder,
  clock: Clock,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  const start = clock.now();
  for (let index = 1; index <= deltas; index++) {
    const due = start + index * delay;
    await clock.sleep(Math.max(0, due - clock.now()), signal);
    signal?.throwIfAborted();
    yield delay === 0 ? DELTA : `[${due.toFixed(1)}] fox jump`.padEnd(DELTA.length).slice(0, DELTA.length);
  }
}
