import { ResponseBodyError } from 'openid-client';
import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client';

/** Why a server could not be used, in our own words: safe to log and to show in health. */
export interface McpFailure {
  readonly reason: string;
  /** Whether it is the server that failed, not what this one user may do. */
  readonly fault: boolean;
}

/** What an authorization server may say of an exchange (RFC 6749, RFC 8693), and whether it is the caller it refuses. */
const REFUSALS: ReadonlyMap<string, boolean> = new Map([
  ['invalid_request', true],
  ['invalid_grant', true],
  ['invalid_target', false],
  ['invalid_scope', false],
  ['invalid_client', false],
  ['unauthorized_client', false],
  ['unsupported_grant_type', false],
]);

/** Why a token could not be exchanged. */
export function exchangeFailure(error: unknown): McpFailure {
  const told = error instanceof ResponseBodyError ? error.error : '';
  const ofCaller = REFUSALS.get(told);
  const reason = ofCaller === undefined ? 'no answer that could be used' : told;
  return { reason: `token exchange: ${reason}`, fault: ofCaller !== true };
}

/** Answers to a request that say more about the server than about who is asking. */
const FAULTS = new Set([404, 405, 408, 429]);

/** What went wrong. Texts of the server do not come through: they may quote the credentials. */
export function mcpFailure(error: unknown): McpFailure {
  if (error instanceof SdkHttpError) {
    const { status } = error;
    return { reason: `http ${status}`, fault: status < 400 || status >= 500 || FAULTS.has(status) };
  }
  if (error instanceof ProtocolError) return { reason: `protocol ${error.code}`, fault: false };
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) return TIMEOUT;
  if (error instanceof DOMException && error.name === 'TimeoutError') return TIMEOUT;
  return { reason: 'connection', fault: true };
}

export const TIMEOUT: McpFailure = { reason: 'timeout', fault: true };
