export * from './wire/index.js';
export {
  ChatKitError,
  CustomStreamError,
  InvalidRequestError,
  InvalidStateError,
  NotFoundError,
  StreamError,
  UnavailableError,
  UnsupportedError,
  type ErrorKind,
  type ErrorLogLevel,
} from './errors.js';
export { generateId, type RandomBytes } from './ids.js';
export { silentLogger, type CoreLogger, type LogFacts } from './logger.js';
export { MemoryStore } from './memory-store.js';
export { MAX_JSON_DEPTH, parseRequest, requestMetadata } from './parse.js';
export { DEFAULT_PAGE_SIZE } from './plain-requests.js';
export type { TenantScope } from './scope.js';
export { encodeEvent, publicAttachment, publicItem } from './serialise.js';
export {
  ChatKitServer,
  type AudioInput,
  type ChatKitServerOptions,
  type ProcessOptions,
  type ProcessResult,
} from './server.js';
export { AttachmentStore, Store, type FeedbackStore, type PageQuery, type StoreItemType } from './store.js';
export { streamWidget, type StreamWidgetOptions } from './stream-widget.js';
export { diffWidget } from './widget-diff.js';
