import { setImmediate, setTimeout } from 'node:timers/promises';

/** What a message orders: so many deltas, so many milliseconds apart. */
export interface Order {
  readonly deltas: number;
  readonly delay: number;
}

const ORDER = /bench deltas=(\d+) delay=(\d+)/g;
const DELTA = 'the quick brown fox jump ';

/** The last order in a text. */
export function orderIn(text: string): Order {
  const [, deltas = 0, delay = 0] = [...text.matchAll(ORDER)].at(-1) ?? [];
  return { deltas: Number(deltas), delay: Number(delay) };
}

/**
 * Waits until the n-th delta (from 1) is due: a turn of the event loop, or so many delays after the start.
 *
 * @returns its 25 characters; with a delay they begin with the time they were due, in milliseconds since the epoch
 */
export async function delta({ delay }: Order, start: number, n: number): Promise<string> {
  if (delay === 0) {
    await setImmediate();
    return DELTA;
  }
  const due = start + n * delay;
  await setTimeout(Math.max(0, due - Date.now()));
  return `[${due}] fox jump`.padEnd(DELTA.length);
}
