import { CustomStreamError, StreamError } from '../errors.js';
import type { ThreadStreamEvent } from '../wire/events.js';

/**
 * The event that ends a stream which has failed.
 *
 * @param allowRetry whether the client may try again, where the failure does not say so itself
 */
export function errorEvent(thrown: unknown, allowRetry: boolean): ThreadStreamEvent {
  if (thrown instanceof CustomStreamError) {
    return { type: 'error', code: 'custom', message: thrown.message, allow_retry: thrown.allowRetry };
  }
  if (thrown instanceof StreamError) {
    return { type: 'error', code: thrown.code, allow_retry: thrown.allowRetry };
  }
  return { type: 'error', code: 'stream.error', allow_retry: allowRetry };
}
