import {
  ChatKitError,
  CustomStreamError,
  StreamError,
  UnavailableError,
  type ThreadStreamEvent,
} from '../core/index.js';

/** The last event of a stream that broke after it had begun. */
export function failureEvent(thrown: unknown): ThreadStreamEvent {
  if (thrown instanceof CustomStreamError) {
    return { type: 'error', code: 'custom', message: thrown.message, allow_retry: thrown.allowRetry };
  }
  if (thrown instanceof StreamError) {
    return { type: 'error', code: thrown.code, allow_retry: thrown.allowRetry };
  }
  const isFinal = thrown instanceof ChatKitError && !(thrown instanceof UnavailableError);
  return { type: 'error', code: 'stream.error', allow_retry: !isFinal };
}
