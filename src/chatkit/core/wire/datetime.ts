import * as z from 'zod';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt _](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?([Zz]|[+\-\u2212]\d\d:?\d\d)?)?$/;
const NUMBER = /^[+-]?(\d+(?:\.\d*)?|\.\d+)$/;
/** The one spelling that every client and the database read alike; kept as it was written. */
const PLAIN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** Beyond this, a number counts milliseconds rather than seconds. */
const LARGEST_IN_SECONDS = 2e10;

function zone(text: string): string | undefined {
  if (text.toUpperCase() === 'Z') return 'Z';
  const hours = text.slice(1, 3);
  const minutes = text.slice(-2);
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  if (hours === '00' && minutes === '00') return 'Z';
  return `${text.startsWith('+') ? '+' : '-'}${hours}:${minutes}`;
}

function fromIso(text: string): string | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = ''] = match;
  const moment = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const date = new Date(`${moment}Z`);
  // A date that does not exist (30 February, 24:00) is read as another one, or as none.
  if (year === '0000' || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(moment)) {
    return undefined;
  }
  const suffix = offset === '' ? '' : zone(offset);
  if (suffix === undefined) return undefined;
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  return `${moment}${micros === '000000' ? '' : `.${micros}`}${suffix}`;
}

function fromNumber(value: number): string | undefined {
  const unit = Math.abs(value) > LARGEST_IN_SECONDS ? 1000 : 1;
  const whole = Math.floor(value / unit);
  const micros = Math.round(((value - whole * unit) * 1e6) / unit);
  const date = new Date((whole + (micros === 1e6 ? 1 : 0)) * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const year = date.getUTCFullYear();
  if (year < 1 || year > 9999) return undefined;
  const fraction = micros % 1e6;
  return `${date.toISOString().slice(0, 19)}${fraction ? `.${String(fraction).padStart(6, '0')}` : ''}Z`;
}

function canonical(value: string | number): string | undefined {
  if (typeof value === 'number') return fromNumber(value);
  return NUMBER.test(value) ? fromNumber(Number(value)) : fromIso(value);
}

function datetimeSchema(keep: RegExp | undefined) {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const text = canonical(value);
    if (text === undefined) {
      context.issues.push({ code: 'custom', message: 'Not a date and time', input: value });
      return z.NEVER;
    }
    return typeof value === 'string' && keep?.test(value) ? value : text;
  });
}

/**
 * A point in time as ISO 8601 text; without a zone it is local to whoever wrote it. Shorter spellings
 * and seconds or milliseconds since 1970 are brought into that form.
 */
export const datetime = datetimeSchema(undefined);

/** As `datetime`, but text that already is full ISO 8601 is kept to the letter. */
export const timestamp = datetimeSchema(PLAIN);
