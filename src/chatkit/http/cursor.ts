import { InvalidRequestError } from '../core/errors.js';
import { isStorableId } from '../core/text.js';
import { isTime } from './fields.js';

/** As the database writes it. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** Where a page begins that is in order of time: behind what has this time, and these ids. */
export type TimeCursor = readonly [at: string, ...ids: string[]];

/** A page as a client gets it. */
export interface CursorPage<Row> {
  readonly data: readonly Row[];
  readonly has_more: boolean;
  /** For the next page, if there is one. */
  readonly after?: string;
}

/**
 * The page that rows make, of which one more than `limit` was asked for.
 *
 * @param cursorOf the cursor behind a row, as text
 */
export function cursorPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
): CursorPage<Row> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return rows.length > limit && last !== undefined
    ? { data, has_more: true, after: cursorOf(last) }
    : { data, has_more: false };
}

/** The cursor as text that says nothing to a client. */
export function cursorText(cursor: TimeCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/**
 * Reads what {@link cursorText} made.
 *
 * @param length of the cursor
 * @throws InvalidRequestError when the text is no cursor
 */
export function cursorValues(text: string, length: number): readonly string[] {
  const values = parsed(text);
  if (!Array.isArray(values) || values.length !== length || !values.every(isPart)) throw notACursor();
  const [at = ''] = values;
  if (!TIME.test(at) || !isTime(at)) throw notACursor();
  return values;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw notACursor();
  }
}

function isPart(value: unknown): value is string {
  return typeof value === 'string' && isStorableId(value);
}

/** What a client is told whose cursor is none of ours. */
export function notACursor(): InvalidRequestError {
  return new InvalidRequestError('after must be what the page before gave as after', 'after');
}
