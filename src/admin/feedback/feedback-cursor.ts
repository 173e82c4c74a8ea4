import { cursorText, cursorValues } from '../../chatkit/http/cursor.js';
import type { FeedbackCursor, FeedbackEntry } from './feedback-reader.port.js';

/** The cursor behind an opinion: says nothing to a client. */
export function cursorOf({ created_at, thread_id, item_id, user_id }: FeedbackEntry): string {
  return cursorText([created_at, thread_id, item_id, user_id]);
}

/** @throws InvalidRequestError when the text is no cursor */
export function readCursor(text: string): FeedbackCursor {
  const [at = '', threadId = '', itemId = '', userId = ''] = cursorValues(text, 4);
  return [at, threadId, itemId, userId];
}
