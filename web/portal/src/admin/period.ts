import type { Range } from './admin-api.js';

/** How far back an administrator looks, in days, today included. */
export type Period = '7' | '30' | '90';

export const PERIODS: readonly (readonly [Period, string])[] = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
];

const DAY_MS = 86_400_000;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * The days of UTC until the end of today, or the same number of days before those.
 *
 * @param now milliseconds since the epoch
 */
export function rangeOf(period: Period, now: number, before = false): Range {
  const length = Number(period) * DAY_MS;
  const to = (Math.floor(now / DAY_MS) + 1) * DAY_MS - (before ? length : 0);
  return { from: dayOf(to - length), to: dayOf(to) };
}

/** Every day of a range, with what is known of it. */
export function everyDay<Entry>(
  { from, to }: Range,
  entries: ReadonlyMap<string, Entry>,
): readonly (readonly [day: string, entry: Entry | undefined])[] {
  const days: [string, Entry | undefined][] = [];
  for (let time = Date.parse(from); time < Date.parse(to); time += DAY_MS) {
    const key = dayOf(time);
    days.push([key, entries.get(key)]);
  }
  return days;
}
