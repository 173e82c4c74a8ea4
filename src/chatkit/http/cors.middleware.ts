import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { correlationId } from '../../auth/http/correlation-id.js';
import { CHATKIT_SETTINGS, type ChatKitSettings } from '../chatkit.settings.js';
import { EndpointError } from './endpoint-error.js';
import { failureOf } from './failure.js';
import { sendFailure } from './send-failure.js';

/** What the endpoint can be asked with. */
export const ALLOWED_METHODS = 'POST, OPTIONS';
/** What ChatKit's own user interface sends. */
const REQUEST_HEADERS =
  'content-type, authorization, accept-language, x-user-id, x-page-url, chatkit-frame-instance-id';
const RESPONSE_HEADERS = 'x-correlation-id, retry-after, chatkit-answering, chatkit-stop';
const PREFLIGHT_SECONDS = '600';

/** Lets pages of the configured origins, and of no other, call the endpoint and read its answers, by cookie, too. */
@Injectable()
export class CorsMiddleware implements NestMiddleware<IncomingMessage, ServerResponse> {
  private readonly origins: ReadonlySet<string>;
  /** Whether pages may send the cookies that browsers have for this server. */
  protected readonly takesCookies: boolean = true;

  constructor(@Inject(CHATKIT_SETTINGS) { corsOrigins }: ChatKitSettings) {
    this.origins = new Set(corsOrigins);
  }

  use(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void {
    const { origin } = request.headers;
    const allowed = origin !== undefined && this.origins.has(origin);
    if (this.origins.size > 0) response.setHeader('vary', 'Origin');
    if (allowed) {
      response.setHeader('access-control-allow-origin', origin);
      if (this.takesCookies) response.setHeader('access-control-allow-credentials', 'true');
      response.setHeader('access-control-expose-headers', RESPONSE_HEADERS);
    }
    if (request.method !== 'OPTIONS') return next();

    const isPreflight = origin !== undefined && 'access-control-request-method' in request.headers;
    if (isPreflight && !allowed) {
      const refusal = new EndpointError(
        'origin_not_allowed',
        'Pages of this origin may not call the endpoint',
      );
      return sendFailure(request, response, failureOf(refusal), correlationId(request, response));
    }
    if (isPreflight) {
      response.setHeader('access-control-allow-methods', 'POST');
      response.setHeader('access-control-allow-headers', REQUEST_HEADERS);
      response.setHeader('access-control-max-age', PREFLIGHT_SECONDS);
    }
    response.writeHead(204, { allow: ALLOWED_METHODS }).end();
  }
}

/** The same for what is below the endpoint, with a token alone: no page of another origin sees what a cookie opens there. */
@Injectable()
export class TokenCorsMiddleware extends CorsMiddleware {
  protected override readonly takesCookies = false;
}
