/** Injection token of the `ChatKitServer<RequestContext>` that answers. */
export const CHATKIT_SERVER = Symbol('CHATKIT_SERVER');

/** Injection token of the path the endpoint is mounted at. */
export const CHATKIT_PATH = Symbol('CHATKIT_PATH');
