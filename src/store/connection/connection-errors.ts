import { UnavailableError } from '../../chatkit/core/errors.js';

/** Network failures, by the code Node gives them. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** How the driver words the end of a connection. */
const DRIVER =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired)/;

/**
 * SQLSTATEs of a server that goes away, comes up, or does not take writes; and of a prepared statement that is not where
 * it was made, since a pool has changed the connection.
 */
const LOSS = /^(08...|57P0[1-5]|25006|25P03|25P04|26000|42P05)$/;

/** SQLSTATE of a server that takes no writes. */
const READ_ONLY = '25006';

/** SQLSTATEs of a server that lets us in no longer: password, database or its doors were changed. */
const REFUSAL = /^(28...|3D000|55000)$/;

/** SQLSTATEs of a server that is there but cannot do it now: full, timed out, deadlocked. */
const BUSY = /^(53...|57014|55P03|40001|40P01)$/;

/** SQLSTATEs of what others hold: not had in time, or in a circle with them. */
const HELD = new Set(['55P03', '40P01']);

const POOL_BUSY = 'timeout exceeded when trying to connect';

/** The SQLSTATE that PostgreSQL gave an error; undefined for errors of other origin. */
export function sqlState(error: unknown): string | undefined {
  const code = codeOf(error);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !NETWORK.has(code) ? code : undefined;
}

/** Whether the connection is gone, so that nothing can be said about the server from its silence. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return NETWORK.has(code) || LOSS.test(code);
  return DRIVER.test(messageOf(error));
}

/** Whether the server answers, but takes no writes. */
export function isReadOnly(error: unknown): boolean {
  return codeOf(error) === READ_ONLY;
}

/** A server was met that takes no writes: a standby, for instance. */
export class ReadOnlyError extends Error {
  override readonly name = 'ReadOnlyError';
  readonly code = READ_ONLY;

  constructor() {
    super('the server takes no writes');
  }
}

/** Whether the server answers, but does not let us in. */
export function isRefusal(error: unknown): boolean {
  return REFUSAL.test(codeOf(error) ?? '');
}

/** Whether the server cut this one connection; that alone does not mean that it takes no others. */
export function isCut(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return code === '57P01' || code === 'ECONNRESET' || code === 'EPIPE';
  return messageOf(error) === 'Connection terminated unexpectedly';
}

/** Whether others hold what a statement needed, so that it may succeed another time. */
export function isHeld(error: unknown): boolean {
  return HELD.has(codeOf(error) ?? '');
}

/** Whether no connection of the pool became free for as long as one is waited for. */
export function isPoolBusy(error: unknown): boolean {
  return messageOf(error) === POOL_BUSY;
}

/** What a failed statement is for the caller: chat is not available now, or the error itself. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof UnavailableError) return error;
  const passing =
    isPoolBusy(error) || isConnectionLoss(error) || isRefusal(error) || BUSY.test(codeOf(error) ?? '');
  return passing ? unavailable(error) : error;
}

/** The one message for every way in which the database is not there. */
export function unavailable(cause?: unknown): UnavailableError {
  const error = new UnavailableError('Chat is not available at the moment');
  if (cause !== undefined) error.cause = cause;
  return error;
}

/** What an error was caused by, or the error itself. */
export function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** What an error says, whatever it is. */
export function messageOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return String(hasMessage ? error.message : error);
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
