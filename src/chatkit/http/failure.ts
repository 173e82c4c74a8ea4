import { STATUS_CODES, type OutgoingHttpHeaders } from 'node:http';
import { HttpException } from '@nestjs/common';
import { isRecord } from '../../common/is-record.js';
import {
  ChatKitError,
  InvalidRequestError,
  UnavailableError,
  type ErrorKind,
  type ErrorLogLevel,
} from '../core/index.js';
import { EndpointError } from './endpoint-error.js';

/** How a failure looks from outside. */
export interface Failure {
  readonly status: number;
  /** Machine-readable. */
  readonly code: string;
  /** For people; says nothing about the inside of the server. */
  readonly message: string;
  /** Dotted path of the value that is to blame. */
  readonly field?: string | undefined;
  readonly headers?: OutgoingHttpHeaders;
  readonly level: ErrorLogLevel;
}

const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  invalid_request: 400,
  not_found: 404,
  invalid_state: 409,
  unsupported: 501,
  chat_unavailable: 503,
};

const CODE_OF: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
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
  if (thrown instanceof ChatKitError) return ofProtocol(thrown);
  if (thrown instanceof EndpointError) {
    const { status, code, message, field, headers } = thrown;
    return { status, code, message, field, headers, level: 'debug' };
  }
  if (thrown instanceof HttpException) return ofHttpException(thrown);
  return ofHttpError(thrown) ?? UNEXPECTED;
}

function ofProtocol(error: ChatKitError): Failure {
  return {
    status: STATUS_OF[error.code],
    code: error.code,
    message: error.message,
    field: error instanceof InvalidRequestError ? error.field : undefined,
    headers: error instanceof UnavailableError ? { 'retry-after': retryAfter(error.retryAfterSeconds) } : {},
    // whoever watches the database reports an outage once; a line per refused request would bury it
    level: error instanceof UnavailableError ? 'debug' : error.logLevel,
  };
}

function retryAfter(seconds: number): string {
  return String(Math.max(1, Math.ceil(seconds)));
}

/** An exception that already has the body of an error keeps it; of others only the status is told. */
function ofHttpException(exception: HttpException): Failure {
  const status = exception.getStatus();
  const body: unknown = exception.getResponse();
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const { code, message, field } = error;
  if (typeof code !== 'string' || typeof message !== 'string') return ofStatus(status);
  return {
    status,
    code,
    message,
    field: typeof field === 'string' ? field : undefined,
    level: levelOf(status),
  };
}

/** Errors of Express and its middleware, which carry a status. */
function ofHttpError(thrown: unknown): Failure | undefined {
  if (!(thrown instanceof Error) || !('status' in thrown) || !('expose' in thrown)) return undefined;
  const { status } = thrown;
  return typeof status === 'number' && status >= 400 && status < 500 ? ofStatus(status) : undefined;
}

function ofStatus(status: number): Failure {
  const phrase = STATUS_CODES[status];
  if (phrase === undefined || status < 400 || status === 500) return UNEXPECTED;
  const code = CODE_OF[status] ?? phrase.toLowerCase().replaceAll(/[^a-z]+/g, '_');
  return { status, code, message: phrase, level: levelOf(status) };
}

function levelOf(status: number): ErrorLogLevel {
  if (status < 500) return 'debug';
  return status === 500 ? 'error' : 'warn';
}
