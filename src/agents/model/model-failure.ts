import {
  GuardrailExecutionError,
  InputGuardrailTripwireTriggered,
  MaxTurnsExceededError,
  ModelBehaviorError,
  ModelRefusalError,
  ModelTimeoutError,
  OutputGuardrailTripwireTriggered,
} from '@openai/agents';
import { APIConnectionError, APIError } from 'openai';
import { CutAnswer } from './cut-answer.js';

/** Why an answer failed, in our own words: safe to log and to show in health. */
export interface ModelFailure {
  readonly reason:
    | 'http'
    | 'connection'
    | 'stream'
    | 'timeout'
    | 'refused'
    | 'incomplete'
    | 'turns'
    | 'guardrail'
    | 'unexpected';
  /** HTTP status of the model's answer. */
  readonly status?: number;
  /** The provider's error code. */
  readonly code?: string;
  /** The provider's id of the request. */
  readonly requestId?: string;
  /** Whether asking again may help. */
  readonly allowRetry: boolean;
  /** Whether it is the model or the way to it that failed. */
  readonly fault: boolean;
}

const TOKEN = /^[\w.-]{1,64}$/;

/** Provider values that are short identifiers; anything that could be prose or a key is left out. */
function identifier(value: unknown): string | undefined {
  return typeof value === 'string' && TOKEN.test(value) && !value.startsWith('sk-') ? value : undefined;
}

/** Codes that stay until somebody changes the request, the configuration or the contract. */
const LASTING = new Set([
  'context_length_exceeded',
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'account_deactivated',
  'access_terminated',
  'model_not_found',
  'string_above_max_length',
  'array_above_max_length',
  'content_policy_violation',
  'empty_image_file',
  'failed_to_download_image',
  'authentication_error',
  'permission_error',
  'not_found_error',
  'request_too_large',
]);
/** Families of such codes: `invalid_prompt`, `unsupported_value`, `image_too_large`. */
const LASTING_FAMILY = /^(?:invalid|unsupported|image(?!_generation))_/;

/** Whether asking again fails again, by what the provider has said in its status or inside of a stream. */
function isLasting(status: number | undefined, code: string | undefined): boolean {
  if (code !== undefined && (LASTING.has(code) || LASTING_FAMILY.test(code))) return true;
  if (status === undefined || status === 408 || status === 409 || status === 429) return false;
  return status >= 400 && status < 500;
}

/** The HTTP status that the client of another provider has failed with. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, statusCode = status } = error as {
    readonly status?: unknown;
    readonly statusCode?: unknown;
  };
  return httpStatus(statusCode);
}

function fromApi({ status: given, code: coded, type, requestID }: APIError): ModelFailure {
  // inside of a stream, some providers give the status for a code, others name the kind of the error alone
  const status = httpStatus(given) ?? httpStatus(Number(coded));
  const code = identifier(coded) ?? identifier(type);
  const requestId = identifier(requestID);
  const facts = { ...(code && { code }), ...(requestId && { requestId }), fault: true };
  const allowRetry = !isLasting(status, code);
  return given === undefined
    ? { reason: 'stream', ...(status && { status }), ...facts, allowRetry }
    : { reason: 'http', ...(status && { status }), ...facts, allowRetry };
}

function httpStatus(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 400 && value < 600 ? value : undefined;
}

/**
 * What went wrong in a run. Texts of the provider do not come through: they may quote the prompt or
 * parts of the key.
 */
export function modelFailure(error: unknown): ModelFailure {
  if (error instanceof ModelTimeoutError) return { reason: 'timeout', allowRetry: true, fault: true };
  if (error instanceof ModelRefusalError) return { reason: 'refused', allowRetry: true, fault: false };
  if (error instanceof MaxTurnsExceededError) return { reason: 'turns', allowRetry: true, fault: false };
  if (
    error instanceof InputGuardrailTripwireTriggered ||
    error instanceof OutputGuardrailTripwireTriggered ||
    error instanceof GuardrailExecutionError
  ) {
    return { reason: 'guardrail', allowRetry: true, fault: false };
  }
  if (error instanceof ModelBehaviorError) {
    const code = error instanceof CutAnswer ? identifier(error.code) : undefined;
    return {
      reason: 'incomplete',
      ...(code && { code }),
      allowRetry: !isLasting(undefined, code),
      fault: true,
    };
  }
  if (error instanceof APIConnectionError) return { reason: 'connection', allowRetry: true, fault: true };
  if (error instanceof APIError) return fromApi(error);
  const status = statusOf(error);
  if (status !== undefined) {
    return { reason: 'http', status, allowRetry: !isLasting(status, undefined), fault: true };
  }
  return { reason: 'unexpected', allowRetry: true, fault: true };
}
