import { cut } from '../cut.js';
import { InvalidStateError } from '../errors.js';
import type { ThreadMetadata } from '../wire/threads.js';

const MAX_REASON = 500;

/**
 * Lets a user go on in a thread that is active.
 *
 * @throws InvalidStateError with the reason when it is locked or closed
 */
export function assertActive({ status }: ThreadMetadata): void {
  if (status.type === 'active') return;
  const reason = status.reason === undefined ? '' : `: ${cut(status.reason, MAX_REASON)}`;
  throw new InvalidStateError(`The thread is ${status.type}${reason}`, { quotes: true });
}
