import { isISO8601, length, ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';
import { MAX_ID_LENGTH } from '../core/index.js';
import { isStorableId, isStorableText } from '../core/text.js';

/** How long a text may be. */
export interface TextBounds {
  /** Characters. Default 1. */
  readonly min?: number;
  /** Characters. */
  readonly max: number;
  /** In UTF-8. Default: as many as the characters need. */
  readonly maxBytes?: number;
}

/** A text that the database can hold: neither NUL nor lone surrogates, of bounded length. */
export function IsText({ min = 1, max, maxBytes = Infinity }: TextBounds): PropertyDecorator {
  const bytes = maxBytes === Infinity ? '' : ` and at most ${maxBytes} bytes`;
  return field(
    'isText',
    `must be ${min} to ${max} characters${bytes} of valid text`,
    (value) =>
      typeof value === 'string' &&
      length(value, min, max) &&
      isStorableText(value) &&
      Buffer.byteLength(value) <= maxBytes,
    [min, max],
  );
}

/** A field of a body that may be left out; null stands for nothing, and is refused where the rules of the field refuse it. */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_fields, value) => value !== undefined);
}

/** An id that could have been stored. */
export function IsId(): PropertyDecorator {
  const message = `must be 1 to ${MAX_ID_LENGTH} characters of valid text`;
  return field('isId', message, (value) => typeof value === 'string' && isStorableId(value), [
    1,
    MAX_ID_LENGTH,
  ]);
}

/** A date, or a date and time, in ISO 8601, that exists, and that `Date` and the database read alike. */
export function IsTime(): PropertyDecorator {
  return field('isTime', 'must be a date or time in ISO 8601', isTime);
}

const TIME = /^\d{4}(?:-\d\d){0,2}(?:T|$)/;

/** Whether it is what {@link IsTime} lets pass. */
export function isTime(value: unknown): value is string {
  return (
    isISO8601(value, { strict: true }) &&
    typeof value === 'string' &&
    TIME.test(value) &&
    !value.startsWith('0000') &&
    !Number.isNaN(Date.parse(value))
  );
}

/** @param constraints what descriptions of the field are to know */
function field(
  name: string,
  message: string,
  validate: (value: unknown) => boolean,
  constraints: readonly number[] = [],
): PropertyDecorator {
  const options: ValidationOptions = { message: `$property ${message}` };
  return ValidateBy({ name, constraints: [...constraints], validator: { validate } }, options);
}
