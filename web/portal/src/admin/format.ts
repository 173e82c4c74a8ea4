const COUNT = new Intl.NumberFormat('en');
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const SECONDS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export const count = (value: number): string => COUNT.format(value);
export const compact = (value: number): string => COMPACT.format(value);

/** A part of a whole, in per cent; nothing of nothing is nothing. */
export const share = (part: number, whole: number): string => SHARE.format(whole === 0 ? 0 : part / whole);

/** Milliseconds, as people say them. */
export function duration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '–';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${SECONDS.format(milliseconds / 1000)} s`;
}

/** A day such as `2026-01-31`. */
export const day = (key: string): string => DAY.format(new Date(`${key}T00:00:00Z`));

/** A time, where and as the reader lives. */
export const moment = (iso: string): string => MOMENT.format(new Date(iso));

const UNITS = [' bytes', ' kB', ' MB', ' GB', ' TB'] as const;

/** A number of bytes. */
export function bytes(size: number): string {
  const step = UNITS.findIndex((_unit, index) => size < 1000 ** (index + 1));
  const index = step === -1 ? UNITS.length - 1 : step;
  return `${SECONDS.format(size / 1000 ** index)}${UNITS[index]}`;
}
