/** Why something did not work; chooses the words shown and whether trying again makes sense. */
export type FailureCode =
  | 'network'
  | 'unavailable'
  | 'signed_out'
  | 'forbidden'
  | 'not_found'
  | 'too_large'
  | 'too_many'
  | 'limit_reached'
  | 'rejected'
  | 'empty'
  | 'interrupted'
  | 'unanswered'
  | 'incomplete'
  | 'stream.error'
  | 'custom'
  | 'hosted'
  | 'tool_limit'
  | 'server';

/** A failed request or stream, given to the host page through `chatkit.error`. */
export class ChatKitFailure extends Error {
  override readonly name = 'ChatKitFailure';
  readonly code: FailureCode;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** The server's own error code, when it sent one. */
  readonly serverCode: string | undefined;
  readonly canRetry: boolean;

  constructor(
    code: FailureCode,
    message: string,
    details: { status?: number; serverCode?: string; canRetry?: boolean; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.serverCode = details.serverCode;
    this.canRetry = details.canRetry ?? RETRYABLE.has(code);
  }
}

const RETRYABLE = new Set<FailureCode>([
  'network',
  'unavailable',
  'too_many',
  'empty',
  'interrupted',
  'incomplete',
  'stream.error',
  'server',
]);

/** @param serverCode the server's own word for it, where the status says too little */
export function failureOfStatus(status: number, serverCode?: string): FailureCode {
  if (status === 403 && serverCode === 'limit_reached') return 'limit_reached';
  if (status === 401) return 'signed_out';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 413) return 'too_large';
  if (status === 429) return 'too_many';
  if (status === 502 || status === 503 || status === 504) return 'unavailable';
  return status >= 500 ? 'server' : 'rejected';
}

/** True for an abort, from whichever realm the exception comes. */
export function isAbort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

/** Any thrown value as a real Error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

export function asFailure(thrown: unknown): ChatKitFailure {
  if (thrown instanceof ChatKitFailure) return thrown;
  const error = asError(thrown);
  return new ChatKitFailure('server', error.message, { cause: error });
}

/** Runs a function of the page; what it throws, at once or later, is reported. */
export async function attempt(call: () => unknown, report: (error: Error) => void): Promise<void> {
  try {
    await call();
  } catch (thrown) {
    report(asError(thrown));
  }
}
