import { HttpException } from '@nestjs/common';

/** Codes this part answers with, and their HTTP statuses. */
const STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  unsupported: 501,
  sign_in_failed: 502,
  auth_unavailable: 503,
} as const;

/** Machine-readable reason of a refusal. */
export type AuthErrorCode = keyof typeof STATUS;

/** A refusal, with the body every HTTP error of this server has. */
export class AuthError extends HttpException {
  constructor(
    readonly code: AuthErrorCode,
    message: string,
    readonly correlationId: string,
    extra: { readonly field?: string } = {},
  ) {
    super({ error: { code, message, ...extra, correlation_id: correlationId } }, STATUS[code]);
  }
}

/** The token is malformed, forged, expired or meant for somebody else. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

/** The token is genuine but says too little: no organisation, or no user. */
export class InsufficientTokenError extends Error {
  override readonly name = 'InsufficientTokenError';
}

/** The keys that would tell a good token from a bad one cannot be had right now. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}
