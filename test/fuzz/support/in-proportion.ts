import { setImmediate } from 'node:timers/promises';

/** Less work than this, in milliseconds of the processor, harms nobody and cannot be told from noise. */
const HARMLESS_MS = 150;
/** A quarter of a text takes a quarter of the time, or a sixteenth where time grows with the square of the length. */
const TOO_MANY_TIMES = 10;

/**
 * Sees to it that the time for a text is in proportion to its length. Of the two readings of each, the quicker counts;
 * what other processes do meanwhile does not.
 *
 * @param quarter a text of the same kind, a quarter as long
 */
export async function expectInProportion(
  name: string,
  read: (text: string) => unknown,
  text: string,
  quarter: string,
): Promise<void> {
  if ((await work(read, text)) < HARMLESS_MS) return;
  const long = await work(read, text);
  if (long < HARMLESS_MS) return;
  const short = Math.min(await work(read, quarter), await work(read, quarter));
  expect([name, long / short > TOO_MANY_TIMES ? `${long} ms against ${short} ms` : 'in proportion']).toEqual([
    name,
    'in proportion',
  ]);
}

/** Milliseconds of the processor that reading takes. */
async function work(read: (text: string) => unknown, text: string): Promise<number> {
  const before = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(before);
  await setImmediate();
  return (user + system) / 1000;
}
