import { InvalidRequestError } from '../../chatkit/core/index.js';
import { isStorableId } from '../../chatkit/core/text.js';
import { isTime } from '../../chatkit/index.js';
import type { FeedbackCursor, FeedbackEntry } from './feedback-reader.port.js';

/** As the database writes it. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** The cursor behind an opinion: says nothing to a client. */
export function cursorOf({ created_at, thread_id, item_id, user_id }: FeedbackEntry): string {
  return Buffer.from(JSON.stringify([created_at, thread_id, item_id, user_id])).toString('base64url');
}

/** @throws InvalidRequestError when the text is no cursor */
export function readCursor(text: string): FeedbackCursor {
  const values = parsed(text);
  if (!Array.isArray(values) || values.length !== 4 || !values.every(isPart)) throw notACursor();
  const [at = '', threadId = '', itemId = '', userId = ''] = values;
  if (!TIME.test(at) || !isTime(at)) throw notACursor();
  return [at, threadId, itemId, userId];
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

function notACursor(): InvalidRequestError {
  return new InvalidRequestError('after must be what the page before gave as after', 'after');
}
