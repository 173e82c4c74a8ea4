import { cursorText, cursorValues, notACursor } from '../chatkit/http/cursor.js';
import type { AuditCursor, RecordedEntry } from './audit-reader.port.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The cursor behind an entry: says nothing to a client. */
export function cursorOf({ created_at, id }: RecordedEntry): string {
  return cursorText([created_at, id]);
}

/** @throws InvalidRequestError when the text is no cursor */
export function readCursor(text: string): AuditCursor {
  const [at = '', id = ''] = cursorValues(text, 2);
  if (UUID.test(id)) return [at, id];
  throw notACursor();
}
