import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request } from 'express';
import { AuthError } from '../auth.errors.js';
import { RequestContext, type RequestContextInit } from '../context/request-context.js';
import { correlationId } from '../http/correlation-id.js';
import { preferredLanguage } from '../http/locale.js';
import type { IdentitySource } from './identity.port.js';

/** What a host's own identity says of whoever sent a request. */
export type HostIdentity = Omit<RequestContextInit, 'correlationId' | 'metadata' | 'signal'>;

/**
 * Tells who sent a request, from what the host's own middleware has made of it, e.g.
 * `(request) => request.user && { tenantId: request.user.orgId, userId: request.user.id }`. Nothing is nobody: 401. What
 * it throws is answered as an exception of any guard.
 */
export type IdentityFunction = (
  request: Request,
) => HostIdentity | undefined | null | false | Promise<HostIdentity | undefined | null | false>;

/** The identity of the host, checked. */
export class CheckedIdentity implements IdentitySource {
  constructor(readonly identify: IdentityFunction) {}

  /** @throws {AuthError} 401 without a user, 403 without a tenant or with an identifier that cannot be used */
  async authenticate(request: IncomingMessage, response: ServerResponse): Promise<RequestContext> {
    const id = correlationId(request, response);
    const known = await this.identify(request as Request);
    if (known === undefined || known === null || known === false) {
      throw new AuthError('unauthorized', 'Sign in first', id);
    }
    const locale = known.locale ?? preferredLanguage(request.headers['accept-language']);
    return new RequestContext({ ...known, ...(locale !== undefined && { locale }), correlationId: id });
  }
}
