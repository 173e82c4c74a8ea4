import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestContext } from '../context/request-context.js';

/** Injection token of the one {@link IdentitySource} of an application. */
export const CHATKIT_IDENTITY = Symbol('chatkit:identity');

/** Injection token of the role of a tenant's administrators. */
export const CHATKIT_ADMIN_ROLE = Symbol('chatkit:admin-role');

/** Knows who sends a request. All routes ask the same one. */
export interface IdentitySource {
  /** @throws {AuthError} 401 when nobody is known, 403 when what is known does not allow it, 503 when it cannot be judged */
  authenticate(request: IncomingMessage, response: ServerResponse): Promise<RequestContext>;
}
