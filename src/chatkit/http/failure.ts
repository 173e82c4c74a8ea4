import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { isRecord } from '../../common/is-record.js';
import { ChatKitError, UnavailableError, type ErrorLogLevel } from '../core/index.js';

/** How a failure looks from outside. */
export interface Failure {
  readonly status: number;
  /** Machine-readable. */
  readonly code: string;
  /** For people; says nothing about the inside of the server. */
  readonly message: string;
  /** Dotted path of the value that is to blame. */
  readonly field?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly level: ErrorLogLevel;
}

const CODE_OF: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  503: 'unavailable',
};

const UNEXPECTED: Failure = {
  status: 500,
  code: 'internal_error',
  message: 'Something went wrong on the server',
  level: 'error',
};

/** The outside of anything that was thrown; what is not known to be harmless becomes `internal_error`. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ChatKitError) {
    const { status, code, message, field, headers, logLevel } = thrown;
    // whoever watches the database reports an outage once; a line per refused request would bury it
    const level = thrown instanceof UnavailableError ? 'debug' : logLevel;
    return { status, code, message, field, headers, level };
  }
  if (thrown instanceof HttpException) return ofHttpException(thrown);
  return ofHttpError(thrown) ?? UNEXPECTED;
}

/** An exception that already has the body of an error keeps it; of others only the status is told. */
function ofHttpException(exception: HttpException): Failure {
  const status = exception.getStatus();
  const body: unknown = exception.getResponse();
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const { code, message, field } = error;
  if (typeof code !== 'string' || typeof message !== 'string') {
    return isOfPath(exception) ? { ...statusFailure(status), field: 'path' } : statusFailure(status);
  }
  return {
    status,
    code,
    message,
    field: typeof field === 'string' ? field : undefined,
    level: levelOf(status),
  };
}

/** Whether it is what Nest makes of a path that Express cannot decode. */
function isOfPath(exception: HttpException): boolean {
  return exception.getStatus() === 400 && exception.message.startsWith('Failed to decode param');
}

/** Errors of Express and its middleware, which carry a status. */
function ofHttpError(thrown: unknown): Failure | undefined {
  if (!(thrown instanceof Error) || !('status' in thrown) || !('expose' in thrown)) return undefined;
  const { status } = thrown;
  return typeof status === 'number' && status >= 400 && status < 500 ? statusFailure(status) : undefined;
}

/** The outside of a failure of which nothing but the status is known. */
export function statusFailure(status: number): Failure {
  const phrase = STATUS_CODES[status];
  if (phrase === undefined || status < 400 || status === 500) return UNEXPECTED;
  const code = CODE_OF[status] ?? phrase.toLowerCase().replaceAll(/[^a-z]+/g, '_');
  return { status, code, message: phrase, level: levelOf(status) };
}

function levelOf(status: number): ErrorLogLevel {
  if (status < 500) return 'debug';
  return status === 500 ? 'error' : 'warn';
}
