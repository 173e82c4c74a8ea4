/** How loudly a failure is logged. */
export type ErrorLogLevel = 'debug' | 'warn' | 'error';

/** Marks errors whose message is a text of our own that quotes nothing from outside: logs may show it. */
export const LOGGABLE = Symbol('loggable');

/** Whether logs may show the message of what was thrown. */
export function isLoggable(thrown: unknown): boolean {
  return thrown instanceof Error && LOGGABLE in thrown && thrown[LOGGABLE] === true;
}

/** The server is set up or used in a way that cannot work; the message tells whoever runs it, and nobody else. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly [LOGGABLE] = true;
}

/** A failure that the caller caused or can act upon; its message is safe to show. */
export abstract class ChatKitError extends Error {
  /** Machine-readable. */
  abstract readonly code: string;
  /** Of the answer by HTTP. */
  abstract readonly status: number;
  /** Of the answer by HTTP. */
  readonly headers: Readonly<Record<string, string>> = {};
  /** Dotted path of the value that is to blame. */
  readonly field?: string | undefined;
  readonly logLevel: ErrorLogLevel = 'debug';
  readonly [LOGGABLE]: boolean = true;

  override get name(): string {
    return this.constructor.name;
  }
}

/** The body does not validate; `field` is the first offending value. */
export class InvalidRequestError extends ChatKitError {
  readonly code = 'invalid_request';
  readonly status = 400;
  /** It may quote the request. */
  override readonly [LOGGABLE] = false;

  constructor(
    message: string,
    override readonly field?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** No such thing for this caller: never existed, was deleted, or belongs to somebody else. */
export class NotFoundError extends ChatKitError {
  readonly code = 'not_found';
  readonly status = 404;

  constructor(what: 'Thread' | 'Item' | 'Attachment' | 'Cursor') {
    super(`${what} not found`);
  }
}

/** Well-formed, but not allowed in the state the thread is in. */
export class InvalidStateError extends ChatKitError {
  readonly code = 'invalid_state';
  readonly status = 409;
  override readonly [LOGGABLE]: boolean;

  /** @param quotes whether the message quotes what is stored, so that it is not for the log. Default false */
  constructor(message: string, { quotes = false }: { readonly quotes?: boolean } = {}) {
    super(message);
    this[LOGGABLE] = !quotes;
  }
}

/** As much is stored as the user or the organisation may keep; the message names the limit. */
export class LimitReachedError extends ChatKitError {
  readonly code: 'limit_reached' | 'payload_too_large';
  readonly status: 403 | 413;

  /** @param what there is too much of; a file is refused as one that is too large by itself */
  constructor(message: string, what: 'threads' | 'files') {
    super(message);
    this.code = what === 'threads' ? 'limit_reached' : 'payload_too_large';
    this.status = what === 'threads' ? 403 : 413;
  }
}

/** The operation needs a hook or a port that this server does not provide. */
export class UnsupportedError extends ChatKitError {
  readonly code = 'unsupported';
  readonly status = 501;
  override readonly logLevel = 'warn';
  override readonly [LOGGABLE]: boolean;

  /** @param quotes whether the message quotes the request, so that it is not for the log. Default false */
  constructor(message: string, { quotes = false }: { readonly quotes?: boolean } = {}) {
    super(message);
    this[LOGGABLE] = !quotes;
  }
}

/** Chat cannot be served now; a later try may succeed. */
export class UnavailableError extends ChatKitError {
  readonly code = 'chat_unavailable';
  readonly status = 503;
  override readonly logLevel = 'warn';
  override readonly headers: Readonly<Record<string, string>>;

  /** @param retryAfterSeconds when a client may sensibly ask again */
  constructor(message: string, retryAfterSeconds = 5) {
    super(message);
    this.headers = { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) };
  }
}

/**
 * Ends a stream with an `error` event whose text the client localises from the code.
 * Follows `StreamError` of the reference; `stream.error` allows a retry by default.
 */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  readonly allowRetry: boolean;

  constructor(
    readonly code: string = 'stream.error',
    options: { allowRetry?: boolean; cause?: unknown } = {},
  ) {
    super(code, { cause: options.cause });
    this.allowRetry = options.allowRetry ?? code === 'stream.error';
  }
}

/** Ends a stream with an `error` event that carries this message to the user; no retry by default. */
export class CustomStreamError extends Error {
  override readonly name = 'CustomStreamError';
  readonly allowRetry: boolean;

  constructor(message: string, options: { allowRetry?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.allowRetry = options.allowRetry ?? false;
  }
}
