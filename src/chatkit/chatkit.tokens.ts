/** Injection token of the `ChatKitServer<RequestContext>` that answers. */
export const CHATKIT_SERVER = Symbol('chatkit:server');

/** Injection token of the `ChatKitServerOptions` that a server is made with, composed of the parts below. */
export const CHATKIT_SERVER_OPTIONS = Symbol('chatkit:server-options');

/** Injection token of the `ActionHandlers` of the application. */
export const CHATKIT_ACTIONS = Symbol('chatkit:actions');

/** Injection token of the `AttachmentStore`. */
export const CHATKIT_ATTACHMENT_STORE = Symbol('chatkit:attachment-store');

/** Injection token of the `FeedbackStore`. */
export const CHATKIT_FEEDBACK_STORE = Symbol('chatkit:feedback-store');

/** Injection token of the `Transcriber`. */
export const CHATKIT_TRANSCRIBER = Symbol('chatkit:transcriber');

/** Injection token of the path the endpoint is mounted at. */
export const CHATKIT_PATH = Symbol('chatkit:path');
