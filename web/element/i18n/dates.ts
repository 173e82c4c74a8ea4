import type { ThreadInfo } from '../session/wire.js';
import type { Translate } from './translator.js';

export interface DateGroup {
  readonly label: string;
  readonly threads: readonly ThreadInfo[];
}

const DAY = 86_400_000;

/** A wire time; one without a zone is UTC. */
export function parseTime(value: string): Date | undefined {
  const zoned = /(?:[zZ]|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value}Z`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function labelOf(date: Date | undefined, now: Date, locale: string, t: Translate): string {
  if (!date) return dayLabel(0, locale);
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const age = midnight - date.getTime();
  if (age <= 0) return dayLabel(0, locale);
  if (age <= DAY) return dayLabel(-1, locale);
  if (age <= 7 * DAY) return t('lastWeek');
  if (age <= 30 * DAY) return t('lastMonth');
  return heading(new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(date), locale);
}

/** Today, or how many days ago it was, in words. */
function dayLabel(days: number, locale: string): string {
  return heading(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day'), locale);
}

/** Words that stand for themselves begin with a capital. */
function heading(words: string, locale: string): string {
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
}

/** Threads under headings by age, in the order given. */
export function groupByDate(
  threads: readonly ThreadInfo[],
  now: Date,
  locale: string,
  t: Translate,
): readonly DateGroup[] {
  const groups = new Map<string, ThreadInfo[]>();
  for (const thread of threads) {
    const label = labelOf(parseTime(thread.created_at), now, locale, t);
    const group = groups.get(label);
    if (group) group.push(thread);
    else groups.set(label, [thread]);
  }
  return [...groups].map(([label, members]) => ({ label, threads: members }));
}

/** A length of time in words, such as "8 seconds" or "2 minutes". */
export function duration(seconds: number, locale: string): string {
  const minutes = seconds >= 90;
  const value = minutes ? Math.round(seconds / 60) : Math.max(1, Math.round(seconds));
  const format = { style: 'unit', unit: minutes ? 'minute' : 'second', unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(locale, format).format(value);
}
