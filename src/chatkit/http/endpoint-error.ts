import { ChatKitError } from '../core/errors.js';

const STATUS = {
  invalid_request: 400,
  origin_not_allowed: 403,
  link_expired: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  length_required: 411,
  payload_too_large: 413,
  unsupported_media_type: 415,
  file_refused: 422,
  too_many_requests: 429,
  rate_limited: 429,
  too_many_body_bytes: 429,
  too_many_answer_bytes: 429,
  too_many_streams: 429,
  too_many_uploads: 429,
  server_busy: 503,
} as const;

/** What can be wrong with a request before the protocol has a say. */
export type EndpointErrorCode = keyof typeof STATUS;

/** A request that is refused for how it was sent; the message is safe to show. */
export class EndpointError extends ChatKitError {
  readonly status: number;

  /**
   * @param headers sent along with the refusal
   * @param field name of the value that is to blame
   */
  constructor(
    readonly code: EndpointErrorCode,
    message: string,
    override readonly headers: Readonly<Record<string, string>> = {},
    override readonly field?: string,
  ) {
    super(message);
    this.status = STATUS[code];
  }
}

/** The client left before its request was complete: nobody is there to be answered. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}
