import type { RequestContext } from './request-context.js';

// Kept beside the request rather than on it: nothing that prints or copies a request comes across it.
const contexts = new WeakMap<object, RequestContext>();

/** Remembers the context of a request; the guard does this once the token is verified. */
export function setRequestContext(request: object, context: RequestContext): void {
  contexts.set(request, context);
}

/** The context the guard made for a request, or undefined when no guard has let it in. */
export function requestContext(request: object): RequestContext | undefined {
  return contexts.get(request);
}
