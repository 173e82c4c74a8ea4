import { messageText } from '../model-text/data-text.js';
import { mapTexts, type Redaction } from './redaction.js';

/** More than any text of a server that is told: the rest is cut where it is used. */
const MAX_TEXT = 1_000_000;

/**
 * What a server has said, as anybody else may learn it. All text of a server passes here first, names and schemas
 * too: nothing in it can pass for one of the prompt's blocks, and the caller's credentials are taken out of it, last
 * and before anything is cut, so that no part of them is left.
 */
export function toldByServer<T>(said: T, redaction: Redaction): T {
  return mapTexts(said, (text) => redaction.text(messageText(text, MAX_TEXT))) as T;
}
