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

/** Statuses that stay as they are until somebody changes the request or the configuration. */
function isLasting(status: number, code: string | undefined): boolean {
  if (status === 429) return code === 'insufficient_quota';
  return status >= 400 && status < 500 && status !== 408 && status !== 409;
}

/** The HTTP status that the client of another provider has failed with. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, statusCode = status } = error as {
    readonly status?: unknown;
    readonly statusCode?: unknown;
  };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : undefined;
}

function fromApi(error: APIError): ModelFailure {
  const code = identifier(error.code);
  const requestId = identifier(error.requestID);
  const status: unknown = error.status;
  const facts = { ...(code && { code }), ...(requestId && { requestId }), fault: true };
  if (typeof status !== 'number') return { reason: 'stream', ...facts, allowRetry: true };
  return { reason: 'http', status, ...facts, allowRetry: !isLasting(status, code) };
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
  if (error instanceof ModelBehaviorError) return { reason: 'incomplete', allowRetry: true, fault: true };
  if (error instanceof APIConnectionError) return { reason: 'connection', allowRetry: true, fault: true };
  if (error instanceof APIError) return fromApi(error);
  const status = statusOf(error);
  if (status !== undefined) {
    return { reason: 'http', status, allowRetry: !isLasting(status, undefined), fault: true };
  }
  return { reason: 'unexpected', allowRetry: true, fault: true };
}
